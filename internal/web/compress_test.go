package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"goodpractice/internal/web"
)

// long is more than the least that is compressed.
func long() string { return strings.Repeat("good practice, ", 200) }

// answering is a site whose API answers with a text of a type.
func answering(t *testing.T, header map[string]string, status int, text string) http.Handler {
	t.Helper()
	return site(t, func(o *web.Options) {
		o.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for name, value := range header {
				w.Header().Set(name, value)
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
		})
	})
}

func TestAnswersAreCompressed(t *testing.T) {
	t.Parallel()
	const both = "gzip, deflate, br, zstd"
	for name, test := range map[string]struct {
		contentType, accept, text, want string
	}{
		"GraphQL, by zstd":      {"application/graphql-response+json; charset=utf-8", "gzip;q=0.5, zstd", long(), "zstd"},
		"zstd alone":            {"application/json", "zstd", long(), "zstd"},
		"both alike":            {"application/json", "zstd, gzip", long(), "gzip"},
		"GraphQL, by gzip":      {"application/graphql-response+json; charset=utf-8", "gzip", long(), "gzip"},
		"JSON":                  {"application/json", both, long(), "gzip"},
		"a page":                {"text/html; charset=utf-8", "gzip", long(), "gzip"},
		"a feed":                {"application/atom+xml", "gzip", long(), "gzip"},
		"lines":                 {"application/jsonl", "gzip", long(), "gzip"},
		"a short one":           {"application/json", both, "{}", ""},
		"one nobody can unpack": {"application/json", "", long(), ""},
		"not asked for":         {"application/json", "identity", long(), ""},
		"refused":               {"application/json", "gzip;q=0", long(), ""},
		"an event stream":       {"text/event-stream; charset=utf-8", both, long(), ""},
		"a picture":             {"image/png", both, long(), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole := answering(t, map[string]string{"Content-Type": test.contentType, "ETag": `W/"1"`}, 200, test.text)
			got := ask(t, whole, "GET", "/graphql", "Accept-Encoding", test.accept)
			if coding := got.Header.Get("Content-Encoding"); coding != test.want {
				t.Errorf("Content-Encoding is %q, want %q", coding, test.want)
			}
			if got.Header.Get("ETag") != `W/"1"` || !strings.Contains(strings.Join(got.Header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("header %v", got.Header)
			}
			if text := undo(t, got); text != test.text {
				t.Errorf("it becomes %.60q", text)
			}
		})
	}
}

// undo reads an answer whatever its coding.
func undo(t *testing.T, got *http.Response) string {
	t.Helper()
	packed := body(t, got)
	var text io.Reader = strings.NewReader(packed)
	var err error
	switch got.Header.Get("Content-Encoding") {
	case "gzip":
		text, err = gzip.NewReader(text)
	case "zstd":
		var decoder *zstd.Decoder
		decoder, err = zstd.NewReader(text)
		if err == nil {
			defer decoder.Close()
		}
		text = decoder
	}
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestWhatIsPackedIsLeftAlone(t *testing.T) {
	t.Parallel()
	packed := string(pack(t, long()))
	whole := answering(t, map[string]string{"Content-Type": "application/json", "Content-Encoding": "gzip"}, 200, packed)
	got := ask(t, whole, "GET", "/graphql", "Accept-Encoding", "gzip, zstd")
	if text := body(t, got); got.Header.Get("Content-Encoding") != "gzip" || text != packed {
		t.Errorf("Content-Encoding is %q, and the body has %d bytes, not %d", got.Header.Get("Content-Encoding"), len(text), len(packed))
	}
}

func TestAnAnswerWithoutBodyStaysSo(t *testing.T) {
	t.Parallel()
	whole := answering(t, map[string]string{"ETag": `W/"1"`}, http.StatusNotModified, "")
	got := ask(t, whole, "GET", "/graphql", "Accept-Encoding", "gzip, zstd", "If-None-Match", `W/"1"`)
	if text := body(t, got); got.StatusCode != http.StatusNotModified || text != "" || got.Header.Get("Content-Encoding") != "" || got.Header.Get("ETag") != `W/"1"` {
		t.Errorf("got %d %v %q", got.StatusCode, got.Header, text)
	}
}

// TestEventsAreNotHeldBack reads one event of a stream that goes on.
func TestEventsAreNotHeldBack(t *testing.T) {
	t.Parallel()
	end := make(chan struct{})
	whole := site(t, func(o *web.Options) {
		o.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			_, _ = io.WriteString(w, ":\n\n")
			_ = http.NewResponseController(w).Flush()
			<-end
		})
	})
	server := httptest.NewServer(whole)
	t.Cleanup(server.Close)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/graphql", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip, zstd")
	got, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close() //nolint:errcheck // It was only read.
	first := make([]byte, 3)
	if _, err := io.ReadFull(got.Body, first); err != nil || string(first) != ":\n\n" || got.Header.Get("Content-Encoding") != "" {
		t.Errorf("got %q %v, %v", first, got.Header, err)
	}
	close(end)
}
