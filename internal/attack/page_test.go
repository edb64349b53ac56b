package attack_test

import (
	"net/http"
	"strings"
	"testing"
)

// attackAsForeignPage sends what a page of another origin makes a browser send. That browsers then obey is tested with one,
// in internal/e2e.
func attackAsForeignPage(t *testing.T, s *target) {
	t.Helper()
	client := from("127.0.3.1")
	const evil = "https://evil.example"
	for name, header := range map[string]map[string]string{
		"foreign origins, a request":                {"Origin": evil, "Content-Type": inJSON},
		"foreign origins, the origin null":          {"Origin": "null", "Content-Type": inJSON},
		"foreign origins, a name that begins alike": {"Origin": "http://" + s.address + ".evil.example", "Content-Type": inJSON},
	} {
		t.Run(name, func(t *testing.T) {
			got := send(t, client, http.MethodPost, s.url, header, strings.NewReader(plain))
			if allowed := got.header.Get("Access-Control-Allow-Origin"); allowed != "" {
				t.Errorf("pages of %q may read it", allowed)
			}
			if got.header.Get("Access-Control-Allow-Credentials") != "" {
				t.Error("credentials are allowed")
			}
			if !strings.Contains(strings.Join(got.header.Values("Vary"), ","), "Origin") {
				t.Error("a cache does not learn that the answer depends on the origin")
			}
		})
	}
	t.Run("foreign origins, a preflight", func(t *testing.T) {
		got := send(t, client, http.MethodOptions, s.url, map[string]string{
			"Origin": evil, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type",
		}, nil)
		if got.header.Get("Access-Control-Allow-Origin") != "" || got.header.Get("Access-Control-Allow-Methods") != "" {
			t.Errorf("allowed: %v", got.header)
		}
	})
	t.Run("foreign origins, a websocket", func(t *testing.T) {
		status, _ := handshake(t, s.address, "graphql-transport-ws", "Origin: "+evil)
		if status != http.StatusForbidden {
			t.Errorf("status %d", status)
		}
	})
}
