package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
)

// askedDocuments is how many documents an Ask keeps parsed: the program has few, and they are all its own.
const askedDocuments = 64

// newAsk makes Server.Ask.
func newAsk(
	r *resolver, schema graphql.ExecutableSchema, server *transport.Server, limits transport.Limits,
) func(context.Context, string, map[string]any) (json.RawMessage, bool, error) {
	limit := limits.RequestTimeout
	if limit == 0 {
		limit = askTimeout
	}
	runs := executor.New(schema)
	server.Govern(runs)
	runs.SetRecoverFunc(func(_ context.Context, cause any) error {
		return fmt.Errorf("panic in a resolver: %v\n%s", cause, debug.Stack())
	})
	runs.SetQueryCache(lru.New[*ast.QueryDocument](askedDocuments))
	return func(ctx context.Context, document string, variables map[string]any) (json.RawMessage, bool, error) {
		ctx, cancel := context.WithTimeout(graphql.StartOperationTrace(ctx), limit)
		defer cancel()
		operation, faults := runs.CreateOperationContext(ctx, &graphql.RawParams{Query: document, Variables: variables})
		if len(faults) > 0 {
			return nil, false, refusedVariables(faults)
		}
		respond, ctx := runs.DispatchOperation(ctx, operation)
		response := respond(ctx)
		switch {
		case response == nil && ctx.Err() != nil:
			return nil, false, ctx.Err()
		case response == nil:
			return nil, false, errors.New("a query had no answer")
		case len(response.Errors) > 0:
			return nil, false, firstFault(response.Errors)
		}
		return response.Data, r.fresh.extensions() != nil, nil
	}
}

// askTimeout is the time for one query.
const askTimeout = 10 * time.Second

// refusedVariables is the error for variables that do not fit the document.
func refusedVariables(faults gqlerror.List) error {
	for _, fault := range faults {
		if len(fault.Path) < 2 || fault.Path[0] != ast.PathName("variable") {
			continue
		}
		path := make([]string, len(fault.Path)-1)
		for i, step := range fault.Path[1:] {
			path[i] = fmt.Sprint(step)
		}
		return &knowledge.Error{
			Kind: knowledge.Invalid, Path: path, Err: fault,
			Message: "The schema has no such field here, or not this value for it.",
		}
	}
	return faults
}

// firstFault is the error of the domain behind the first error of an answer.
func firstFault(faults gqlerror.List) error {
	if problems, ok := errors.AsType[knowledge.Problems](faults[0]); ok && len(problems) > 0 {
		return &knowledge.Error{Kind: knowledge.Invalid, Path: problems[0].Path, Message: problems[0].Message}
	}
	var argument []string
	if path := faults[0].Path; len(path) > 1 && isArgument(path[1]) { // The value of an argument could not be read.
		for _, step := range path[1:] {
			argument = append(argument, fmt.Sprint(step))
		}
	}
	if faults[0].Extensions["code"] == transport.CodeOverloaded {
		return &knowledge.Error{Kind: knowledge.Unavailable, Message: faults[0].Message, Err: faults[0]}
	}
	known, ok := errors.AsType[*knowledge.Error](faults[0])
	switch {
	case ok && known.Kind == knowledge.Invalid && known.Path == nil:
		return &knowledge.Error{Kind: known.Kind, Path: argument, Message: known.Message, Err: known}
	case ok:
		return known
	case argument != nil:
		return &knowledge.Error{Kind: knowledge.Invalid, Path: argument, Message: "The value is not valid.", Err: faults[0]}
	}
	return faults[0]
}

// isArgument tells whether a step of a path names one of the arguments that clients give the values of.
func isArgument(step ast.PathElement) bool {
	return slices.Contains([]ast.PathElement{
		ast.PathName("text"), ast.PathName("filter"), ast.PathName("orderBy"), ast.PathName("first"), ast.PathName("after"),
	}, step)
}
