package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"goodpractice/internal/knowledge"
)

// GraphQLPath is where the API is.
const GraphQLPath = "/graphql"

// Options is what New puts together. All but Away, Behind, Public, Missing, Origins, AllowOrigin and Proxies are required.
type Options struct {
	// Public answers for everything else, by pattern of http.ServeMux, on behalf of the reader: exports, pages of records.
	Public map[string]http.Handler
	// Missing answers browsers that ask for an address at which the site has nothing. Nil: they get the plain text that programs
	// get.
	Missing    http.Handler
	GraphQL    http.Handler // Answers at GraphQLPath, by HTTP, event streams and websockets.
	Playground http.Handler // Answers at PlaygroundPath and below it.
	// Ready tells why the server should not get traffic yet, in plain English; nil once it may.
	Ready func() error
	// Away tells since when the database has not answered; false while it answers. The server stays ready
	// then, since it answers from memory, and says so. Nil: it is never away.
	Away func() (since time.Time, away bool)
	// Behind tells since when the search index may lack what is in the database; false while it follows.
	// The server stays ready then too, and says so. Nil: it is never behind.
	Behind func() (since time.Time, behind bool)
	// Authenticate tells whose Authorization value this is; the empty one is an anonymous reader's.
	// loopback is set where the request came from this machine. Errors of kind Unauthenticated are
	// shown to the client.
	Authenticate Authenticate
	// Origins are the foreign origins whose pages may call the API: as browsers send them, with at
	// most one * in each, or "*" for all. No credentials but the Authorization header are used.
	Origins []string
	// AllowOrigin tells of further origins whose pages may call the API, and is asked for each request. It must be quick.
	// Nil: there are no others.
	AllowOrigin func(origin string) bool
	// Proxies are the networks of the proxies in front of the server. Only what they say of whom they ask for is believed
	// (X-Forwarded-For, Forwarded). Anybody else's client is whoever holds the connection.
	Proxies []netip.Prefix
	Log     *slog.Logger     // One line a request, and panics.
	Now     func() time.Time // For the duration of requests.
}

// Authenticate tells who holds the token in the value of an Authorization header.
type Authenticate func(ctx context.Context, authorization string, loopback bool) (knowledge.Actor, error)

// New returns the handler of the whole site. It may be used concurrently. An error names what is
// missing in the options.
func New(o Options) (http.Handler, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle(GraphQLPath, withReader(o.Authenticate, o.Log, o.GraphQL))
	mux.Handle(PlaygroundPath, o.Playground)
	mux.Handle(PlaygroundPath+"/", o.Playground)
	mux.Handle("GET /{$}", http.RedirectHandler(PlaygroundPath, http.StatusFound))
	mux.Handle("GET /healthz", http.HandlerFunc(serveHealth))
	mux.Handle("GET /readyz", serveReady(o.Ready, o.Away, o.Behind))
	for pattern, handler := range o.Public {
		mux.Handle(pattern, withReader(o.Authenticate, o.Log, handler))
	}

	packed, err := compressed(bodied(o.Now, withMissing(mux, o.Missing)))
	if err != nil {
		return nil, err
	}
	handler := withSecurityHeaders(packed)
	handler = recovered(o.Log, handler)
	handler = observed(o.Log, o.Now, o.Proxies, handler)
	return withCORS(o.Origins, o.AllowOrigin, handler), nil
}

// withMissing shows a page to people who have gone astray. Everybody else gets the plain text of net/http.
func withMissing(mux *http.ServeMux, page http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if page != nil && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
			if _, pattern := mux.Handler(r); pattern == "" {
				w.Header().Add("Vary", "Accept")
				w.Header().Set("Cache-Control", "no-store")
				if accepts(r, htmlType) {
					page.ServeHTTP(w, r)
					return
				}
			}
		}
		mux.ServeHTTP(w, r)
	})
}

// validate names everything that is missing.
func (o Options) validate() error {
	var errs []error
	for name, missing := range map[string]bool{
		"GraphQL": o.GraphQL == nil, "Playground": o.Playground == nil, "Ready": o.Ready == nil,
		"Authenticate": o.Authenticate == nil, "Log": o.Log == nil, "Now": o.Now == nil,
	} {
		if missing {
			errs = append(errs, errors.New("web: options: "+name+" is missing"))
		}
	}
	return errors.Join(errs...)
}

// bodyTimeout is how long a body may take to arrive. The API reads its own under a limit of its own.
const bodyTimeout = 10 * time.Second

// bodied bounds the wait for bodies, also for what nobody reads: net/http would otherwise read on after the answer, for as
// long as a slow client likes. What is not the API takes none, and closes the connection after its answer.
func bodied(now func() time.Time, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength != 0 {
			// A writer that has no deadlines, such as a test's recorder, has no slow client either.
			_ = http.NewResponseController(w).SetReadDeadline(now().Add(bodyTimeout))
			if r.URL.Path != GraphQLPath {
				w.Header().Set("Connection", "close")
			}
		}
		next.ServeHTTP(w, r)
	})
}
