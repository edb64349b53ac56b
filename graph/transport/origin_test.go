package transport_test

import (
	"net/http"
	"sync/atomic"
	"testing"

	"goodpractice/graph/transport"
)

// Whose pages may open websockets is asked anew for each.
func TestOriginsAreAskedForLive(t *testing.T) {
	t.Parallel()
	var allowed atomic.Value
	allowed.Store("")
	e := start(t, func(o *transport.Options) {
		o.AllowOrigin = func(origin string) bool { return origin == allowed.Load() && origin != "" }
	})
	for _, step := range []struct {
		allowed, origin string
		status          int
	}{
		{"", "https://new.example", 403},
		{"https://new.example", "https://new.example", 101},
		{"https://new.example", "https://evil.example", 403},
		{"https://new.example", e.URL, 101},
		{"", "https://new.example", 403},
	} {
		allowed.Store(step.allowed)
		_, response, err := e.dial(t, http.Header{"Origin": {step.origin}}, "graphql-transport-ws")
		if response == nil || response.StatusCode != step.status {
			t.Errorf("%s while %q is allowed: %v", step.origin, step.allowed, err)
		}
	}
}
