package web_test

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"goodpractice/internal/web"
)

const wantPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; font-src 'self' data:; connect-src 'self'HOST; worker-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func TestPlaygroundSecurityHeadersAreOnEveryAnswer(t *testing.T) {
	t.Parallel()
	policy := strings.Replace(wantPolicy, "HOST", " ws://127.0.0.1:8080 wss://127.0.0.1:8080", 1)
	for state, files := range map[string]fstest.MapFS{"built": build(t), "not built": {}} {
		for _, target := range []string{
			"/playground", "/playground/", "/playground/main-AbC1.js", "/playground/absent.js",
		} {
			t.Run(state+" "+target, func(t *testing.T) {
				t.Parallel()
				got := ask(t, handler(t, files), "GET", target).Header
				for name, want := range map[string]string{
					"Content-Security-Policy":      policy,
					"X-Content-Type-Options":       "nosniff",
					"Referrer-Policy":              "no-referrer",
					"Cross-Origin-Opener-Policy":   "same-origin",
					"Cross-Origin-Resource-Policy": "same-origin",
				} {
					if got.Get(name) != want {
						t.Errorf("%s is %q, want %q", name, got.Get(name), want)
					}
				}
			})
		}
	}
}

func TestPlaygroundPolicyNamesOnlyAPlainHost(t *testing.T) {
	t.Parallel()
	for host, named := range map[string]bool{
		"localhost:8080": true, "practices.example.org": true, "[::1]:8080": true,
		"": false, "a;script-src *": false, "a;script-src'self'": false, "a,b": false, "*": false,
	} {
		t.Run(host, func(t *testing.T) {
			t.Parallel()
			request := httptest.NewRequestWithContext(t.Context(), "GET", "/playground", nil)
			request.Host = host
			recorder := httptest.NewRecorder()
			handler(t, build(t)).ServeHTTP(recorder, request)
			want := strings.Replace(wantPolicy, "HOST", "", 1)
			if named {
				want = strings.Replace(wantPolicy, "HOST", " ws://"+host+" wss://"+host, 1)
			}
			if got := recorder.Header().Get("Content-Security-Policy"); got != want {
				t.Errorf("policy %q, want %q", got, want)
			}
		})
	}
}

func TestPlaygroundWithASlashLeadsToThePage(t *testing.T) {
	t.Parallel()
	playground := handler(t, build(t))
	for target, want := range map[string]string{
		"/playground/":            "../playground",
		"/playground/?query={id}": "../playground?query={id}",
	} {
		got := ask(t, playground, "GET", target)
		if got.StatusCode != 308 || got.Header.Get("Location") != want {
			t.Errorf("%s: status %d, Location %q, want 308 and %q",
				target, got.StatusCode, got.Header.Get("Location"), want)
		}
	}
}

func TestPlaygroundWithoutABuildSaysHowToBuildIt(t *testing.T) {
	t.Parallel()
	got := ask(t, handler(t, fstest.MapFS{".gitignore": {}}), "GET", "/playground")
	page := body(t, got)
	if got.StatusCode != 503 || got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("status %d, Cache-Control %q", got.StatusCode, got.Header.Get("Cache-Control"))
	}
	if !strings.Contains(page, "make playground") {
		t.Error("the page does not say how to build the playground")
	}
	for _, foreign := range []string{"<script", "src=", "@import", "https://", "url("} {
		if strings.Contains(page, foreign) {
			t.Errorf("the page contains %q", foreign)
		}
	}
}

func TestPlaygroundRefusesADamagedBuild(t *testing.T) {
	t.Parallel()
	for name, index := range map[string][]byte{
		"not gzip":        []byte("plain"),
		"cut short":       pack(t, builtPage)[:20],
		"no endpoint tag": pack(t, "<title>Page</title>"),
	} {
		files := fstest.MapFS{"index.html.gz": {Data: index}}
		if _, err := web.PlaygroundFrom(files, "/graphql"); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	got := ask(t, handler(t, build(t)), "GET", "/playground/broken.js")
	if cache := got.Header.Get("Cache-Control"); got.StatusCode != 500 || cache != "no-store" {
		t.Errorf("a damaged file: status %d, Cache-Control %q", got.StatusCode, cache)
	}
}

// The embedded build is whole, or it is not there at all.
func TestPlaygroundEmbedded(t *testing.T) {
	t.Parallel()
	playground, err := web.Playground("/graphql")
	if err != nil {
		t.Fatal(err)
	}
	got := ask(t, playground, "GET", "/playground", "Accept-Encoding", "gzip")
	if got.StatusCode == 503 {
		t.Skip("built without the playground")
	}
	files := regexp.MustCompile(`(?:src|href)="\./([^"]+)"`).FindAllStringSubmatch(body(t, got), -1)
	if len(files) < 3 {
		t.Fatalf("the page names %d files", len(files))
	}
	for _, file := range append(files, []string{"", "playground/licences.txt"}) {
		if got := ask(t, playground, "GET", "/"+file[1]); got.StatusCode != 200 || body(t, got) == "" {
			t.Errorf("%s: status %d", file[1], got.StatusCode)
		}
	}
}
