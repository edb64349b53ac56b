package pages_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/pages"
)

const base = "https://practices.example"

// site serves pages of what answer gives.
func site(t *testing.T, answer func(variables map[string]any) (any, error), change ...func(*pages.Options)) http.Handler {
	t.Helper()
	o := pages.Options{
		Ask: func(_ context.Context, _ string, variables map[string]any) (json.RawMessage, bool, error) {
			found, err := answer(variables)
			if err != nil {
				return nil, false, err
			}
			data, err := json.Marshal(map[string]any{"record": found})
			return data, false, err
		},
		IsGone:  func(_ context.Context, _ knowledge.Kind, slug string) (bool, error) { return slug == "gone", nil },
		BaseURL: base, Publisher: "The network", Playground: "/playground", Log: slog.New(slog.DiscardHandler),
	}
	for _, one := range change {
		one(&o)
	}
	made, err := pages.New(o)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for pattern, handler := range made.Records {
		mux.Handle(pattern, handler)
	}
	mux.Handle("/", made.Missing)
	return mux
}

// get asks for a page.
func get(t *testing.T, site http.Handler, method, target string, header ...string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, http.NoBody)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	response := w.Result()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// practice is a small record.
func practice(more map[string]any) map[string]any {
	record := map[string]any{
		"id": "PR_a", "kind": "PRACTICE", "permalink": base + "/practices/a", "language": "en", "languages": []string{"en", "ar"},
		"updatedAt": "2026-03-02T09:30:00Z", "createdAt": "2026-03-02T09:30:00Z", "title": "A practice", "summary": "What it is about.",
		"licence": "CC-BY-4.0", "attribution": "A practice. CC-BY-4.0.",
	}
	maps.Copy(record, more)
	return record
}

func found(record any) func(map[string]any) (any, error) {
	return func(map[string]any) (any, error) { return record, nil }
}

func TestEveryNounIsAskedForByName(t *testing.T) {
	t.Parallel()
	for target, want := range map[string][2]string{
		"/practices/iris-programme": {"practice(slug: $slug)", "iris-programme"},
		"/lessons/2012/cluj":        {"lesson(slug: $slug)", "2012/cluj"},
		"/recommendations/a":        {"recommendation(slug: $slug)", "a"},
		"/authorities/madrid":       {"authority(slug: $slug)", "madrid"},
		"/countries/es":             {"country(code: $code)", "ES"},
		"/themes/housing":           {"theme(slug: $slug)", "housing"},
		"/target-groups/roma":       {"targetGroup(slug: $slug)", "roma"},
		"/events/seminar":           {"event(slug: $slug)", "seminar"},
		"/studies/study":            {"study(slug: $slug)", "study"},
		"/organisations/fsg":        {"organisation(slug: $slug)", "fsg"},
	} {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			var asked any
			s := site(t, func(variables map[string]any) (any, error) {
				asked = variables["name"]
				return practice(map[string]any{"permalink": base + target, "text": "A name"}), nil
			})
			response, body := get(t, s, "GET", target)
			if response.StatusCode != http.StatusOK || asked != want[1] {
				t.Fatalf("status %d, asked for %v", response.StatusCode, asked)
			}
			_, address, _ := strings.Cut(body, `<a class="button" href="`)
			address, _, _ = strings.Cut(address, `"`)
			link, err := url.Parse(html.UnescapeString(address))
			if err != nil || link.Path != "/playground" || !strings.Contains(link.Query().Get("query"), want[0]) ||
				!strings.Contains(link.Query().Get("variables"), want[1]) {
				t.Errorf("the playground is at %s, error %v", address, err)
			}
		})
	}
}

// What a record says is text and never markup, and an address that could run something is no link.
func TestTextsAreNoMarkup(t *testing.T) {
	t.Parallel()
	const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(1)>"'`
	record := practice(map[string]any{
		"title": hostile, "summary": hostile, "action": hostile, "attribution": hostile, "licence": `"><script>`, "language": `en"><script>`,
		"languages": []string{`x"><script>`, "en"}, "themes": []map[string]any{{"slug": "a", "label": hostile, "permalink": "javascript:alert(1)"}},
		"sources": []map[string]any{{"title": hostile, "url": "javascript:alert(1)"}}, "provenance": map[string]any{"note": hostile},
	})
	response, body := get(t, site(t, found(record)), "GET", "/practices/a")
	if response.StatusCode != http.StatusOK || strings.Contains(strings.ToLower(body), "<img") || strings.Count(body, "<script") != 1 ||
		strings.Count(body, "</script>") != 1 || strings.Contains(body, `href="javascript:`) {
		t.Errorf("status %d:\n%s", response.StatusCode, body)
	}
	_, data, _ := strings.Cut(body, `<script type="application/ld+json">`)
	data, _, _ = strings.Cut(data, "</script>")
	var node map[string]any
	if err := json.Unmarshal([]byte(data), &node); err != nil || node["name"] != hostile {
		t.Errorf("the linked data is %s, error %v", data, err)
	}
}

