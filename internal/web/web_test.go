package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/web"
)

// goodToken is the one that the tests' site accepts, from this machine and from elsewhere.
const goodToken = "Bearer gp_good"

// site is the whole handler around an API that answers with what it knows of its reader.
func site(t *testing.T, change func(*web.Options)) http.Handler {
	t.Helper()
	options := web.Options{
		GraphQL: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			reader := knowledge.ReaderFrom(r.Context())
			_ = json.NewEncoder(w).Encode(map[string]any{
				"name": reader.Actor.Name, "languages": reader.Languages, "id": web.RequestID(r.Context()),
			})
		}),
		Playground:   handler(t, build(t)),
		Ready:        func() error { return nil },
		Authenticate: authenticate,
		Log:          slog.New(slog.DiscardHandler),
		Now:          time.Now, //nolint:forbidigo // Durations are not looked at.
	}
	if change != nil {
		change(&options)
	}
	made, err := web.New(options)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func authenticate(_ context.Context, authorization string, loopback bool) (knowledge.Actor, error) {
	switch {
	case authorization == "":
		return knowledge.Actor{}, nil
	case authorization == goodToken:
		return knowledge.Actor{Name: "Ana", Role: knowledge.RoleEditor}, nil
	case authorization == "Bearer gp_local" && loopback:
		return knowledge.Actor{Name: "Local", Role: knowledge.RoleEditor}, nil
	case authorization == "Bearer gp_broken":
		return knowledge.Actor{}, errors.New("the disk says secret things")
	}
	return knowledge.Actor{}, &knowledge.Error{
		Kind: knowledge.Unauthenticated, Message: "The token is not valid.", Err: errors.New("revoked"),
	}
}

func TestNewNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	_, err := web.New(web.Options{Now: time.Now}) //nolint:forbidigo // It is not called.
	for _, name := range []string{"GraphQL", "Playground", "Ready", "Authenticate", "Log"} {
		if err == nil || !strings.Contains(err.Error(), name+" is missing") {
			t.Errorf("error %v does not name %s", err, name)
		}
	}
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	whole := site(t, nil)
	for name, test := range map[string]struct {
		method, target string
		status         int
		location       string
		content        string
	}{
		"the API by GET":    {"GET", "/graphql", 200, "", `"name"`},
		"the API by POST":   {"POST", "/graphql", 200, "", `"name"`},
		"below the API":     {"GET", "/graphql/x", 404, "", ""},
		"the front page":    {"GET", "/", 302, "/playground", ""},
		"the playground":    {"GET", "/playground", 200, "", "<title>Page</title>"},
		"a playground file": {"GET", "/playground/main-AbC1.js", 200, "", "export {}"},
		"health":            {"GET", "/healthz", 200, "", "ok\n"},
		"health by HEAD":    {"HEAD", "/healthz", 200, "", ""},
		"readiness":         {"GET", "/readyz", 200, "", "ready\n"},
		"health by POST":    {"POST", "/healthz", 405, "", ""},
		"nothing there":     {"GET", "/wp-login.php", 404, "", ""},
		"a noun only":       {"GET", "/practices/", 404, "", ""},
		"a very long slug":  {"GET", "/practices/" + strings.Repeat("a", 501), 404, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ask(t, whole, test.method, test.target)
			if got.StatusCode != test.status || got.Header.Get("Location") != test.location {
				t.Errorf("status %d, Location %q", got.StatusCode, got.Header.Get("Location"))
			}
			if content := body(t, got); !strings.Contains(content, test.content) {
				t.Errorf("answered %q, want %q in it", content, test.content)
			}
		})
	}
}

func TestNotReadySaysWhy(t *testing.T) {
	t.Parallel()
	whole := site(t, func(o *web.Options) {
		o.Ready = func() error { return errors.New("the records are still being indexed") }
	})
	got := ask(t, whole, "GET", "/readyz")
	if got.StatusCode != 503 || got.Header.Get("Retry-After") == "" || got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("status %d, header %v", got.StatusCode, got.Header)
	}
	if said := body(t, got); said != "not ready: the records are still being indexed\n" {
		t.Errorf("said %q", said)
	}
	if got := ask(t, whole, "GET", "/healthz"); got.StatusCode != 200 {
		t.Errorf("health: status %d", got.StatusCode)
	}
}

// What answers by a pattern of its own is asked on behalf of the reader, and a wrong token is refused before that.
func TestPublicHandlersKnowTheReader(t *testing.T) {
	t.Parallel()
	whole := site(t, func(o *web.Options) {
		o.Public = map[string]http.Handler{"GET /practices/{slug...}": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			reader := knowledge.ReaderFrom(r.Context())
			_, _ = fmt.Fprint(w, r.PathValue("slug"), " for ", reader.Actor.Role, " in ", reader.Languages)
		})}
	})
	for name, test := range map[string]struct {
		authorization string
		status        int
		content       string
	}{
		"nobody":        {"", 200, "a/b for  in [ro]"},
		"an editor":     {goodToken, 200, "a/b for EDITOR in [ro]"},
		"a wrong token": {"Bearer wrong", 401, "UNAUTHENTICATED"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ask(t, whole, "GET", "/practices/a/b", "Authorization", test.authorization, "Accept-Language", "ro")
			if content := body(t, got); got.StatusCode != test.status || !strings.Contains(content, test.content) {
				t.Errorf("status %d, answered %q", got.StatusCode, content)
			}
		})
	}
}

