package transport

import (
	"fmt"
	"math"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
)

// announce tells an HTTP client what is left of its points, in the headers of draft-ietf-httpapi-ratelimit-headers: q points
// at most, r of them left, all back after t seconds.
func (b *bill) announce(h http.Header) {
	if b == nil || b.charge == nil || b.charge.Limit <= 0 {
		return
	}
	c := *b.charge
	window := math.Ceil(c.Window.Seconds())
	back := math.Ceil(c.Window.Seconds() * float64(c.Limit-c.Remaining) / float64(c.Limit))
	h.Set("RateLimit-Policy", fmt.Sprintf(`"points";q=%d;w=%d`, c.Limit, int(window)))
	h.Set("RateLimit", fmt.Sprintf(`"points";r=%d;t=%d`, c.Remaining, int(back)))
}

// saysCostAlone tells whether a response has no extension but its cost.
func saysCostAlone(r *graphql.Response) bool {
	_, hasCost := r.Extensions["cost"]
	return len(r.Extensions) == 0 || len(r.Extensions) == 1 && hasCost
}

// withoutRemaining takes out of a response what concerns one client alone: a shared cache will give it to others.
func withoutRemaining(r *graphql.Response) {
	if cost, ok := r.Extensions["cost"].(map[string]any); ok {
		delete(cost, "remaining")
	}
}

// retryAfter is in how many seconds a request may be sent again; 0 where it need not be.
func retryAfter(status int, r *graphql.Response) int {
	for _, e := range r.Errors {
		if seconds, ok := e.Extensions["retryAfter"].(int); ok && len(r.Data) == 0 {
			return seconds
		}
	}
	if status == http.StatusServiceUnavailable {
		return 1
	}
	return 0
}
