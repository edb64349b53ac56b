package graph

import (
	"context"
	"strings"

	"goodpractice/internal/knowledge"
)

// variant is what an anonymous answer depends on besides the request: the languages that the reader understands. False for
// a reader who has signed in.
func variant(ctx context.Context) (string, bool) {
	reader := knowledge.ReaderFrom(ctx)
	if reader.Actor.Role != knowledge.RoleAnonymous {
		return "", false
	}
	var languages strings.Builder
	for _, tag := range reader.Languages {
		languages.WriteString(string(tag))
		languages.WriteByte(',')
	}
	return languages.String(), true
}

// version is a version for answers that are kept: there is none while answers may be out of date. Nil for nil.
func (f freshness) version(current func() (uint64, bool)) func() (uint64, bool) {
	if current == nil {
		return nil
	}
	return func() (uint64, bool) {
		if _, is := f.away(); is {
			return 0, false
		}
		if _, is := f.behind(); is {
			return 0, false
		}
		return current()
	}
}
