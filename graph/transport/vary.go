package transport

import (
	"net/http"
	"slices"
	"strings"
)

// vary names the request headers that answers depend on.
type vary struct {
	names []string
	text  string // The names with commas.
}

func newVary(more []string) vary {
	names := []string{"Accept", "Accept-Language", "Accept-Encoding", "Authorization", "Origin"}
	for _, name := range more {
		if !containsFold(names, name) {
			names = append(names, http.CanonicalHeaderKey(name))
		}
	}
	return vary{names, strings.Join(names, ", ")}
}

// add names the headers in an answer, beside those that a middleware has named.
func (v vary) add(h http.Header) {
	values := []string{v.text}
	for _, value := range h["Vary"] {
		for name := range strings.SplitSeq(value, ",") {
			if name = strings.TrimSpace(name); name != "" && !containsFold(v.names, name) {
				values = append(values, name)
			}
		}
	}
	h["Vary"] = values
}

func containsFold(names []string, name string) bool {
	return slices.ContainsFunc(names, func(other string) bool { return strings.EqualFold(other, name) })
}
