package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"goodpractice/graph/generated"
	"goodpractice/graph/transport"
	"goodpractice/internal/catalog"
)

// Options configures New. Catalog, BaseURL, Logger and Now are required.
type Options struct {
	// Catalog answers everything.
	Catalog *catalog.Catalog
	// BaseURL is where readers find the site, such as "https://example.org": permalinks begin with it.
	BaseURL string
	// Logger receives internal errors and panics.
	Logger *slog.Logger
	// Now is the clock that deadlines of connections are counted from.
	Now func() time.Time
	// RequestID reads the request's id from its context. Nil: errors carry no id.
	RequestID func(context.Context) string
	// Authenticate takes the Authorization value of a websocket's connection_init and returns the context with its actor,
	// see transport.Options. For all other requests the middleware around the handler does that: it puts the reader
	// into the context (knowledge.WithReader); without one the reader is anonymous.
	Authenticate func(ctx context.Context, authorization string) (context.Context, error)
	// Origins are the foreign origins whose pages may open websockets, see transport.Options.
	Origins []string
	// Away tells since when the database has not answered; false while it answers. While it is away every response says in
	// extensions.stale that it may be out of date, and mutations are refused. It is called often. Nil: it is never away.
	Away Since
	// Behind tells since when the search index may lack what is in the database; false while it follows. While it is behind,
	// which it still is for a while when the database is back, every response says so like those of Away; mutations are
	// executed. It is called often. Nil: it is never behind.
	Behind Since
	// Limits bounds requests; its zero value stands for the defaults.
	Limits transport.Limits
}

// New returns the handler of the GraphQL endpoint. When ctx ends, subscriptions end at once and no new one is accepted;
// queries and mutations are left to finish. An error names what is wrong with the options.
func New(ctx context.Context, o Options) (http.Handler, error) {
	if o.Catalog == nil {
		return nil, errors.New("graph: the catalog is missing")
	}
	base, err := url.Parse(o.BaseURL)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, fmt.Errorf("graph: the base address %q is no web address", o.BaseURL)
	}
	fresh := freshness{away: o.Away, behind: o.Behind}
	if fresh.away == nil {
		fresh.away = never
	}
	if fresh.behind == nil {
		fresh.behind = never
	}
	r := &resolver{catalog: o.Catalog, fresh: fresh, base: strings.TrimSuffix(o.BaseURL, "/")}
	handler, err := transport.New(ctx, r.schema(), transport.Options{
		Log:           o.Logger,
		Now:           o.Now,
		RequestID:     o.RequestID,
		Translate:     translate,
		Authenticate:  o.Authenticate,
		Origins:       o.Origins,
		Extensions:    fresh.extensions,
		Vary:          []string{consistencyHeader},
		Introspection: true,
		Limits:        o.Limits,
	})
	if err != nil {
		return nil, fmt.Errorf("graph: %w", err)
	}
	return handler, nil
}

// Schema is the text of schema.graphql that the program was generated from.
func Schema() string {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	return schema.Query.Position.Src.Input
}
