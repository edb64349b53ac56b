package transport

import (
	"context"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// allowed are the methods of the endpoint.
const allowed = "GET, HEAD, POST, OPTIONS"

// edge is what all transports share.
type edge struct {
	caller  func(context.Context) string // Options.Caller, or one that takes all for one.
	limits  Limits
	now     func() time.Time
	closing <-chan struct{} // Closed when the server shuts down.
	faults  presenter
	vary    vary
	schema  *ast.Schema
	reading func(graphql.GraphExecutor) graphql.GraphExecutor

	charging charging
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
	streams   *gate
	responses *responses                      // Nil: answers are not kept.
	executed  func(context.Context, Executed) // Options.Executed.
}

var _ graphql.Transport = (*web)(nil)

// Supports implements graphql.Transport.
func (t *web) Supports(*http.Request) bool { return true }

// Do implements graphql.Transport.
func (t *web) Do(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor) {
	defer t.rescue(w, r)
	t.vary.add(w.Header())
	w.Header().Set("X-Content-Type-Options", "nosniff")
	accept := negotiate(r.Header.Values("Accept"))
	if r.Method == http.MethodOptions {
		w.Header().Set("Allow", allowed)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if !accept.acceptable() {
		t.reject(w, r, typeJSON, &refused{
			http.StatusNotAcceptable, CodeNotAcceptable,
			"Answers are " + typeResponse + ", " + typeJSON + " or, for subscriptions, " + typeEvents + ".",
		})
		return
	}
	if key, ok := t.responses.keyOf(r, accept.answer); ok {
		t.share(exchange{w, r, t.reading(executor), accept, nil}, key)
		return
	}
	t.run(exchange{w, r, t.reading(executor), accept, nil})
}

// exchange is a request that is being answered.
type exchange struct {
	w        http.ResponseWriter
	r        *http.Request
	executor graphql.GraphExecutor
	accept   negotiated
	slot     *slot // Where the answer is put for others; nil if it is for who asked alone.
}

// share answers a request from memory, or with the answer to an equal one that is being worked out, or else by running it.
func (t *web) share(x exchange, key slotKey) {
	if kept := t.responses.find(key); kept != nil {
		t.give(x, kept)
		return
	}
	slot, leads := t.responses.enter(key)
	if leads {
		x.slot = slot
		defer t.responses.leave(slot) // Also where it panics.
		t.run(x)
		return
	}
	select {
	case <-slot.done:
	case <-x.r.Context().Done():
		return // There is nobody to answer.
	}
	if slot.response != nil {
		t.give(x, slot.response)
		return
	}
	t.run(x)
}

// give answers with what is kept. It costs no points.
func (t *web) give(x exchange, kept *keptResponse) {
	announceDeprecated(x.w.Header(), t.schema, kept.executed.Deprecated)
	if t.executed != nil {
		t.executed(x.r.Context(), kept.executed)
	}
	kept.give(x.w, x.r)
}

// run reads and executes a request.
func (t *web) run(x exchange) {
	params, refusal := t.params(x.w, x.r)
	if refusal != nil {
		t.reject(x.w, x.r, x.accept.refusals(), refusal)
		return
	}
	t.execute(x, params)
}

// params reads the request.
func (t *web) params(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *refused) {
	var (
		params  *graphql.RawParams
		refusal *refused
		start   = graphql.Now()
	)
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		params, refusal = t.fromQuery(r)
	case http.MethodPost:
		params, refusal = t.fromBody(w, r)
	default:
		w.Header().Set("Allow", allowed)
		refusal = &refused{http.StatusMethodNotAllowed, CodeMethodNotAllowed, "Send GET or POST."}
	}
	if refusal != nil {
		return nil, refusal
	}
	if params.Query == "" && params.Extensions[persistedQueryKey] == nil && params.Extensions[documentIDKey] == nil {
		return nil, badRequest("The query is missing.")
	}
	params.Headers = r.Header
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	return params, nil
}

// execute runs a request that was read.
func (t *web) execute(x exchange, params *graphql.RawParams) {
	w, r, accept := x.w, x.r, x.accept
	operation, errs := x.executor.CreateOperationContext(r.Context(), params)
	if len(errs) > 0 {
		response := x.executor.DispatchError(graphql.WithOperationContext(r.Context(), operation), errs)
		if accept.answer == "" {
			t.streamOne(w, r, response)
			return
		}
		t.respond(w, r, t.answer(r, accept.answer, response))
		return
	}
	announceDeprecated(w.Header(), t.schema, billOf(operation).deprecated)
	switch {
	case operation.Operation.Operation == ast.Mutation && isGet(r):
		w.Header().Set("Allow", http.MethodPost)
		t.charging.settle(r.Context(), operation, refusalPoints)
		t.refuse(w, accept.refusals(), &refused{
			http.StatusMethodNotAllowed, CodeMethodNotAllowed, "Mutations need POST.",
		})
	case operation.Operation.Operation == ast.Subscription && !accept.events:
		t.charging.settle(r.Context(), operation, refusalPoints)
		t.refuse(w, accept.refusals(), &refused{
			http.StatusNotAcceptable, CodeNotAcceptable,
			"Subscriptions need a websocket, or the header Accept: " + typeEvents + ".",
		})
	case operation.Operation.Operation == ast.Subscription || accept.answer == "":
		t.responses.leave(x.slot) // Nobody shares a stream, nor waits for its end.
		t.stream(w, r, x.executor, operation)
	default:
		t.once(x, operation)
	}
}

// once executes a query or mutation and answers it.
func (t *web) once(x exchange, operation *graphql.OperationContext) {
	responses, ctx := x.executor.DispatchOperation(x.r.Context(), operation)
	response := responses(ctx)
	if response == nil { // The context ended before the execution began.
		response = &graphql.Response{Errors: gqlerror.List{refusal(CodeTimeout, "The operation took too long.")}}
	}
	a := t.answer(x.r, x.accept.answer, response)
	if a.cache == cachePublic && t.responses.isForAll(operation) {
		t.responses.keep(x.slot, &keptResponse{
			mediaType: a.mediaType, tag: a.tag, body: a.body, executed: executedOf(operation, 0, false),
		})
	}
	t.responses.leave(x.slot)   // Before the client has taken it, who may be slow.
	if a.cache != cachePublic { // A shared cache would tell others what is left to this client.
		billOf(operation).announce(x.w.Header())
	}
	t.respond(x.w, x.r, a)
}

// rescue answers a request whose handling panicked outside a resolver.
func (t *web) rescue(w http.ResponseWriter, r *http.Request) {
	value := recover()
	if value == nil {
		return
	}
	shown := t.faults.recovered(r.Context(), value)
	t.respond(w, r, t.answer(r, typeJSON, &graphql.Response{Errors: gqlerror.List{t.faults.present(r.Context(), shown)}}))
}
