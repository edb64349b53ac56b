package web

import (
	"net/http"
	"strings"
)

// setPlaygroundHeaders sets what every answer of the playground carries. host is the request's
// Host: the page opens its WebSocket there.
func setPlaygroundHeaders(header http.Header, host string) {
	header.Set("Content-Security-Policy", playgroundPolicy(host))
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// playgroundPolicy returns the Content-Security-Policy under which GraphiQL and Monaco work:
// nothing from another host, no inline script and no eval. Only styles are inline, by Monaco.
// Not every browser counts a WebSocket to the same host as 'self', so it is named.
func playgroundPolicy(host string) string {
	connect := "connect-src 'self'"
	if isPlainHost(host) {
		connect += " ws://" + host + " wss://" + host
	}
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data:",
		"font-src 'self' data:",
		connect,
		"worker-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	}, "; ")
}

// isPlainHost reports whether host is a name or address with an optional port and nothing that
// could end the directive it is written into: net/http lets ";" and "'" pass.
func isPlainHost(host string) bool {
	return host != "" && !strings.ContainsFunc(host, func(c rune) bool {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		return !letter && !strings.ContainsRune(".-_:[]", c)
	})
}
