package web

import (
	"io"
	"net/http"
)

// serveHealth says that the process answers.
func serveHealth(w http.ResponseWriter, _ *http.Request) {
	say(w, http.StatusOK, "ok")
}

// serveReady says whether the server should get traffic, and why not.
func serveReady(ready func() error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err := ready(); err != nil {
			w.Header().Set("Retry-After", "1")
			say(w, http.StatusServiceUnavailable, "not ready: "+err.Error())
			return
		}
		say(w, http.StatusOK, "ready")
	})
}

// say answers with one line of text that nobody keeps.
func say(w http.ResponseWriter, status int, line string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, line+"\n") // A failure means that the client has gone.
}
