package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"goodpractice/internal/config"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/web"
)

func testMeter(t *testing.T) *meter {
	t.Helper()
	now := time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	m, err := newMeter(&config.Serve{PointsPerMinute: 3_000_000, TokenPointsPerMinute: 6_000_000}, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// contextOf is the context of a request from an address, as the site makes it.
func contextOf(t *testing.T, address string, token knowledge.ID) context.Context {
	t.Helper()
	got := make(chan context.Context, 1)
	site, err := web.New(web.Options{
		GraphQL:    http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got <- r.Context() }),
		Playground: http.NotFoundHandler(), Ready: func() error { return nil }, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Authenticate: func(context.Context, string, bool) (knowledge.Actor, error) { return knowledge.Actor{ID: token}, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql", nil)
	r.RemoteAddr = netip.AddrPortFrom(netip.MustParseAddr(address), 1234).String()
	site.ServeHTTP(httptest.NewRecorder(), r)
	return <-got
}

func TestPointsAreTakenFromTheTokenOrElseFromTheAddress(t *testing.T) {
	t.Parallel()
	m := testMeter(t)
	first := contextOf(t, "192.0.2.7", "")
	if got := m.charge(first, 50_000); got.Refused || got.Limit != 150_000 || got.Remaining != 100_000 {
		t.Errorf("an address: %+v", got)
	}
	if got := m.charge(contextOf(t, "192.0.2.7", "TK_a"), 1000); got.Limit != 300_000 || got.Remaining != 299_000 {
		t.Errorf("a token at the same address: %+v", got)
	}
	if got := m.charge(contextOf(t, "192.0.2.8", "TK_a"), 1000); got.Remaining != 298_000 {
		t.Errorf("the token at another address: %+v", got)
	}
	m.owe(first, 150_000)
	if got := m.charge(first, 0); !got.Refused || got.RetryAfter != time.Second {
		t.Errorf("in debt: %+v", got)
	}
	if m.caller(first) == m.caller(contextOf(t, "192.0.2.8", "")) {
		t.Error("two addresses are one caller")
	}
}

func TestGuessesOfTokensAreStoppedBeforeTheStore(t *testing.T) {
	t.Parallel()
	m := testMeter(t)
	asked := 0
	authenticate := m.guard(func(_ context.Context, authorization string, _ bool) (knowledge.Actor, error) {
		asked++
		switch authorization {
		case "", "Bearer good":
			return knowledge.Actor{ID: "TK_a"}, nil
		case "Bearer away":
			return knowledge.Actor{}, &knowledge.Error{Kind: knowledge.Unavailable}
		}
		return knowledge.Actor{}, &knowledge.Error{Kind: knowledge.Unauthenticated}
	})
	ctx := contextOf(t, "192.0.2.7", "")
	if _, err := authenticate(ctx, "Bearer good", false); err != nil {
		t.Fatal(err)
	}
	for range 50 { // It is not the client's fault.
		if _, err := authenticate(ctx, "Bearer away", false); !knowledge.IsKind(err, knowledge.Unavailable) {
			t.Fatal(err)
		}
	}
	asked = 0
	var last error
	for range 100 {
		_, last = authenticate(ctx, "Bearer wrong", false)
	}
	if tooMany, ok := errors.AsType[*web.GuessingError](last); !ok || tooMany.RetryAfter <= 0 || asked != 20 {
		t.Errorf("after %d guesses: %v", asked, last)
	}
	for _, fine := range []string{"", "Bearer good"} {
		if _, err := authenticate(ctx, fine, false); err != nil {
			t.Errorf("%q beside them: %v", fine, err)
		}
	}
	if _, err := authenticate(contextOf(t, "192.0.2.8", ""), "Bearer wrong", false); !knowledge.IsKind(err, knowledge.Unauthenticated) {
		t.Errorf("another address: %v", err)
	}
}

// What ordinary tools do is never refused with the default settings: twenty queries a second of a dashboard for a minute, the
// requests of the audit at once, and the schema.
func TestOrdinaryToolsAreNotRefused(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	command, err := config.Parse([]string{"serve"}, func(string) string { return "" }, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	m, err := newMeter(command.Selected.(*config.Serve), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	ctx := contextOf(t, "192.0.2.7", "")
	for range 61 { // As if each of them were wrong.
		if m.owe(ctx, 140); m.charge(ctx, 10).Refused {
			t.Fatal("the audit is refused")
		}
	}
	if m.charge(ctx, 3005).Refused {
		t.Fatal("the schema is refused")
	}
	for i := range 20 * 60 {
		if m.charge(ctx, 1688).Refused {
			t.Fatalf("query %d of the dashboard is refused", i)
		}
		now = now.Add(time.Second / 20)
	}
}
