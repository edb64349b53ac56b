package transport

import (
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// edge is what all transports share.
type edge struct {
	limits  Limits
	now     func() time.Time
	closing <-chan struct{} // Closed when the server shuts down.
	faults  presenter
	vary    []string // Options.Vary.
}

// shutDown reports whether the server is shutting down.
func (e edge) shutDown() bool {
	select {
	case <-e.closing:
		return true
	default:
		return false
	}
}

// web is the transport for GET and POST, event streams included. It takes every request that is not a websocket's, so that
// it can say what is wrong with it.
type web struct {
	edge
	streams gate
}

var _ graphql.Transport = (*web)(nil)

// Supports implements graphql.Transport.
func (t *web) Supports(*http.Request) bool { return true }

// Do implements graphql.Transport.
func (t *web) Do(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor) {
	defer t.rescue(w, r)
	vary(w.Header(), t.vary)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	accept := negotiate(r.Header.Values("Accept"))
	if r.Method == http.MethodOptions {
		w.Header().Set("Allow", "GET, POST, OPTIONS")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if !accept.acceptable() {
		t.refuse(w, typeJSON, &refused{
			http.StatusNotAcceptable, CodeNotAcceptable,
			"Answers are " + typeResponse + ", " + typeJSON + " or, for subscriptions, " + typeEvents + ".",
		})
		return
	}
	params, refusal := t.params(w, r)
	if refusal != nil {
		t.refuse(w, accept.refusals(), refusal)
		return
	}
	t.execute(w, r, executor, accept, params)
}

// params reads the request.
func (t *web) params(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *refused) {
	var (
		params  *graphql.RawParams
		refusal *refused
		start   = graphql.Now()
	)
	switch r.Method {
	case http.MethodGet:
		params, refusal = t.fromQuery(r)
	case http.MethodPost:
		params, refusal = t.fromBody(w, r)
	default:
		w.Header().Set("Allow", "GET, POST, OPTIONS")
		refusal = &refused{http.StatusMethodNotAllowed, CodeMethodNotAllowed, "Send GET or POST."}
	}
	if refusal != nil {
		return nil, refusal
	}
	if params.Query == "" && params.Extensions["persistedQuery"] == nil {
		return nil, badRequest("The query is missing.")
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	return params, nil
}

// execute runs a request that was read.
func (t *web) execute(
	w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor, accept negotiated, params *graphql.RawParams,
) {
	if params.Query == "" {
		t.respond(w, r, accept.refusals(), &graphql.Response{Errors: gqlerror.List{
			refusal(CodePersistedQueryNotSupported, "PersistedQueryNotSupported"), // Apollo Client knows this message.
		}})
		return
	}
	operation, errs := executor.CreateOperationContext(r.Context(), params)
	if len(errs) > 0 {
		response := executor.DispatchError(graphql.WithOperationContext(r.Context(), operation), errs)
		if accept.answer == "" {
			t.streamOne(w, response)
			return
		}
		t.respond(w, r, accept.answer, response)
		return
	}
	switch {
	case operation.Operation.Operation == ast.Mutation && r.Method == http.MethodGet:
		w.Header().Set("Allow", http.MethodPost)
		t.refuse(w, accept.refusals(), &refused{
			http.StatusMethodNotAllowed, CodeMethodNotAllowed, "Mutations need POST.",
		})
	case operation.Operation.Operation == ast.Subscription && !accept.events:
		t.refuse(w, accept.refusals(), &refused{
			http.StatusNotAcceptable, CodeNotAcceptable,
			"Subscriptions need a websocket, or the header Accept: " + typeEvents + ".",
		})
	case operation.Operation.Operation == ast.Subscription || accept.answer == "":
		t.stream(w, r, executor, operation)
	default:
		t.once(w, r, executor, operation, accept.answer)
	}
}

// once executes a query or mutation and answers it.
func (t *web) once(
	w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor, operation *graphql.OperationContext, mediaType string,
) {
	responses, ctx := executor.DispatchOperation(r.Context(), operation)
	response := responses(ctx)
	if response == nil { // The context ended before the execution began.
		response = &graphql.Response{Errors: gqlerror.List{refusal(CodeTimeout, "The operation took too long.")}}
	}
	t.respond(w, r, mediaType, response)
}

// rescue answers a request whose handling panicked outside a resolver.
func (t *web) rescue(w http.ResponseWriter, r *http.Request) {
	value := recover()
	if value == nil {
		return
	}
	shown := t.faults.recovered(r.Context(), value)
	t.respond(w, r, typeJSON, &graphql.Response{Errors: gqlerror.List{t.faults.present(r.Context(), shown)}})
}
