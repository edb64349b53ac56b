package transport

import (
	"context"
	"maps"

	"github.com/99designs/gqlgen/graphql"
)

// extended adds Options.Extensions to every response.
type extended struct {
	extensions func() map[string]any
}

var (
	_ graphql.HandlerExtension     = extended{}
	_ graphql.OperationInterceptor = extended{}
	_ graphql.ResponseInterceptor  = extended{}
)

// ExtensionName implements graphql.HandlerExtension.
func (extended) ExtensionName() string { return "Extended" }

// Validate implements graphql.HandlerExtension.
func (extended) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptOperation sees the responses of operations, among them those that gqlgen shows to no
// InterceptResponse: errors from before the resolvers.
func (x extended) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	respond := next(ctx)
	return func(ctx context.Context) *graphql.Response { return x.extend(respond(ctx)) }
}

// InterceptResponse sees the responses to requests that are no operation.
func (x extended) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	return x.extend(next(ctx))
}

func (x extended) extend(response *graphql.Response) *graphql.Response {
	if response == nil {
		return nil
	}
	if more := x.extensions(); len(more) > 0 {
		if response.Extensions == nil {
			response.Extensions = make(map[string]any, len(more))
		}
		maps.Copy(response.Extensions, more)
	}
	return response
}
