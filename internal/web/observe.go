package web

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// requestIDHeader carries the id of a request in its answer.
const requestIDHeader = "X-Request-Id"

// observed gives each request an id of our own (one that a client sends is not taken over: it could
// be made to look like another's) and logs one line when it has been answered. Queries, addresses
// and tokens are not in it.
func observed(log *slog.Logger, now func() time.Time, trusted proxies, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := now()
		known := &request{id: rand.Text(), client: trusted.client(r), loopback: fromLoopback(r)}
		w.Header().Set(requestIDHeader, known.id)
		answer := &recorder{ResponseWriter: w}
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, known))
		defer func(ctx context.Context) { // Also where the connection is cut by a panic.
			log.LogAttrs(ctx, importance(r.Pattern), "request",
				slog.String("route", route(r.Pattern)),
				slog.String("method", r.Method),
				slog.Int("status", answer.statusCode()),
				slog.Int64("duration_ms", now().Sub(started).Milliseconds()),
				slog.Int64("bytes", answer.bytes),
				slog.String("request_id", known.id),
				slog.String("role", string(known.role)),
			)
		}(r.Context())
		next.ServeHTTP(answer, r)
	})
}

// importance keeps the probes of a load balancer out of the usual log.
func importance(pattern string) slog.Level {
	if strings.HasSuffix(pattern, "/healthz") || strings.HasSuffix(pattern, "/readyz") {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// route is a pattern of http.ServeMux without its method: a few values, whatever clients ask for.
// Everything that no route takes is "none".
func route(pattern string) string {
	if pattern == "" {
		return "none"
	}
	if _, path, found := strings.Cut(pattern, " "); found {
		return path
	}
	return pattern
}

// recovered turns a panic into an internal error, with the stack in the log and nowhere else.
func recovered(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func(ctx context.Context) {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler { //nolint:errorlint // It is a value, and compared as net/http does.
				panic(cause) // Somebody wants the connection cut.
			}
			log.ErrorContext(ctx, "panic", "request_id", RequestID(ctx),
				"err", cause, "stack", string(debug.Stack()))
			if answer, ok := w.(*recorder); ok && answer.status != 0 {
				panic(http.ErrAbortHandler) // A part has been sent: only a cut tells that it is not all.
			}
			refuse(w, r, http.StatusInternalServerError, "INTERNAL",
				"Internal error. Please report it with the id in X-Request-Id.")
		}(r.Context())
		next.ServeHTTP(w, r)
	})
}
