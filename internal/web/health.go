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
// away and while the index has to catch up afterwards: all servers of it would otherwise drop out at the
// same moment.
func serveReady(ready func() error, away, behind func() (time.Time, bool)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err := ready(); err != nil {
			w.Header().Set("Retry-After", "1")
			say(w, http.StatusServiceUnavailable, "not ready: "+err.Error())
			return
		}
		line := "ready"
		if since, is := ask(away); is {
			line += "; the database has been away since " + since + ": answers may be stale, and nothing can be changed"
		} else if since, is := ask(behind); is {
			line += "; the search index has been behind the database since " + since + ": answers may be stale"
		}
		say(w, http.StatusOK, line)
	})
}

// ask gives the answer of a function that may be missing.
func ask(about func() (time.Time, bool)) (since string, is bool) {
	if about == nil {
		return "", false
	}
	at, is := about()
	return at.UTC().Format(time.RFC3339), is
}

// say answers with one line of text that nobody keeps.
func say(w http.ResponseWriter, status int, line string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, line+"\n") // A failure means that the client has gone.
}
