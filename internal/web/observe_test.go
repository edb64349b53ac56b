package web_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/web"
)

// clock gives times that are 3 ms apart.
func clock() func() time.Time {
	at := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	return func() time.Time {
		at = at.Add(3 * time.Millisecond)
		return at
	}
}

func TestOneLineIsLoggedForARequest(t *testing.T) {
	t.Parallel()
	var written bytes.Buffer
	whole := site(t, func(o *web.Options) {
		o.Log = slog.New(slog.NewJSONHandler(&written, nil))
		o.Now = clock()
		o.Public = map[string]http.Handler{"GET /practices/{slug...}": http.RedirectHandler("/elsewhere", http.StatusFound)}
	})
	good := ask(t, whole, "GET", "/graphql?query={secretField}", "Authorization", goodToken, "X-Request-Id", "forged")
	ask(t, whole, "GET", "/practices/a%20b?x=y")
	ask(t, whole, "GET", "/healthz")
	ask(t, whole, "GET", "/nothing/here")
	got := lines(t, bytes.NewReader(written.Bytes()))
	id := good.Header.Get("X-Request-Id")
	want := []map[string]any{
		{"route": "/graphql", "method": "GET", "status": 200.0, "role": "EDITOR"},
		{"route": "/practices/{slug...}", "method": "GET", "status": 302.0, "role": ""},
		{"route": "none", "method": "GET", "status": 404.0, "role": ""},
	}
	if len(got) != len(want) {
		t.Fatalf("%d lines:\n%s", len(got), written.String())
	}
	for i, line := range got {
		if line["msg"] != "request" || line["level"] != "INFO" || line["duration_ms"] != 3.0 || line["bytes"].(float64) < 10 {
			t.Errorf("line %v", line)
		}
		for name, value := range want[i] {
			if !reflect.DeepEqual(line[name], value) {
				t.Errorf("%s is %v, want %v", name, line[name], value)
			}
		}
	}
	if got[0]["request_id"] != id || read(t, good).ID != id || id == "forged" || len(id) != 26 {
		t.Errorf("the request's id is %q, the log has %q", id, got[0]["request_id"])
	}
	for _, secret := range []string{"secretField", "gp_good", "forged", "a%20b", "a b"} {
		if strings.Contains(written.String(), secret) {
			t.Errorf("the log has %q:\n%s", secret, written.String())
		}
	}
}

func TestRequestIDsDiffer(t *testing.T) {
	t.Parallel()
	whole := site(t, nil)
	one := ask(t, whole, "GET", "/healthz").Header.Get("X-Request-Id")
	other := ask(t, whole, "GET", "/healthz").Header.Get("X-Request-Id")
	if one == "" || one == other {
		t.Errorf("ids %q and %q", one, other)
	}
	if id := web.RequestID(t.Context()); id != "" {
		t.Errorf("outside of a request: %q", id)
	}
}

func TestPanicIsAnInternalError(t *testing.T) {
	t.Parallel()
	var written bytes.Buffer
	whole := site(t, func(o *web.Options) {
		o.Log = slog.New(slog.NewJSONHandler(&written, nil))
		o.GraphQL = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret") })
	})
	got := ask(t, whole, "POST", "/graphql")
	content := body(t, got)
	if got.StatusCode != 500 || !strings.Contains(content, `"INTERNAL"`) || strings.Contains(content, "secret") {
		t.Errorf("status %d, answered %s", got.StatusCode, content)
	}
	logged := lines(t, &written)
	if len(logged) != 2 || logged[0]["err"] != "secret" || logged[1]["status"] != 500.0 ||
		logged[0]["request_id"] != got.Header.Get("X-Request-Id") ||
		!strings.Contains(logged[0]["stack"].(string), "observe_test.go") {
		t.Errorf("logged %v", logged)
	}
}

func TestPanicAfterThatIsACut(t *testing.T) {
	t.Parallel()
	for name, cause := range map[string]any{"of a handler": "secret", "on purpose": http.ErrAbortHandler} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			written := new(bytes.Buffer)
			whole := site(t, func(o *web.Options) {
				o.Log = slog.New(slog.NewJSONHandler(written, nil))
				o.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					_, _ = io.WriteString(w, "half")
					panic(cause)
				})
			})
			defer func() {
				if got := recover(); got != http.ErrAbortHandler { //nolint:errorlint // As net/http compares it.
					t.Errorf("panic %v", got)
				}
				logged := lines(t, written)
				if !slices.ContainsFunc(logged, func(line map[string]any) bool { return line["msg"] == "request" }) {
					t.Errorf("logged %v", logged)
				}
			}()
			ask(t, whole, "POST", "/graphql")
		})
	}
}
