package web

import "strings"

// anyOrigin stands for every origin in a list of them.
const anyOrigin = "*"

// Origins makes of the origins that the server was started with, in the form of Options.Origins, and of what is
// asked anew for each request, one function that tells whether pages of an origin may call the API. It may be
// called concurrently if live may; a nil live allows none.
func Origins(configured []string, live func(origin string) bool) func(origin string) bool {
	return func(origin string) bool {
		for _, pattern := range configured {
			if matchesOrigin(pattern, origin) {
				return true
			}
		}
		return live != nil && origin != "" && live(origin)
	}
}

// matchesOrigin tells whether an origin is the one of the pattern, in which one * stands for anything.
func matchesOrigin(pattern, origin string) bool {
	before, after, isOpen := strings.Cut(pattern, "*")
	if !isOpen {
		return strings.EqualFold(pattern, origin)
	}
	origin = strings.ToLower(origin)
	return len(origin) >= len(before)+len(after) && strings.HasPrefix(origin, before) && strings.HasSuffix(origin, after)
}
