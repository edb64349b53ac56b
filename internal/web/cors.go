package web

import (
	"net/http"

	"github.com/rs/cors"
)

// corsMaxAge is how long a browser may keep the answer to a preflight, in seconds: two hours, the
// longest that Chromium keeps one.
const corsMaxAge = 7200

// withCORS lets the pages of foreign origins call the site, and answers their preflights. Cookies
// are never allowed: a token is sent by a page that has it, or not at all.
func withCORS(origins []string, next http.Handler) http.Handler {
	options := cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost},
		AllowedHeaders: []string{"Accept", "Accept-Language", "Authorization", "Consistency-Token", "Content-Type"},
		ExposedHeaders: []string{"ETag", "Retry-After", requestIDHeader},
		MaxAge:         corsMaxAge,
	}
	if len(origins) == 0 { // For rs/cors an empty list means everyone.
		options.AllowOriginFunc = func(string) bool { return false }
	}
	return cors.New(options).Handler(next)
}
