package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"goodpractice/internal/web"
)

// Whoever writes a header cannot choose the address that counts: only what a proxy has added to it is believed.
func TestClientAddress(t *testing.T) {
	t.Parallel()
	const xff, forwarded = "X-Forwarded-For", "Forwarded"
	for name, c := range map[string]struct {
		peer   string
		header [][2]string
		want   string
	}{
		"a connection":                       {"192.0.2.7:1234", nil, "192.0.2.7"},
		"IPv6":                               {"[2001:db8::7]:1234", nil, "2001:db8::7"},
		"IPv4 in IPv6":                       {"[::ffff:192.0.2.7]:1234", nil, "192.0.2.7"},
		"a header from anybody":              {"192.0.2.7:1", [][2]string{{xff, "198.51.100.1"}, {forwarded, "for=198.51.100.1"}}, "192.0.2.7"},
		"a proxy without a header":           {"10.0.0.1:1", nil, "10.0.0.1"},
		"a proxy":                            {"10.0.0.1:1", [][2]string{{xff, "192.0.2.7"}}, "192.0.2.7"},
		"a proxy with IPv6":                  {"[fd00::1]:1", [][2]string{{xff, "2001:db8::7"}}, "2001:db8::7"},
		"a client that claims to be another": {"10.0.0.1:1", [][2]string{{xff, "198.51.100.1, 192.0.2.7"}}, "192.0.2.7"},
		"in two lines":                       {"10.0.0.1:1", [][2]string{{xff, "198.51.100.1"}, {xff, "192.0.2.7"}}, "192.0.2.7"},
		"two proxies":                        {"10.0.0.1:1", [][2]string{{xff, "198.51.100.1, 192.0.2.7, 10.9.9.9"}}, "192.0.2.7"},
		"two proxies in two lines":           {"10.0.0.1:1", [][2]string{{xff, "192.0.2.7"}, {xff, "10.9.9.9"}}, "192.0.2.7"},
		"a client that claims to be a proxy": {"10.0.0.1:1", [][2]string{{xff, "10.9.9.9, 192.0.2.7"}}, "192.0.2.7"},
		"proxies alone":                      {"10.0.0.1:1", [][2]string{{xff, "10.9.9.8, 10.9.9.9"}}, "10.9.9.8"},
		"with a port":                        {"10.0.0.1:1", [][2]string{{xff, "192.0.2.7:4711"}}, "192.0.2.7"},
		"no address":                         {"10.0.0.1:1", [][2]string{{xff, "unknown"}}, "10.0.0.1"},
		"no address between":                 {"10.0.0.1:1", [][2]string{{xff, "192.0.2.7, x, 10.9.9.9"}}, "10.9.9.9"},
		"an empty header":                    {"10.0.0.1:1", [][2]string{{xff, ""}}, "10.0.0.1"},
		"Forwarded":                          {"10.0.0.1:1", [][2]string{{forwarded, `for=192.0.2.7;proto=https;by=10.0.0.1`}}, "192.0.2.7"},
		"Forwarded with IPv6":                {"10.0.0.1:1", [][2]string{{forwarded, `proto=https; For="[2001:db8::7]:4711"`}}, "2001:db8::7"},
		"Forwarded with a claim":             {"10.0.0.1:1", [][2]string{{forwarded, `for=198.51.100.1, for=192.0.2.7`}}, "192.0.2.7"},
		"Forwarded that hides":               {"10.0.0.1:1", [][2]string{{forwarded, `for=_hidden`}}, "10.0.0.1"},
		"both agree":                         {"10.0.0.1:1", [][2]string{{forwarded, "for=192.0.2.7"}, {xff, "192.0.2.7"}}, "192.0.2.7"},
		"one of both is the client's":        {"10.0.0.1:1", [][2]string{{forwarded, "for=198.51.100.1"}, {xff, "192.0.2.7"}}, "10.0.0.1"},
		"the other of both is the client's":  {"10.0.0.1:1", [][2]string{{forwarded, "for=192.0.2.7"}, {xff, "198.51.100.1"}}, "10.0.0.1"},
		"X-Real-Ip":                          {"10.0.0.1:1", [][2]string{{"X-Real-Ip", "198.51.100.1"}}, "10.0.0.1"},
		"a peer without an address":          {"@", [][2]string{{xff, "192.0.2.7"}}, "invalid IP"},
		"a zone":                             {"[fe80::7%eth0]:1", nil, "fe80::7"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole := site(t, func(o *web.Options) {
				o.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
				o.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					_, _ = fmt.Fprint(w, web.ClientAddress(r.Context()))
				})
			})
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql", nil)
			r.RemoteAddr = c.peer
			for _, h := range c.header {
				r.Header.Add(h[0], h[1])
			}
			w := httptest.NewRecorder()
			whole.ServeHTTP(w, r)
			if got := w.Body.String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	if a := web.ClientAddress(t.Context()); a.IsValid() {
		t.Errorf("outside of a request: %s", a)
	}
}
