package graph

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

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
	// AllowOrigin tells of further ones, see transport.Options.
	AllowOrigin func(origin string) bool
	// Away tells since when the database has not answered; false while it answers. While it is away every response says in
	// extensions.stale that it may be out of date, and mutations are refused. It is called often. Nil: it is never away.
	Away Since
	// Behind tells since when the search index may lack what is in the database; false while it follows. While it is behind,
	// which it still is for a while when the database is back, every response says so like those of Away; mutations are
	// executed. It is called often. Nil: it is never behind.
	Behind Since
	// Version tells which state of the records searches answer from: it changes with every change of the index, and with what
	// this server has saved. Answers to anonymous GETs are kept in memory for one version, and none while the database is away
	// or the index behind. False: nothing may be kept now. It is called often. Nil: nothing is kept.
	Version func() (uint64, bool)
	// Documents finds the text of a trusted document by its id, see transport.Options. Nil: there are none.
	Documents func(id string) (text string, found bool)
	// TrustedOnly tells whether who asks may run trusted documents only. Nil: nobody is held to them.
	TrustedOnly func(context.Context) bool
	// Caller, Charge, Owe and Executed share out what clients may use and keep account of it, see transport.Options.
	Caller   func(context.Context) string
	Charge   func(ctx context.Context, points int) transport.Charge
	Owe      func(ctx context.Context, points int)
	Executed func(ctx context.Context, x transport.Executed)
	// Schema is what clients are promised, where its directives say more than those of schema.graphql: it must have the same
	// types. Nil: schema.graphql.
	Schema *ast.Schema
	// Gather is how long a response collects the ids of records before it asks the store for all of them. The longer, the
	// fewer reads, and the slower is a response whose records are not in memory. 0 stands for half a millisecond.
	Gather time.Duration
	// Limits bounds requests; its zero value stands for the defaults.
	Limits transport.Limits
}

// New returns the handler of the GraphQL endpoint. When ctx ends, subscriptions end at once and no new one is accepted;
// queries and mutations are left to finish. An error names what is wrong with the options.
func New(ctx context.Context, o Options) (*Server, error) {
	r, err := newResolver(o)
	if err != nil {
		return nil, err
	}
	schema := r.schema(o.Schema)
	r.contract = schema.Schema()
	handler, err := transport.New(ctx, schema, transport.Options{
		Log:          o.Logger,
		Now:          o.Now,
		RequestID:    o.RequestID,
		Translate:    translate,
		Authenticate: o.Authenticate,
		Origins:      o.Origins,
		AllowOrigin:  o.AllowOrigin,
		Extensions:   r.fresh.extensions,
		Vary:         []string{consistencyHeader},
		Caller:       o.Caller,
		Charge:       o.Charge,
		Owe:          o.Owe,
		Executed:     o.Executed,
		Version:      r.fresh.version(o.Version),
		Variant:      variant,
		Documents:    o.Documents,
		TrustedOnly:  o.TrustedOnly,

		VaryExtensions: []string{consistencyExtension},

		Introspection: true,
		Limits:        o.Limits,
	})
	if err != nil {
		return nil, fmt.Errorf("graph: %w", err)
	}
	return &Server{Handler: handler, Ask: newAsk(r, schema, handler, o.Limits)}, nil
}

// Server is the GraphQL endpoint, and a way to ask it from within the program.
type Server struct {
	http.Handler

	// Ask runs one query of the program's own and gives its data: on behalf of the reader in ctx, by the same resolvers as
	// queries of clients, in turn with them and within the time that those have. It takes no points. Stale tells that the
	// answer may be older than what is stored. An error is a *knowledge.Error where it may be shown: of kind Invalid, its path
	// begins with the variable or argument at fault. Data with errors in some fields is an error. It may be called
	// concurrently.
	Ask func(ctx context.Context, document string, variables map[string]any) (data json.RawMessage, stale bool, err error)
}

// newResolver is what all resolvers share.
func newResolver(o Options) (*resolver, error) {
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
	return &resolver{
		catalog: o.Catalog, fresh: fresh, gather: cmp.Or(o.Gather, defaultGather), base: strings.TrimSuffix(o.BaseURL, "/"), limits: o.Limits,
	}, nil
}

// Schema is the text of schema.graphql that the program was generated from.
func Schema() string {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	return schema.Query.Position.Src.Input
}
