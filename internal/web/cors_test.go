package web_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"goodpractice/internal/web"
)

const partner = "https://partner.example"

func TestCORSAnswersPreflights(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		origins   []string
		origin    string
		allowed   string
		forbidden bool
	}{
		"the partner":               {[]string{partner}, partner, partner, false},
		"somebody else":             {[]string{partner}, "https://evil.example", "", true},
		"one that begins alike":     {[]string{partner}, partner + ".evil.example", "", true},
		"anyone where all may":      {[]string{"*"}, "https://any.example", "*", false},
		"no one where nobody may":   {nil, partner, "", true},
		"any port of a host":        {[]string{"http://localhost:*"}, "http://localhost:5173", "http://localhost:5173", false},
		"another scheme, same host": {[]string{partner}, "http://partner.example", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole := site(t, func(o *web.Options) { o.Origins = test.origins })
			preflight := ask(t, whole, "OPTIONS", "/graphql", "Origin", test.origin,
				"Access-Control-Request-Method", "POST",
				"Access-Control-Request-Headers", "accept-language,authorization,consistency-token,content-type").Header
			actual := ask(t, whole, "POST", "/graphql", "Origin", test.origin)
			for what, got := range map[string]http.Header{"preflight": preflight, "answer": actual.Header} {
				if got.Get("Access-Control-Allow-Origin") != test.allowed {
					t.Errorf("%s: allowed %q, want %q", what, got.Get("Access-Control-Allow-Origin"), test.allowed)
				}
				if got.Get("Access-Control-Allow-Credentials") != "" {
					t.Errorf("%s: allows credentials", what)
				}
				if test.allowed != "*" && len(got.Values("Vary")) == 0 {
					t.Errorf("%s: no Vary", what)
				}
			}
			if test.forbidden {
				return
			}
			if preflight.Get("Access-Control-Max-Age") != "7200" ||
				preflight.Get("Access-Control-Allow-Headers") != "accept-language,authorization,consistency-token,content-type" {
				t.Errorf("preflight %v", preflight)
			}
			if got := actual.Header.Get("Access-Control-Expose-Headers"); got != "Deprecation, Etag, Link, Ratelimit, Ratelimit-Policy, Retry-After, Sunset, X-Request-Id" {
				t.Errorf("exposed %q", got)
			}
		})
	}
}

func TestCORSAllowsNoOtherHeadersAndMethods(t *testing.T) {
	t.Parallel()
	whole := site(t, func(o *web.Options) { o.Origins = []string{partner} })
	for name, asked := range map[string][2]string{
		"a method": {"DELETE", "content-type"}, "a header": {"POST", "x-forwarded-for"},
	} {
		got := ask(t, whole, "OPTIONS", "/graphql", "Origin", partner,
			"Access-Control-Request-Method", asked[0], "Access-Control-Request-Headers", asked[1]).Header
		if allowed := got.Get("Access-Control-Allow-Origin"); allowed != "" {
			t.Errorf("%s: allowed for %q", name, allowed)
		}
	}
}

// A page must be able to read why it was refused.
func TestCORSIsOnRefusals(t *testing.T) {
	t.Parallel()
	whole := site(t, func(o *web.Options) { o.Origins = []string{partner} })
	got := ask(t, whole, "POST", "/graphql", "Origin", partner, "Authorization", "Bearer wrong")
	if got.StatusCode != 401 || got.Header.Get("Access-Control-Allow-Origin") != partner {
		t.Errorf("status %d, header %v", got.StatusCode, got.Header)
	}
}

// Who may call is asked anew for each request, beside those that were configured.
func TestCORSDecidesLive(t *testing.T) {
	t.Parallel()
	var allowed atomic.Value
	allowed.Store("")
	whole := site(t, func(o *web.Options) {
		o.Origins = []string{partner}
		o.AllowOrigin = func(origin string) bool { return origin == allowed.Load() }
	})
	for _, step := range []struct{ allowed, origin, want string }{
		{"", "https://new.example", ""},
		{"https://new.example", "https://new.example", "https://new.example"},
		{"https://new.example", partner, partner},
		{"https://new.example", "https://evil.example", ""},
		{"", "https://new.example", ""},
	} {
		allowed.Store(step.allowed)
		for _, method := range []string{"OPTIONS", "POST"} {
			got := ask(t, whole, method, "/graphql", "Origin", step.origin,
				"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type").Header
			if got.Get("Access-Control-Allow-Origin") != step.want || got.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s from %s while %q is allowed: %v", method, step.origin, step.allowed, got)
			}
			if !strings.Contains(strings.Join(got.Values("Vary"), ","), "Origin") {
				t.Errorf("%s from %s: Vary is %q", method, step.origin, got.Values("Vary"))
			}
		}
	}
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	live := func(origin string) bool { return origin == "https://live.example" }
	for _, test := range []struct {
		configured []string
		origin     string
		want       bool
	}{
		{nil, "https://live.example", true},
		{nil, "", false},
		{nil, "https://partner.example", false},
		{[]string{partner}, "https://partner.example", true},
		{[]string{partner}, "https://partner.example.evil.example", false},
		{[]string{"*"}, "https://any.example", true},
		{[]string{"https://*.partner.example"}, "https://www.partner.example", true},
		{[]string{"https://*.partner.example"}, "https://partner.example", false},
		{[]string{"https://*.partner.example"}, "https://www.partner.example.evil.example", false},
		{[]string{"http://[::1]:*"}, "http://[::1]:3000", true},
		{[]string{"http://localhost:*"}, "http://localhost:3000", true},
		{[]string{"http://localhost:*"}, "https://localhost:3000", false},
	} {
		if got := web.Origins(test.configured, live)(test.origin); got != test.want {
			t.Errorf("%q with %q: %v, want %v", test.origin, test.configured, got, test.want)
		}
	}
	if web.Origins(nil, nil)(partner) {
		t.Error("nobody may, and the partner does")
	}
}
