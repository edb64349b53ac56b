package transport_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"goodpractice/graph/transport"
)

func TestWrongOptionsAreNamed(t *testing.T) {
	t.Parallel()
	log := slog.New(slog.DiscardHandler)
	for name, c := range map[string]struct {
		options transport.Options
		want    string
	}{
		"log":     {transport.Options{Now: time.Now}, "Log"}, //nolint:forbidigo // Never called.
		"clock":   {transport.Options{Log: log}, "Now"},
		"limit":   {transport.Options{Log: log, Limits: transport.Limits{Depth: -1}}, "limit"},
		"timeout": {transport.Options{Log: log, Limits: transport.Limits{InitTimeout: -1}}, "limit"},
		"origin":  {transport.Options{Log: log, Origins: []string{"https://[x"}}, `"https://[x"`},
	} {
		if _, err := transport.New(t.Context(), newSchema(), c.options); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := transport.New(t.Context(), nil, transport.Options{Log: log}); err == nil {
		t.Error("no schema is fine")
	}
}

func TestSchemaWithDeferIsRefused(t *testing.T) {
	t.Parallel()
	whole := gqlparser.MustLoadSchema(&ast.Source{Input: sdl})
	o := transport.Options{Log: slog.New(slog.DiscardHandler), Now: time.Now} //nolint:forbidigo // Never called.
	if _, err := transport.New(t.Context(), &schema{parsed: whole}, o); err == nil || !strings.Contains(err.Error(), "WithoutDefer") {
		t.Errorf("got %v", err)
	}
	reduced := transport.WithoutDefer(whole)
	if _, err := transport.New(t.Context(), &schema{parsed: reduced}, o); err != nil {
		t.Error(err)
	}
	if whole.Directives["defer"] == nil || reduced.Directives["skip"] == nil {
		t.Error("the original has changed, or more than @defer is gone")
	}
}
