package graph_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"goodpractice/graph"
	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/partners"
	"goodpractice/internal/web"
)

// deprecating is the real schema in which two of its parts are going to be removed.
func deprecating(t *testing.T) *ast.Schema {
	t.Helper()
	schema := loadSchema(t, graph.Schema())
	deprecate := func(directives *ast.DirectiveList, reason string) {
		*directives = append(*directives, &ast.Directive{
			Name: "deprecated", Definition: schema.Directives["deprecated"],
			Arguments: ast.ArgumentList{{Name: "reason", Value: &ast.Value{Raw: reason, Kind: ast.StringValue}}},
		})
	}
	title := schema.Types["Practice"].Fields.ForName("title")
	deprecate(&title.Directives, "Use texts instead. Deprecated since 2026-12-01. Removed after 2027-03-15.")
	order := schema.Query.Fields.ForName("practices").Arguments.ForName("orderBy")
	deprecate(&order.Directives, "Sort for yourself. Removed after 2027-06-30.")
	return schema
}

// TestDeprecationsReachPartners follows a deprecated field from the schema over HTTP to the headers of the answer, to the
// usage of the partner who has asked for it, and to what the partner is shown.
func TestDeprecationsReachPartners(t *testing.T) {
	t.Parallel()
	store := storages()["bbolt"](t)
	dashboard := knowledgetest.Partner("dashboard", "https://a.example")
	err := store.Save(t.Context(), dashboard, keyOf("key", "dashboard"), knowledgetest.Practice("first"))
	if err != nil {
		t.Fatal(err)
	}
	directory := partners.NewDirectory(slog.New(slog.DiscardHandler))
	directory.Changed([]knowledge.Entity{dashboard})
	counter, err := partners.NewCounter(partners.CounterOptions{
		Store: store, Directory: directory, Logger: slog.New(slog.DiscardHandler), Now: now,
	})
	if err != nil {
		t.Fatal(err)
	}
	s := serveChanged(t, store, transport.Limits{}, func(o *graph.Options) {
		o.Schema, o.Version = deprecating(t), func() (uint64, bool) { return 1, true }
		o.Executed = func(ctx context.Context, x transport.Executed) {
			counter.Record(ctx, partners.Executed{Operation: x.Operation, Points: x.Points, Failed: x.Failed, Deprecated: x.Deprecated})
		}
	})
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)

	const both = `query Both { practices(orderBy: {field: TITLE}) { nodes { title } } }`
	const none = `query None { practices { totalCount } }`
	for _, ask := range []struct {
		name, query string
		header      [2]string // of the request
		since       string
	}{
		{"a page of the partner", both, [2]string{"Origin", "https://a.example"}, "@1796083200"},
		{"the same from memory", both, [2]string{"Origin", "https://a.example"}, "@1796083200"},
		{"a program of the partner", both, [2]string{"Authorization", "Bearer " + secretOf("key")}, "@1796083200"},
		{"nothing that goes", none, [2]string{"Authorization", "Bearer " + secretOf("key")}, ""},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+web.GraphQLPath+"?query="+url.QueryEscape(ask.query), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set(ask.header[0], ask.header[1])
		response, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		sunset := ""
		if ask.since != "" {
			sunset = "Mon, 15 Mar 2027 23:59:59 GMT"
		}
		if got := response.Header; response.StatusCode != http.StatusOK || got.Get("Deprecation") != ask.since || got.Get("Sunset") != sunset {
			t.Errorf("%s: %d %v", ask.name, response.StatusCode, got)
		}
	}
	if err := counter.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.answers(t, "key", `{ viewer { partner { deprecations { coordinate reason removedAfter requests } } } }`, `{"viewer":{"partner":{"deprecations":[`+
		`{"coordinate":"Practice.title","reason":"Use texts instead. Deprecated since 2026-12-01. Removed after 2027-03-15.","removedAfter":"2027-03-15","requests":3},`+
		`{"coordinate":"Query.practices(orderBy:)","reason":"Sort for yourself. Removed after 2027-06-30.","removedAfter":"2027-06-30","requests":3}]}}}`)
	shown := s.ask(t, "", `{ __type(name: "Practice") { fields(includeDeprecated: true) { name isDeprecated deprecationReason } } }`, nil)
	if !strings.Contains(string(shown.Data), `{"name":"title","isDeprecated":true,"deprecationReason":"Use texts instead.`) {
		t.Errorf("introspection: %.300s", shown.body)
	}
}
