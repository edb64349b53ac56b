package web

import (
	_ "embed"
	"io"
	"net/http"
)

//go:embed assets/playground-missing.html
var missingPlayground string

// serveMissingPlayground says how to build the playground. The API is not touched by this, so
// only this page answers 503.
func serveMissingPlayground(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusServiceUnavailable)
	if r.Method != http.MethodHead {
		_, _ = io.WriteString(w, missingPlayground)
	}
}
