package transport_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"goodpractice/graph/transport"
)

// direct is a handler without a network.
type direct struct {
	handler http.Handler
}

func startBenchmark(b *testing.B) direct {
	b.Helper()
	handler, err := transport.New(b.Context(), newSchema(), transport.Options{
		Log: slog.New(slog.DiscardHandler), Now: time.Now, //nolint:forbidigo // Deadlines.
	})
	if err != nil {
		b.Fatal(err)
	}
	return direct{handler}
}

// serve handles one POST.
func (d direct) serve(b *testing.B, body string) {
	b.Helper()
	r := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		b.Fatal(w.Code, w.Body)
	}
}
