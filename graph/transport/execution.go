package transport

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// deadline ends queries and mutations after a time, whatever transport they came by.
type deadline struct {
	limit time.Duration
}

// errorLimit bounds how many errors one answer tells, whatever transport it leaves by.
type errorLimit struct {
	request, field int
}

var (
	_ graphql.HandlerExtension     = deadline{}
	_ graphql.OperationInterceptor = deadline{}
	_ graphql.HandlerExtension     = errorLimit{}
	_ graphql.ResponseInterceptor  = errorLimit{}
)

// ExtensionName implements graphql.HandlerExtension.
func (deadline) ExtensionName() string { return "Deadline" }

// Validate implements graphql.HandlerExtension.
func (deadline) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptOperation gives the resolvers of a query or mutation a context that ends in time.
func (d deadline) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if graphql.GetOperationContext(ctx).Operation.Operation == ast.Subscription {
		return next(ctx)
	}
	ctx, cancel := context.WithTimeout(ctx, d.limit)
	respond := next(ctx)
	return func(ctx context.Context) *graphql.Response {
		defer cancel()
		return respond(ctx)
	}
}

// ExtensionName implements graphql.HandlerExtension.
func (errorLimit) ExtensionName() string { return "ErrorLimit" }

// Validate implements graphql.HandlerExtension.
func (errorLimit) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptResponse cuts the list of errors.
func (l errorLimit) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	if response == nil {
		return nil
	}
	limit := l.field
	if len(response.Data) == 0 {
		limit = l.request
	}
	response.Errors = response.Errors[:min(limit, len(response.Errors))]
	return response
}
