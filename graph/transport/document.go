package transport

import (
	"context"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// documentLimits refuses expensive documents before they are validated, because validation is not linear in their size.
type documentLimits struct {
	limits        Limits
	introspection bool
	accepted      documentCache // Documents in it have passed already.
}

var (
	_ graphql.HandlerExtension          = documentLimits{}
	_ graphql.OperationParameterMutator = documentLimits{}
	_ graphql.OperationContextMutator   = documentLimits{}
)

// ExtensionName implements graphql.HandlerExtension.
func (documentLimits) ExtensionName() string { return "DocumentLimits" }

// Validate implements graphql.HandlerExtension.
func (documentLimits) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters refuses a document that is over a limit. It changes nothing.
func (l documentLimits) MutateOperationParameters(ctx context.Context, p *graphql.RawParams) *gqlerror.Error {
	if _, ok := l.accepted.Get(ctx, p.Query); ok {
		return nil
	}
	if len(p.Query) > l.limits.DocumentBytes {
		return overLimit("DOCUMENT_BYTES", l.limits.DocumentBytes, "The document is longer than %d bytes.")
	}
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: p.Query}, l.limits.Tokens)
	if err != nil {
		return syntaxError(err)
	}
	return l.check(document)
}

// MutateOperationContext lets gqlgen answer __schema and __type, which it otherwise refuses with an error of its own.
func (l documentLimits) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	operation.DisableIntrospection = !l.introspection
	return nil
}

// check compares a document with the limits.
func (l documentLimits) check(document *ast.QueryDocument) *gqlerror.Error {
	if len(document.Operations) > l.limits.Operations {
		return overLimit("OPERATIONS", l.limits.Operations, "The document has more than %d operations.")
	}
	if len(document.Fragments) > l.limits.Fragments {
		return overLimit("FRAGMENTS", l.limits.Fragments, "The document has more than %d fragments.")
	}
	m := newMeasurer(document)
	for _, operation := range document.Operations {
		if err := l.checkCost(m.operation(operation)); err != nil {
			return err
		}
	}
	return nil
}

// checkCost compares one operation with the limits.
func (l documentLimits) checkCost(c cost) *gqlerror.Error {
	if c.introspections > 0 && !l.introspection {
		return refusal(CodeValidationFailed, "Introspection is switched off.")
	}
	for _, bound := range []struct {
		name     string
		got, max int
		message  string
	}{
		{"DEPTH", c.depth, l.limits.Depth, "The operation nests deeper than %d fields."},
		{"DEPTH", c.introspectionDepth, l.limits.IntrospectionDepth, "The introspection nests deeper than %d fields."},
		{"FIELDS", c.fields, l.limits.Fields, "The operation selects more than %d fields."},
		{"ROOT_FIELDS", c.rootFields, l.limits.RootFields, "The operation selects more than %d fields at its first level."},
		{"ALIASES", c.aliases, l.limits.Aliases, "The operation has more than %d aliases."},
		{"DIRECTIVES", c.directives, l.limits.Directives, "The operation has more than %d directives."},
		{
			"INTROSPECTIONS", c.introspections, l.limits.Introspections,
			"The operation asks for the schema more than %d times.",
		},
	} {
		if bound.got > bound.max {
			return overLimit(bound.name, bound.max, bound.message)
		}
	}
	return nil
}

// overLimit is the error for what is over a limit; the message has one verb for the highest value allowed.
func overLimit(limit string, highest int, format string) *gqlerror.Error {
	err := refusal(CodeValidationFailed, fmt.Sprintf(format, highest))
	err.Extensions["limit"], err.Extensions["max"] = limit, highest
	return err
}

// refusal is an error that may be shown.
func refusal(code, message string) *gqlerror.Error {
	return &gqlerror.Error{Message: message, Extensions: map[string]any{"code": code}}
}

// syntaxError keeps the parser's message and place.
func syntaxError(err error) *gqlerror.Error {
	if parsed, ok := errors.AsType[*gqlerror.Error](err); ok {
		return &gqlerror.Error{
			Message: parsed.Message, Locations: parsed.Locations, Extensions: map[string]any{"code": CodeParseFailed},
		}
	}
	return refusal(CodeParseFailed, "The document has a syntax error.")
}
