package catalog

import (
	"context"
	"fmt"

	"goodpractice/internal/knowledge"
)

// Highlights gives the passages that show why an entity of a page matched, by the marker of the page; none
// without a marker. While the store cannot be read, names that are not in memory are not looked at.
func (c *Catalog) Highlights(
	ctx context.Context, marker knowledge.Marker, e knowledge.Entity,
) ([]knowledge.Highlight, error) {
	if marker == nil {
		return []knowledge.Highlight{}, nil
	}
	reader := knowledge.ReaderFrom(ctx)
	linked, err := c.Linked(ctx, c.reachable, e)
	if err != nil {
		return nil, fmt.Errorf("load what %s is linked to: %w", e.Head().ID, err)
	}
	return marker.Highlight(reader.Languages, knowledge.Indexable{Entity: e, Linked: linked}), nil
}

// visible loads shared records, with the hidden labels that a reader is found by and never shown; nil
// for what the reader may not see.
func (c *Catalog) visible(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	entities, err := c.bodies.load(ctx, ids...)
	actor := knowledge.ReaderFrom(ctx).Actor
	for i, e := range entities {
		if e != nil && !actor.MayRead(e) {
			entities[i] = nil
		}
	}
	return entities, err
}

// reachable is visible without what cannot be read now.
func (c *Catalog) reachable(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	entities, err := c.visible(ctx, ids...)
	if knowledge.IsKind(err, knowledge.Unavailable) {
		err = nil
	}
	return entities, err
}

// Prepare reads into memory, in as few reads as there are steps to the broadest term, everything that
// Highlights looks at for these entities. It is for a page, whose entities would otherwise each read
// what they are linked to.
func (c *Catalog) Prepare(ctx context.Context, entities ...knowledge.Entity) error {
	_, err := c.Linked(ctx, c.reachable, entities...)
	return err
}
