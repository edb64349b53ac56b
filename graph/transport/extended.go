package transport

import (
	"context"
	"maps"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
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
// InterceptResponse: errors from before the resolvers. What was so when a query or mutation began is said too, and goes
// before what is so at its end: a part of the answer may have been made then. The events of a subscription come long after
// its beginning.
func (x extended) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	var first map[string]any
	if graphql.GetOperationContext(ctx).Operation.Operation != ast.Subscription {
		first = x.extensions()
	}
	respond := next(ctx)
	return func(ctx context.Context) *graphql.Response { return x.extend(respond(ctx), first) }
}

// InterceptResponse sees the responses to requests that are no operation.
func (x extended) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	return x.extend(next(ctx), nil)
}

func (x extended) extend(response *graphql.Response, first map[string]any) *graphql.Response {
	if response == nil {
		return nil
	}
	for _, more := range []map[string]any{x.extensions(), first} {
		if len(more) > 0 && response.Extensions == nil {
			response.Extensions = make(map[string]any, len(more))
		}
		maps.Copy(response.Extensions, more)
	}
	return response
}
