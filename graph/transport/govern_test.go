package transport_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"goodpractice/graph/transport"
)

// governed is a schema and a way to ask it from within the program.
type governed struct {
	schema *schema
	runs   *executor.Executor
}

// govern is an endpoint with room for two queries of one caller, and for one that waits.
func govern(t *testing.T) governed {
	t.Helper()
	g := governed{schema: newSchema()}
	server, err := transport.New(t.Context(), g.schema, transport.Options{
		Log: slog.New(slog.DiscardHandler),
		Now: time.Now, //nolint:forbidigo // Deadlines of real connections.
		Caller: func(ctx context.Context) string {
			name, _ := ctx.Value(callerKey{}).(string)
			return name
		},
		Charge: func(context.Context, int) transport.Charge {
			t.Error("a query of the program's own is charged")
			return transport.Charge{}
		},
		Owe: func(context.Context, int) { t.Error("a query of the program's own owes points") },
		Limits: transport.Limits{
			Cost: 20, Running: 24, RunningPerCaller: 12, Waiting: 3, WaitingPerCaller: 1, Patience: 20 * time.Millisecond,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	g.runs = executor.New(g.schema)
	server.Govern(g.runs)
	return g
}

// ask runs a query for a caller and gives the code of its first error; "panic" where it panicked.
func (g governed) ask(ctx context.Context, t *testing.T, caller, document string) (code string) {
	t.Helper()
	defer func() {
		if recover() != nil {
			code = "panic"
		}
	}()
	ctx = graphql.StartOperationTrace(context.WithValue(ctx, callerKey{}, caller))
	operation, faults := g.runs.CreateOperationContext(ctx, &graphql.RawParams{Query: document})
	if len(faults) > 0 {
		t.Error(faults)
		return ""
	}
	respond, ctx := g.runs.DispatchOperation(ctx, operation)
	response := respond(ctx)
	if response == nil || len(response.Errors) == 0 {
		return ""
	}
	code, _ = response.Errors[0].Extensions["code"].(string)
	return code
}

// Queries that the program runs for a caller have the caller's room and no more, and give it back however they end.
func TestQueriesOfTheProgramTakeTurns(t *testing.T) {
	t.Parallel()
	g := govern(t)
	for range 10 {
		for _, document := range []string{"{crash}", "{panic}"} {
			if code := g.ask(t.Context(), t, "a", document); code == transport.CodeOverloaded {
				t.Fatalf("%s: those before it did not give back their room", document)
			}
		}
		late, leave := context.WithCancel(t.Context())
		go func() {
			<-g.schema.entered
			leave()
		}()
		if code := g.ask(late, t, "a", "{hang}"); code == transport.CodeOverloaded {
			t.Fatal("those who left did not give back their room")
		}
	}
	ctx, end := context.WithCancel(t.Context())
	var hanging sync.WaitGroup
	for range 2 {
		hanging.Go(func() { g.ask(ctx, t, "a", "{hang}") })
		<-g.schema.entered
	}
	if code := g.ask(t.Context(), t, "a", "{hello}"); code != transport.CodeOverloaded {
		t.Errorf("a third one of the same caller: %q", code)
	}
	if code := g.ask(t.Context(), t, "b", "{hello}"); code != "" {
		t.Errorf("one of another caller: %q", code)
	}
	end()
	hanging.Wait()
	if code := g.ask(t.Context(), t, "a", "{hello}"); code != "" {
		t.Errorf("afterwards: %q", code)
	}
}
