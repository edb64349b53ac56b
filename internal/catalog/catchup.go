package catalog

import (
	"context"
	"fmt"

	"goodpractice/internal/knowledge"
)

// CatchUp waits until searches on this server find the state that the token names or a later one, and
// records are read in it. The zero token asks for nothing.
//
// A token is not signed: anybody can make one up. So the record is read first, and what the reader may
// not read, what the store does not have in that revision, and what does not come in the time that Await
// waits are all refused by the same Error of kind Unavailable, the first two at once. That tells nothing
// of drafts, and costs one read of the store. Where the store cannot be read, the record in memory stands
// for it, and what is not there is refused.
//
// Whoever made a change can read its result: contributors cannot give a record away, and see their own in
// every state. Where somebody else has changed it since so that they cannot, the token has to be left out.
func (c *Catalog) CatchUp(ctx context.Context, t knowledge.ConsistencyToken) error {
	if t == (knowledge.ConsistencyToken{}) {
		return nil
	}
	e, err := c.latest(ctx, t.ID)
	if err != nil {
		return err
	}
	if e != nil && e.Head().Revision >= t.Revision && knowledge.ReaderFrom(ctx).Actor.MayRead(e) &&
		c.Await(ctx, t.ID, t.Revision) {
		return nil
	}
	return &knowledge.Error{
		Kind: knowledge.Unavailable,
		Message: "This server has not caught up with the change that the consistency token names, or you may not see the " +
			"record. Try again in a moment, as the one who made the change, or leave the token out to read what the server has.",
	}
}

// latest is a record as the store has it now, nil where it has none; while the store cannot be read, as
// it is in memory.
func (c *Catalog) latest(ctx context.Context, id knowledge.ID) (knowledge.Entity, error) {
	loaded, err := c.Store.Load(ctx, id)
	switch {
	case err == nil:
		return loaded[0], nil
	case knowledge.IsKind(err, knowledge.Unavailable):
		e, _ := c.bodies.get(id)
		return e, nil
	}
	return nil, fmt.Errorf("load %s: %w", id, err)
}
