package transport

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Frames of an event stream (GraphQL over SSE, distinct connections mode). A comment keeps the connection alive; complete
// needs its empty data line, or a browser drops the event.
const (
	frameAlive    = ":\n\n"
	frameComplete = "event: complete\ndata:\n\n"
)

// frame is a next event. Data may hold raw line breaks only between its tokens, where a further data line does no harm.
func frame(body []byte) []byte {
	body = bytes.ReplaceAll(body, []byte("\r"), []byte(" "))
	body = bytes.ReplaceAll(body, []byte("\n"), []byte("\ndata: "))
	return append(append([]byte("event: next\ndata: "), body...), "\n\n"...)
}

// events writes the frames of one stream.
type events struct {
	edge
	w          http.ResponseWriter
	controller *http.ResponseController
}

// open begins a stream, or answers why not.
func (t *web) open(w http.ResponseWriter, r *http.Request) (*events, bool) {
	if t.shutDown() || !t.streams.enter(t.caller(r.Context())) {
		t.refuse(w, typeJSON, &refused{
			http.StatusServiceUnavailable, CodeOverloaded, "No more event streams can be opened now.",
		})
		return nil, false
	}
	header := w.Header()
	header.Set("Content-Type", typeEvents+"; charset=utf-8")
	header.Set("Cache-Control", cacheNever)
	header.Set("X-Accel-Buffering", "no") // Proxies must not hold events back.
	return &events{edge: t.edge, w: w, controller: http.NewResponseController(w)}, true
}

// send writes one frame in the time allowed, and reports whether the client is still there.
func (s *events) send(frame []byte) bool {
	_ = s.controller.SetWriteDeadline(s.now().Add(s.limits.WriteTimeout)) // See readBody.
	_, err := s.w.Write(frame)
	return err == nil && s.controller.Flush() == nil
}

// streamOne tells a client that takes nothing but events why its request is not executed: an EventSource cannot read the
// body of another status.
func (t *web) streamOne(w http.ResponseWriter, r *http.Request, response *graphql.Response) {
	s, ok := t.open(w, r)
	if !ok {
		return
	}
	defer t.streams.leave(t.caller(r.Context()))
	body, err := encode(response)
	if err != nil {
		panic(err) // As in respond.
	}
	if s.send(frame(body)) {
		s.send([]byte(frameComplete))
	}
}

// stream executes an operation and sends its responses until it ends, the client leaves, or the server shuts down.
func (t *web) stream(
	w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor, operation *graphql.OperationContext,
) {
	s, ok := t.open(w, r)
	if !ok {
		return
	}
	defer t.streams.leave(t.caller(r.Context()))
	ctx, cancel := context.WithCancel(r.Context())
	frames := make(chan []byte)
	go t.produce(ctx, executor, operation, frames)
	defer func() { // Wait for the producer: it closes the channel last.
		cancel()
		for range frames {
			continue
		}
	}()
	if !s.send([]byte(frameAlive)) {
		return
	}
	alive := time.NewTicker(t.limits.KeepAlive)
	defer alive.Stop()
	for {
		select {
		case next, ok := <-frames:
			if !ok || !s.send(next) {
				return
			}
		case <-alive.C:
			if !s.send([]byte(frameAlive)) {
				return
			}
		case <-t.closing: // Without complete: the client knows that it may come back.
			return
		case <-ctx.Done():
			return
		}
	}
}

// produce puts the frames of an operation on a channel and closes it.
func (t *web) produce(
	ctx context.Context, executor graphql.GraphExecutor, operation *graphql.OperationContext, frames chan<- []byte,
) {
	defer close(frames)
	put := func(next []byte) bool {
		select {
		case frames <- next:
			return true
		case <-ctx.Done():
			return false
		}
	}
	t.each(ctx, executor, operation, func(response *graphql.Response) bool {
		body, err := encode(response)
		if err != nil {
			panic(err) // As in respond; each logs it.
		}
		return put(frame(body))
	})
	put([]byte(frameComplete))
}

// each calls yield with every response of an operation. A panic outside the resolvers becomes a last response.
func (t *web) each(
	ctx context.Context, executor graphql.GraphExecutor, operation *graphql.OperationContext, yield func(*graphql.Response) bool,
) {
	defer func() {
		if value := recover(); value != nil {
			ctx := graphql.WithOperationContext(ctx, operation)
			shown := t.faults.present(ctx, t.faults.recovered(ctx, value))
			yield(&graphql.Response{Errors: gqlerror.List{shown}})
		}
	}()
	responses, ctx := executor.DispatchOperation(ctx, operation)
	for response := responses(ctx); response != nil; response = responses(ctx) {
		if !yield(response) || operation.Operation.Operation != ast.Subscription {
			return
		}
	}
}