func TestLinkedDataIsNegotiated(t *testing.T) {
	t.Parallel()
	s := site(t, found(practice(nil)))
	for accept, want := range map[string]string{
		"": "text/html", "*/*": "text/html", "text/html,application/xhtml+xml,*/*;q=0.8": "text/html",
		"application/ld+json":                         "application/ld+json",
		"application/ld+json, text/html;q=0.9":        "application/ld+json",
		"application/ld+json;q=0.5, text/html":        "text/html",
		"application/ld+json;q=0":                     "text/html",
		"application/json":                            "text/html",
		"application/ld+json;profile=\"x\", */*;q=.1": "application/ld+json",
		";;;,,,application/ld+json;q=x":               "text/html",
	} {
		response, _ := get(t, s, "GET", "/practices/a", "Accept", accept)
		if got, _, _ := strings.Cut(response.Header.Get("Content-Type"), ";"); got != want || !strings.Contains(response.Header.Get("Vary"), "Accept,") {
			t.Errorf("%q gives %s, want %s", accept, got, want)
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	fails := map[string]error{
		"/practices/refused": &knowledge.Error{Kind: knowledge.Invalid, Message: "secret"},
		"/practices/away":    &knowledge.Error{Kind: knowledge.Unavailable, Message: "The database is away."},
		"/practices/late":    context.DeadlineExceeded,
		"/practices/broken":  errors.New("secret"),
	}
	s := site(t, func(variables map[string]any) (any, error) {
		return nil, fails["/practices/"+variables["name"].(string)]
	})
	for target, want := range map[string]int{
		"/practices/none": 404, "/practices/gone": 410, "/practices/": 404, "/practices/" + strings.Repeat("a", 2000): 404,
		"/practices/refused": 404, "/practices/away": 503, "/practices/late": 503, "/practices/broken": 500,
	} {
		response, body := get(t, s, "GET", target)
		if response.StatusCode != want || strings.Contains(body, "secret") || response.Header.Get("Cache-Control") != "no-store" ||
			!strings.Contains(body, `<meta name="robots" content="noindex">`) {
			t.Errorf("%.60s: status %d, want %d:\n%s", target, response.StatusCode, want, body)
		}
		if head, body := get(t, s, "HEAD", target); head.StatusCode != want || body != "" {
			t.Errorf("HEAD %.60s: status %d, %d bytes", target, head.StatusCode, len(body))
		}
	}
}

func TestPagesNeedNothingElse(t *testing.T) {
	t.Parallel()
	s := site(t, found(practice(nil)))
	response, body := get(t, s, "GET", "/practices/a")
	if policy := response.Header.Get("Content-Security-Policy"); policy !=
		"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" {
		t.Errorf("the policy is %q", policy)
	}
	if strings.Contains(body, " style=") || strings.Contains(body, "<style") || strings.Contains(body, " src=") {
		t.Error("the page has styles of its own, or loads something")
	}
	response, style := get(t, s, "GET", pages.StylePath)
	if response.Header.Get("Content-Type") != "text/css; charset=utf-8" || !strings.Contains(style, "prefers-color-scheme: dark") ||
		strings.Contains(style, "url(") || strings.Contains(style, "@import") {
		t.Errorf("the style sheet is %s of %d bytes", response.Header.Get("Content-Type"), len(style))
	}
	if !strings.Contains(body, `hreflang="ar" lang="ar">العربية</a>`) {
		t.Error("there is no link to the Arabic texts")
	}
}

// Whoever has no points left is told when to come back, and nothing is looked up.
func TestPagesCostPoints(t *testing.T) {
	t.Parallel()
	left, asked := 50, 0
	s := site(t, func(map[string]any) (any, error) { asked++; return practice(nil), nil }, func(o *pages.Options) {
		o.Charge = func(_ context.Context, points int) (bool, time.Duration) {
			left -= points
			return left < 0, 2500 * time.Millisecond
		}
	})
	if response, _ := get(t, s, "GET", "/practices/a"); response.StatusCode != http.StatusOK {
		t.Errorf("with points: %d", response.StatusCode)
	}
	response, body := get(t, s, "GET", "/practices/a")
	if response.StatusCode != http.StatusTooManyRequests || response.Header.Get("Retry-After") != "3" || asked != 1 ||
		response.Header.Get("Cache-Control") != "no-store" || !strings.Contains(body, "Please try again") {
		t.Errorf("without: %d %v", response.StatusCode, response.Header)
	}
}

func TestAddressesOfNothingLeadSomewhere(t *testing.T) {
	t.Parallel()
	asked := false
	s := site(t, func(map[string]any) (any, error) { asked = true; return practice(nil), nil })
	const target = "/wp-login.php/reflected?reflected=1"
	response, body := get(t, s, "GET", target, "Accept", "text/html", "Referer", "https://reflected.example/")
	if response.StatusCode != http.StatusNotFound || response.Header.Get("Content-Type") != "text/html; charset=utf-8" ||
		response.Header.Get("Cache-Control") != "no-store" || !strings.Contains(response.Header.Get("Vary"), "Accept") {
		t.Errorf("%d %v", response.StatusCode, response.Header)
	}
	for _, want := range []string{
		"<h1", "There is nothing here", `href="` + base + `/playground"`, `href="` + base + `/sitemap.xml"`, `<meta name="robots" content="noindex">`, pages.StylePath,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not in\n%s", want, body)
		}
	}
	for _, part := range []string{"reflected", "wp-login"} {
		if strings.Contains(body, part) || strings.Contains(fmt.Sprint(response.Header), part) {
			t.Errorf("the answer repeats %q of the request", part)
		}
	}
	if head, text := get(t, s, "HEAD", target); head.StatusCode != http.StatusNotFound || text != "" {
		t.Errorf("HEAD: %d %q", head.StatusCode, text)
	}
	if asked {
		t.Error("something was looked up")
	}
}
