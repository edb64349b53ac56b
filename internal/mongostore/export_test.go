package mongostore

import (
	"context"

	"goodpractice/internal/knowledge"
)

// UnmarkUnseen takes the marker off a record as a publisher does that has found no earlier state to copy.
func (s *Store) UnmarkUnseen(ctx context.Context, id knowledge.ID, revision knowledge.Revision) error {
	return s.unmark(ctx, published{refs: []ref{{id, revision}}})
}

// RoundTrip reads a cursor and writes it again; false for one that this package has not written.
func RoundTrip(c knowledge.Cursor) (knowledge.Cursor, bool) {
	p, ok := parsePosition(c)
	return p.cursor(), ok
}
