package transport_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"goodpractice/graph/transport"
)

// callerKey is the context key of who asks.
type callerKey struct{}

// byHeader has the header Caller tell who asks.
func byHeader(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, r.Header.Get("Caller"))))
	})
}

// crowded is an endpoint with room for four queries, two of one caller, and for one of each that waits.
func crowded(t *testing.T, change func(*transport.Limits)) *endpoint {
	t.Helper()
	e := start(t, func(o *transport.Options) {
		o.Caller = func(ctx context.Context) string {
			name, _ := ctx.Value(callerKey{}).(string)
			return name
		}
		o.Limits = transport.Limits{
			Cost: 20, Running: 24, RunningPerCaller: 12, Waiting: 3, WaitingPerCaller: 1, Patience: time.Minute,
			SocketsPerCaller: 1, StreamsPerCaller: 1,
		}
		change(&o.Limits)
	})
	e.Config.Handler = byHeader(e.Config.Handler)
	return e
}

// hang sends two queries of caller a that hang, and returns when they do; the result ends them.
func (e *endpoint) hang(t *testing.T) (end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			r, err := http.NewRequestWithContext(ctx, http.MethodPost, e.URL+"/graphql", strings.NewReader(`{"query":"{hang}"}`))
			if err != nil {
				t.Error(err)
				return
			}
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Caller", "a")
			if answer, err := e.Client().Do(r); err == nil {
				_ = answer.Body.Close()
			}
		})
	}
	for range 2 {
		<-e.schema.entered
	}
	return func() {
		cancel()
		group.Wait()
	}
}

func TestOneCallerCannotTakeAllTheRoom(t *testing.T) {
	t.Parallel()
	e := crowded(t, func(l *transport.Limits) { l.Patience = 20 * time.Millisecond })
	e.post(t, "{hello}") // Known documents need not be read by turns.
	e.post(t, "mutation{touch}")
	defer e.hang(t)()
	a := e.post(t, "{hello}", "Caller", "a")
	if a.status != http.StatusServiceUnavailable || a.code() != transport.CodeOverloaded || a.header.Get("Retry-After") != "2" {
		t.Errorf("the third query of a caller: %d %s", a.status, a.body)
	}
	if a := e.post(t, "{hello}", "Caller", "b"); a.status != 200 || a.code() != "" {
		t.Errorf("another caller's query: %d %s", a.status, a.body)
	}
	if a := e.post(t, "mutation{touch}", "Caller", "a"); a.status != 200 || a.code() != "" {
		t.Errorf("a mutation: %d %s", a.status, a.body)
	}
}

func TestAQueryWaitsForItsTurn(t *testing.T) {
	t.Parallel()
	e := crowded(t, func(*transport.Limits) {})
	e.post(t, "{hello}") // As above.
	end := e.hang(t)
	answered := make(chan answer)
	go func() { answered <- e.post(t, "{hello}", "Caller", "a") }()
	select {
	case a := <-answered:
		t.Errorf("it did not wait: %d %s", a.status, a.body)
	case <-time.After(50 * time.Millisecond):
	}
	end()
	if a := <-answered; a.status != 200 || a.code() != "" {
		t.Errorf("got %d %s", a.status, a.body)
	}
}

func TestTheLineIsBounded(t *testing.T) {
	t.Parallel()
	e := crowded(t, func(*transport.Limits) {})
	e.post(t, "{hello}")
	end := e.hang(t)
	answers := make(chan answer, 8)
	for range cap(answers) {
		go func() { answers <- e.post(t, "{hello}", "Caller", "a") }()
	}
	for range cap(answers) - 1 { // One may wait.
		if a := <-answers; a.status != http.StatusServiceUnavailable || a.code() != transport.CodeOverloaded {
			t.Errorf("got %d %s", a.status, a.body)
		}
	}
	end()
	if a := <-answers; a.status != 200 {
		t.Errorf("who waited got %d %s", a.status, a.body)
	}
	if a := e.post(t, "{hello}", "Caller", "a"); a.status != 200 {
		t.Errorf("afterwards: %d %s", a.status, a.body)
	}
}

func TestWhoeverLeavesTheLineMakesRoom(t *testing.T) {
	t.Parallel()
	e := crowded(t, func(l *transport.Limits) { l.Patience = 10 * time.Millisecond })
	e.post(t, "{hello}")
	end := e.hang(t)
	for range 5 {
		if a := e.post(t, "{hello}", "Caller", "a"); a.status != http.StatusServiceUnavailable {
			t.Errorf("got %d %s", a.status, a.body)
		}
	}
	end()
	for e.post(t, "{hello}", "Caller", "a").status != 200 { // Until the server has seen that they left.
		continue
	}
	for range 5 {
		if a := e.post(t, "{hello}", "Caller", "a"); a.status != 200 {
			t.Errorf("got %d %s", a.status, a.body)
		}
	}
}

func TestAPanicMakesRoom(t *testing.T) {
	t.Parallel()
	e := crowded(t, func(*transport.Limits) {})
	for range 10 {
		if a := e.post(t, "{crash}", "Caller", "a"); a.code() != transport.CodeInternal {
			t.Errorf("got %d %s", a.status, a.body)
		}
		if a := e.post(t, "{panic}", "Caller", "a"); a.code() != transport.CodeInternal {
			t.Errorf("got %d %s", a.status, a.body)
		}
	}
}

func TestSocketsAndStreamsOfACallerAreBounded(t *testing.T) {
	t.Parallel()
	e := crowded(t, func(*transport.Limits) {})
	dial := func(caller string) int {
		_, response, err := e.dial(t, http.Header{"Caller": {caller}}, "graphql-transport-ws")
		if err == nil {
			return http.StatusSwitchingProtocols
		}
		return response.StatusCode
	}
	for i, want := range []struct {
		caller string
		status int
	}{{"a", 101}, {"a", 503}, {"b", 101}, {"b", 503}} {
		if got := dial(want.caller); got != want.status {
			t.Errorf("socket %d: %d, want %d", i, got, want.status)
		}
	}
	for i, want := range []struct {
		caller string
		status int
	}{{"a", 200}, {"a", 503}, {"b", 200}, {"b", 503}} {
		s := e.open(t, http.MethodPost, "subscription{ticks}", "Caller", want.caller)
		if s.response.StatusCode != want.status {
			t.Errorf("stream %d: %d, want %d", i, s.response.StatusCode, want.status)
		}
	}
}
