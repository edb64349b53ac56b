package transport_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"goodpractice/graph/transport"
)

// sdl is a schema whose fields behave as their names say.
const sdl = `
type Query {
	hello(name: String): String
	colour(of: Colour): Colour
	even(n: Even!): String
	find(by: By): Node
	fail: String
	refuse: String
	hang: String
	panic: String
	slow: String
	state: String
	crash: String
	many: String
	node: Node
}
type Mutation { touch: String hang: String }
type Subscription { ticks: String refused: String crash: String panic: String flood: String }
type Node { id: ID! title: String node: Node nodes: [Node!] }
input By { id: ID! title: String }
enum Colour { RED GREEN }
scalar Even
`

// publicError is an error of the domain that its translation makes public.
type publicError struct{ message, code string }

func (e publicError) Error() string { return "domain: " + e.message }

// translate is the hook that the tests configure.
func translate(err error) (transport.Fault, bool) {
	if e, ok := errors.AsType[publicError](err); ok {
		return transport.Fault{Message: e.message, Code: e.code, Path: []string{"input", "title"}}, true
	}
	return transport.Fault{}, false
}

// schema executes sdl without generated code, calling gqlgen's hooks as generated code does.
type schema struct {
	parsed  *ast.Schema
	ticks   chan string   // What the subscription ticks sends.
	entered chan struct{} // Receives when hang or a subscription begins, if there is room.
	running atomic.Int64  // Operations that hang.
	touched atomic.Int64  // Executions of the mutation touch.
	runs    atomic.Int64  // Executions of anything.
	state   atomic.Int64  // What the field state answers.
	release chan struct{} // Ends one field slow.
}

func newSchema() *schema {
	return &schema{
		parsed:  transport.WithoutDefer(gqlparser.MustLoadSchema(&ast.Source{Input: sdl})),
		ticks:   make(chan string),
		entered: make(chan struct{}, 100),
		release: make(chan struct{}),
	}
}

func (s *schema) Schema() *ast.Schema { return s.parsed }

func (s *schema) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

// Exec implements graphql.ExecutableSchema.
func (s *schema) Exec(ctx context.Context) graphql.ResponseHandler {
	s.runs.Add(1)
	operation := graphql.GetOperationContext(ctx)
	fields := graphql.CollectFields(operation, operation.Operation.SelectionSet, nil)
	if operation.Operation.Operation == ast.Subscription {
		return s.subscribe(ctx, fields[0])
	}
	if len(fields) > 0 && fields[0].Name == "crash" {
		panic("crashed outside the resolvers: secret")
	}
	done := false
	return func(ctx context.Context) *graphql.Response {
		if done {
			return nil
		}
		done = true
		data := make(map[string]any)
		for _, field := range fields {
			data[field.Alias] = s.resolve(ctx, field)
		}
		text, err := json.Marshal(data)
		if err != nil {
			panic(err)
		}
		return &graphql.Response{Data: text}
	}
}

// resolve runs one field as generated code does.
func (s *schema) resolve(ctx context.Context, field graphql.CollectedField) (result any) {
	operation := graphql.GetOperationContext(ctx)
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: "Query", Field: field})
	defer func() {
		if value := recover(); value != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, value))
			result = nil
		}
	}()
	arguments := field.ArgumentMap(operation.Variables)
	if field.Name == "even" {
		path := graphql.NewPathWithField("n")
		ctx := graphql.WithPathContext(ctx, path)
		if fmt.Sprint(arguments["n"]) != "2" {
			graphql.AddError(ctx, graphql.ErrorOnPath(ctx, errors.New("strconv: secret detail")))
			return nil
		}
	}
	graphql.GetFieldContext(ctx).Args = arguments
	value, err := s.value(ctx, field.Name, arguments)
	if err != nil {
		graphql.AddError(ctx, graphql.AddFieldLocationToError(ctx, err))
		return nil
	}
	return value
}

func (s *schema) value(ctx context.Context, name string, arguments map[string]any) (any, error) {
	switch name {
	case "hello":
		if arguments["name"] == nil {
			return "hello", nil
		}
		return "hello " + fmt.Sprint(arguments["name"]), nil
	case "fail":
		return nil, fmt.Errorf("load: %w", errors.New("mongodb://user:password@host refused"))
	case "refuse":
		return nil, fmt.Errorf("save: %w", publicError{"The title is too long.", "BAD_USER_INPUT"})
	case "many":
		for i := range 300 {
			graphql.AddError(ctx, publicError{fmt.Sprintf("Fault %d.", i), "NOT_FOUND"})
		}
		return nil, nil //nolint:nilnil // A nullable field.
	case "panic":
		panic("panicked in a resolver: secret")
	case "hang":
		s.running.Add(1)
		defer s.running.Add(-1)
		s.entered <- struct{}{}
		<-ctx.Done()
		return nil, fmt.Errorf("wait: %w", ctx.Err())
	case "slow":
		s.entered <- struct{}{}
		select {
		case <-s.release:
			return "at last", nil
		case <-ctx.Done():
			return nil, fmt.Errorf("wait: %w", ctx.Err())
		}
	case "state":
		return strconv.FormatInt(s.state.Load(), 10) + strings.Repeat(" ", 2000), nil
	case "touch":
		return strconv.FormatInt(s.touched.Add(1), 10), nil
	default:
		return map[string]any{}, nil
	}
}

func (s *schema) subscribe(ctx context.Context, field graphql.CollectedField) graphql.ResponseHandler {
	switch field.Name {
	case "refused":
		graphql.AddError(ctx, publicError{"Subscriptions need a token.", "UNAUTHENTICATED"})
		return nil
	case "panic":
		panic("panicked in a subscription: secret")
	case "flood":
		text, err := json.Marshal(map[string]string{"flood": string(make([]byte, 64<<10))})
		if err != nil {
			panic(err)
		}
		s.entered <- struct{}{}
		return func(context.Context) *graphql.Response { return &graphql.Response{Data: text} }
	}
	s.entered <- struct{}{}
	return func(context.Context) *graphql.Response {
		select {
		case text, ok := <-s.ticks:
			if !ok {
				return nil
			}
			if text == "crash" {
				panic("crashed in a stream: secret")
			}
			return &graphql.Response{Data: []byte("{\"ticks\":\n\"" + text + "\"}")}
		case <-ctx.Done():
			return nil
		}
	}
}