func TestSecurityHeadersAreOnEveryAnswer(t *testing.T) {
	t.Parallel()
	whole := site(t, nil)
	for _, target := range []string{"/graphql", "/healthz", "/absent", "/practices/a"} {
		got := ask(t, whole, "GET", target).Header
		for name, want := range map[string]string{
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "no-referrer",
			"Content-Security-Policy":      "default-src 'none'; frame-ancestors 'none'",
			"Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got.Get(name) != want {
				t.Errorf("%s: %s is %q, want %q", target, name, got.Get(name), want)
			}
		}
	}
	playground := ask(t, whole, "GET", "/playground").Header.Get("Content-Security-Policy")
	if !strings.Contains(playground, "script-src 'self'") {
		t.Errorf("the playground has the policy %q", playground)
	}
}

func TestABodyThatNobodyWantsIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	whole := site(t, nil)
	for target, closed := range map[string]bool{"/healthz": true, "/absent": true, "/graphql": false} {
		request := httptest.NewRequestWithContext(t.Context(), "GET", target, bytes.NewReader(make([]byte, 10)))
		recorder := httptest.NewRecorder()
		whole.ServeHTTP(recorder, request)
		if got := recorder.Header().Get("Connection"); (got == "close") != closed {
			t.Errorf("%s: Connection %q", target, got)
		}
	}
}

// lines reads what a JSON logger wrote.
func lines(t *testing.T, written io.Reader) []map[string]any {
	t.Helper()
	var out []map[string]any
	for decoder := json.NewDecoder(written); ; {
		var line map[string]any
		switch err := decoder.Decode(&line); {
		case errors.Is(err, io.EOF):
			return out
		case err != nil:
			t.Fatal(err)
		}
		out = append(out, line)
	}
}

func TestAServerWithoutItsDatabaseStaysReady(t *testing.T) {
	t.Parallel()
	since := time.Date(2026, time.March, 2, 10, 30, 0, 0, time.FixedZone("", 3600))
	away := true
	behind := true
	whole := site(t, func(o *web.Options) {
		o.Away = func() (time.Time, bool) { return since, away }
		o.Behind = func() (time.Time, bool) { return since, behind }
	})
	read := func() string {
		got := ask(t, whole, "GET", "/readyz")
		text, err := io.ReadAll(got.Body)
		if err != nil || got.StatusCode != 200 {
			t.Errorf("status %d, %v", got.StatusCode, err)
		}
		return string(text)
	}
	const want = "ready; the database has been away since 2026-03-02T09:30:00Z: answers may be stale, and nothing can be changed\n"
	if got := read(); got != want {
		t.Errorf("away: %q", got)
	}
	away = false
	if got := read(); got != "ready; the search index has been behind the database since 2026-03-02T09:30:00Z: answers may be stale\n" {
		t.Errorf("behind: %q", got)
	}
	behind = false
	if got := read(); got != "ready\n" {
		t.Errorf("back: %q", got)
	}
	starting := site(t, func(o *web.Options) {
		o.Away = func() (time.Time, bool) { return since, true }
		o.Ready = func() error { return errors.New("waiting for the database") }
	})
	if got := ask(t, starting, "GET", "/readyz"); got.StatusCode != 503 {
		t.Errorf("before it is ready: status %d", got.StatusCode)
	}
}

// Browsers get a page where there is nothing; everybody else, and whoever asks for what is there, notices nothing of it.
func TestBrowsersGetAPageWhereThereIsNothing(t *testing.T) {
	t.Parallel()
	whole := site(t, func(o *web.Options) {
		o.Missing = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, "the page")
		})
	})
	const browser, plain = "text/html,application/xhtml+xml,*/*;q=0.8", "404 page not found\n"
	for name, test := range map[string]struct {
		method, target, accept string
		status                 int
		content                string
	}{
		"a browser":                {"GET", "/wp-login.php", browser, 404, "the page"},
		"a browser, below the API": {"GET", "/graphql/x", browser, 404, "the page"},
		"an address to be cleaned": {"GET", "//wp-login.php", browser, 404, "the page"},
		"a program":                {"GET", "/wp-login.php", "*/*", 404, plain},
		"a client of the API":      {"GET", "/graphq", "application/json", 404, plain},
		"nothing said":             {"GET", "/wp-login.php", "", 404, plain},
		"by POST":                  {"POST", "/wp-login.php", browser, 404, plain},
		"a browser, the API":       {"GET", "/graphql", browser, 200, `"name"`},
		"a browser, health":        {"GET", "/healthz", browser, 200, "ok\n"},
		"a browser, a method":      {"POST", "/healthz", browser, 405, "Method Not Allowed\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ask(t, whole, test.method, test.target, "Accept", test.accept)
			if content := body(t, got); got.StatusCode != test.status || !strings.Contains(content, test.content) {
				t.Errorf("%d %q", got.StatusCode, content)
			}
			if got.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("header %v", got.Header)
			}
		})
	}
}
