package web

import (
	"io"
	"net/http"
	"time"
)

// serveHealth says that the process answers.
func serveHealth(w http.ResponseWriter, _ *http.Request) {
	say(w, http.StatusOK, "ok")
}

// serveReady says whether the server should get traffic, and why not. It should while the database is
// away: all servers of it would otherwise drop out at the same moment.
func serveReady(ready func() error, away func() (time.Time, bool)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err := ready(); err != nil {
			w.Header().Set("Retry-After", "1")
			say(w, http.StatusServiceUnavailable, "not ready: "+err.Error())
			return
		}
		line := "ready"
		if away != nil {
			if since, is := away(); is {
				line += "; the database has been away since " + since.UTC().Format(time.RFC3339) +
					": answers may be stale, and nothing can be changed"
			}
		}
		say(w, http.StatusOK, line)
	})
}

// say answers with one line of text that nobody keeps.
func say(w http.ResponseWriter, status int, line string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, line+"\n") // A failure means that the client has gone.
}
