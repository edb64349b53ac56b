package catalog

import (
	"context"

	"goodpractice/internal/knowledge"
)

// broaden tells of each counted theme and group which other value counts its records as well: the nearest
// broader one that is there. What could not be read is passed through, and leaves the values without.
func (c *Catalog) broaden(ctx context.Context, facets []knowledge.Facet, unread error) error {
	var terms []knowledge.Entity
	for _, f := range facets {
		if f.Field != knowledge.FacetTheme && f.Field != knowledge.FacetTargetGroup {
			continue
		}
		for _, b := range f.Buckets {
			if e, ok := c.bodies.get(b.ID); ok {
				terms = append(terms, e)
			}
		}
	}
	// Whoever may see the narrowest and the broadest is told of both, whatever is between them.
	known, err := c.Linked(ctx, c.readable, terms...)
	if err != nil {
		return err
	}
	for _, e := range terms {
		known[e.Head().ID] = e
	}
	for i := range facets {
		if f := &facets[i]; f.Field == knowledge.FacetTheme || f.Field == knowledge.FacetTargetGroup {
			connect(f.Buckets, known)
		}
	}
	return unread
}

// connect sets Broader of the values of one dimension.
func connect(buckets []knowledge.Bucket, known map[knowledge.ID]knowledge.Entity) {
	values := make(map[knowledge.ID]string, len(buckets))
	for _, b := range buckets {
		values[b.ID] = b.Value
	}
	for i := range buckets {
		at := buckets[i].ID
		for range known { // A circle of broader terms ends, too.
			broader := broaderOf(known[at])
			if broader == nil || *broader == buckets[i].ID {
				break
			}
			at = *broader
			if value, ok := values[at]; ok {
				buckets[i].Broader = &value
				break
			}
		}
	}
}

// broaderOf is the id of the broader term; nil where there is none.
func broaderOf(e knowledge.Entity) *knowledge.ID {
	switch x := e.(type) {
	case *knowledge.Theme:
		return x.BroaderID
	case *knowledge.TargetGroup:
		return x.BroaderID
	}
	return nil
}

// readable loads shared records, whoever may see them, without what cannot be read now.
func (c *Catalog) readable(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	entities, err := c.bodies.load(ctx, ids...)
	if knowledge.IsKind(err, knowledge.Unavailable) {
		err = nil
	}
	return entities, err
}
