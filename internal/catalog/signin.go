package catalog

import (
	"context"

	"goodpractice/internal/knowledge"
)

// SignedIn refuses a reader whose token has been revoked or has expired since the connection began:
// sockets and streams live longer than the check at their start. It reads the token as the cache has it,
// which hears of a revocation before anybody is told that it is done.
func (c *Catalog) SignedIn(ctx context.Context) error {
	id := knowledge.ReaderFrom(ctx).Actor.ID
	if id == "" {
		return nil
	}
	found, err := c.bodies.load(ctx, id)
	if err != nil {
		return err
	}
	t, ok := found[0].(*knowledge.Token)
	if ok && (t.RevokedAt != nil || t.ExpiresAt != nil && !c.Now().Before(*t.ExpiresAt)) {
		return &knowledge.Error{
			Kind: knowledge.Unauthenticated, Message: "The token has ended. Ask the secretariat for another one.",
		}
	}
	return nil
}
