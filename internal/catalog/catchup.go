package catalog

import (
	"context"

	"goodpractice/internal/knowledge"
)

// CatchUp waits until searches on this server find the state that the token names or a later one, and
// records are read in it. It fails with an Error of kind Unavailable where that takes longer than Await
// waits. The zero token asks for nothing.
func (c *Catalog) CatchUp(ctx context.Context, t knowledge.ConsistencyToken) error {
	if t == (knowledge.ConsistencyToken{}) || c.Await(ctx, t.ID, t.Revision) {
		return nil
	}
	return &knowledge.Error{
		Kind: knowledge.Unavailable,
		Message: "This server has not caught up with the change that the consistency token names. " +
			"Try again in a moment, or leave the token out to read what the server has.",
	}
}
