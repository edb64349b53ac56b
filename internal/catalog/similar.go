package catalog

import (
	"context"
	"fmt"
	"slices"

	"goodpractice/internal/knowledge"
)

// Neighbour is an entry that is about the same as another, with what both are filed under, in the order of
// the other.
type Neighbour struct {
	Entry          knowledge.Entry
	Score          float64
	ThemeIDs       []knowledge.ID
	TargetGroupIDs []knowledge.ID
}

// Similar gives the public entries that are nearest to an entry in meaning, the nearest first: 1 to
// knowledge.MaxSimilar of them. They are loaded by load, which must give the reader's copies as
// Catalog.Load does; so a caller can load those of several entries in one call. With an error of kind
// Unavailable it gives those that could be loaded.
func (c *Catalog) Similar(ctx context.Context, e knowledge.Entry, first int, load Load) ([]Neighbour, error) {
	if first < 1 || first > knowledge.MaxSimilar {
		return nil, &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{"first"},
			Message: fmt.Sprintf("Ask for 1 to %d entries.", knowledge.MaxSimilar),
		}
	}
	hits, err := c.Search.Similar(ctx, e.Head().ID, first, knowledge.ReaderFrom(ctx).Actor)
	if err != nil {
		return nil, err
	}
	ids := make([]knowledge.ID, len(hits))
	for i, h := range hits {
		ids[i] = h.ID
	}
	found, unread := load(ctx, ids...)
	if unread != nil && !knowledge.IsKind(unread, knowledge.Unavailable) {
		return nil, unread
	}
	out := make([]Neighbour, 0, len(hits))
	for i, h := range hits {
		other, ok := found[i].(knowledge.Entry)
		if !ok || other.Head().Status != knowledge.StatusPublished { // The index may be behind the store by a moment.
			continue
		}
		mine, its := e.Core(), other.Core()
		out = append(out, Neighbour{
			Entry: other, Score: h.Score,
			ThemeIDs:       shared(mine.ThemeIDs, its.ThemeIDs),
			TargetGroupIDs: shared(mine.TargetGroupIDs, its.TargetGroupIDs),
		})
	}
	return out, unread
}

// shared are the ids of the first list that are in the second as well.
func shared(a, b []knowledge.ID) []knowledge.ID {
	out := []knowledge.ID{}
	for _, id := range a {
		if slices.Contains(b, id) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
