package web_test

import (
	"net/http"
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
			if got := actual.Header.Get("Access-Control-Expose-Headers"); got != "Etag, Retry-After, X-Request-Id" {
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
