package web

import (
	"net/http"
	"slices"

	"github.com/rs/cors"
)

// corsMaxAge is how long a browser may keep the answer to a preflight, in seconds: two hours, the
// longest that Chromium keeps one.
const corsMaxAge = 7200

// withCORS lets the pages of foreign origins call the site, and answers their preflights. Which origins these are
// is asked anew for each request. Cookies are never allowed: a token is sent by a page that has it, or not at all.
func withCORS(origins []string, live func(origin string) bool, next http.Handler) http.Handler {
	options := cors.Options{
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost},
		AllowedHeaders: []string{"Accept", "Accept-Language", "Authorization", "Consistency-Token", "Content-Type"},
		ExposedHeaders: []string{"Deprecation", "ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After", "Sunset", requestIDHeader},
		MaxAge:         corsMaxAge,
	}
	if slices.Contains(origins, anyOrigin) {
		options.AllowedOrigins = []string{anyOrigin} // Answers are then the same for all, and caches may share them.
	} else {
		options.AllowOriginFunc = Origins(origins, live)
	}
	return cors.New(options).Handler(next)
}
