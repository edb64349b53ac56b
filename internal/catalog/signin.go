package catalog

import (
	"context"

	"goodpractice/internal/knowledge"
)

// SignedIn refuses a reader whose token has been revoked or has expired since the connection began:
// sockets and streams live longer than the check at their start. It reads the token as the cache has it,
// which hears of a revocation on this server before anybody is told that it is done, and of one on another
// server by the feed: see SignedInNow.
func (c *Catalog) SignedIn(ctx context.Context) error {
	id := knowledge.ReaderFrom(ctx).Actor.ID
	if id == "" {
		return nil
	}
	found, err := c.bodies.load(ctx, c.signedBy(ctx)...)
	if err != nil {
		return err
	}
	if t, ok := found[0].(*knowledge.Token); ok && c.hasEnded(t) {
		return signedOut()
	}
	if len(found) > 1 && isOff(found[1]) {
		return signedOut()
	}
	return nil
}

// SignedInNow refuses a reader whose token has been revoked, on any server, has expired, or is not in the
// store any more: before a change. It reads the token from the store, once, and what it finds holds for
// reads too from then on. It fails where the store cannot be read. Readers without a token pass.
func (c *Catalog) SignedInNow(ctx context.Context) error {
	id := knowledge.ReaderFrom(ctx).Actor.ID
	if id == "" {
		return nil
	}
	found, err := c.bodies.fetch(ctx, c.signedBy(ctx))
	if err != nil {
		return err
	}
	t, ok := found[0].(*knowledge.Token)
	if !ok {
		c.bodies.forget([]knowledge.ID{id})
	}
	if !ok || c.hasEnded(t) || len(found) > 1 && isOff(found[1]) {
		return signedOut()
	}
	return nil
}

// signedBy names the records that a reader with a token depends on: the token, and the partner whose key it is.
func (*Catalog) signedBy(ctx context.Context) []knowledge.ID {
	actor := knowledge.ReaderFrom(ctx).Actor
	if actor.PartnerID == "" {
		return []knowledge.ID{actor.ID}
	}
	return []knowledge.ID{actor.ID, actor.PartnerID}
}

// isOff tells whether a record is no partner that may use the API now.
func isOff(e knowledge.Entity) bool {
	p, ok := e.(*knowledge.Partner)
	return !ok || !p.IsOn()
}

// hasEnded tells whether the token has been revoked or has expired.
func (c *Catalog) hasEnded(t *knowledge.Token) bool {
	return t.RevokedAt != nil || t.ExpiresAt != nil && !c.Now().Before(*t.ExpiresAt)
}

func signedOut() error {
	return &knowledge.Error{
		Kind: knowledge.Unauthenticated, Message: "The token has ended. Ask the secretariat for another one.",
	}
}
