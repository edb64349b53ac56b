package transport_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"goodpractice/graph/transport"
)

// endpoint is a running server and what it did.
type endpoint struct {
	*httptest.Server

	schema *schema
	logs   *buffer
	stop   context.CancelFunc // Shuts the edge down.
}

// start runs an endpoint; change may alter its options.
func start(t *testing.T, change func(*transport.Options)) *endpoint {
	t.Helper()
	return startOn(t, sdl, change)
}

// startOn runs an endpoint with another schema, whose fields are all objects without anything in them.
func startOn(t *testing.T, sdl string, change func(*transport.Options)) *endpoint {
	t.Helper()
	logs := new(buffer)
	o := transport.Options{
		Log:           slog.New(slog.NewJSONHandler(logs, nil)),
		Now:           time.Now, //nolint:forbidigo // Deadlines of real connections.
		RequestID:     func(context.Context) string { return "request-7" },
		Translate:     translate,
		Introspection: true,
	}
	if change != nil {
		change(&o)
	}
	ctx, stop := context.WithCancel(t.Context())
	es := newSchema()
	es.parsed = transport.WithoutDefer(gqlparser.MustLoadSchema(&ast.Source{Input: sdl}))
	handler, err := transport.New(ctx, es, o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	t.Cleanup(stop)
	return &endpoint{Server: server, schema: es, logs: logs, stop: stop}
}

// buffer is a bytes.Buffer for several goroutines.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// withoutCost takes the cost out of an answer that has no other extension.
func withoutCost(text string) string {
	return regexp.MustCompile(`,"extensions":\{"cost":\{[^}]*\}\}`).ReplaceAllString(text, "")
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// code is extensions.code of the first error, or "".
func (a answer) code() string {
	if errs := a.errors(); len(errs) > 0 {
		code, _ := errs[0].Extensions["code"].(string)
		return code
	}
	return ""
}

// requested is the cost in points, from the extensions or from an error; -1 where there is none.
func (a answer) requested() int {
	var r struct {
		Extensions struct {
			Cost *struct{ Requested int }
		}
	}
	if json.Unmarshal([]byte(a.body), &r) == nil && r.Extensions.Cost != nil {
		return r.Extensions.Cost.Requested
	}
	for _, e := range a.errors() {
		if n, ok := e.Extensions["requested"].(float64); ok {
			return int(n)
		}
	}
	return -1
}

type shownError struct {
	Message    string
	Path       []any
	Extensions map[string]any
}

func (a answer) errors() []shownError {
	var r struct{ Errors []shownError }
	if json.Unmarshal([]byte(a.body), &r) != nil {
		return nil
	}
	return r.Errors
}

// mediaType is the Content-Type without its parameters.
func (a answer) mediaType() string {
	mediaType, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	return mediaType
}

// do sends a request; headers are pairs of name and value, an empty value removes the default.
func (e *endpoint) do(t *testing.T, method, query, body string, headers ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, e.URL+"/graphql"+query, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
		}
	}
	response, err := e.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

// post sends a document by POST.
func (e *endpoint) post(t *testing.T, document string, headers ...string) answer {
	t.Helper()
	return e.do(t, http.MethodPost, "", request(document), headers...)
}

// get sends a document by GET.
func (e *endpoint) get(t *testing.T, document string, headers ...string) answer {
	t.Helper()
	return e.do(t, http.MethodGet, "?query="+url.QueryEscape(document), "", headers...)
}

// request is the body for a document.
func request(document string) string {
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		panic(err)
	}
	return string(body)
}

// quoted is a text as JSON.
func quoted(text string) []byte {
	encoded, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return encoded
}
