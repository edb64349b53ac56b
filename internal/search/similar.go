package search

import (
	"context"

	"goodpractice/internal/knowledge"
)

// similarSpare is how many times as many neighbours are looked at as are asked for, since some are not for the
// reader to see.
const similarSpare = 8

// Similar gives the entries that are nearest in meaning to a record, the nearest first and the record itself
// left out. Only public ones are among them; what the viewer may see beyond those is not. Nothing is given
// for a record that is not indexed, and while there are fewer than 50 records: too few to learn meanings from.
// It compares the record with every other one, which takes some 3 ms with 100,000.
func (x *Index) Similar(ctx context.Context, id knowledge.ID, first int, viewer knowledge.Actor) ([]knowledge.Hit, error) {
	if first < 1 || first > knowledge.MaxSimilar {
		return nil, &knowledge.Error{Kind: knowledge.Invalid, Path: []string{"first"}, Message: "Ask for 1 to 20 similar entries."}
	}
	f := compileFilter(&knowledge.Listing{Viewer: viewer})
	var out []knowledge.Hit
	err := x.read(ctx, func(g *Generation, v *view) error {
		if _, err := g.knowledge(ctx, v); err != nil {
			return err
		}
		visible := f.sees()
		for _, h := range g.meanings.nearest(id, similarSpare*first) {
			err := v.eachPosted(ctx, fieldID, []string{string(h.ID)}, func(s *segmentView, doc uint32) error {
				ok, err := visible(s, doc)
				if ok {
					out = append(out, h)
				}
				return err
			})
			if err != nil || len(out) == first {
				return err
			}
		}
		return nil
	})
	return out, err
}

// nearest lists the entries nearest to a record, with their cosines as scores.
func (m *meanings) nearest(id knowledge.ID, n int) []knowledge.Hit {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if m.records == nil {
		return nil
	}
	return m.records.nearest(id, min(n, knowledge.MaxPageSize))
}
