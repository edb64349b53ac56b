package catalog

import (
	"context"

	"goodpractice/internal/knowledge"
)

// Tokens reads tokens, and the partners whose keys they are, for whoever has to know a token before there is a
// reader: it asks for no permission. Nothing of what it gives may be shown or changed.
type Tokens struct{ bodies *bodies }

// Tokens gives the way to tokens for authentication. It reads from memory what is there, and hears of a
// revocation on this server before its caller does, and of one on another server from the feed.
func (c *Catalog) Tokens() Tokens { return Tokens{c.bodies} }

// Load gives tokens and partners in the order of the ids, nil for what does not exist or is neither.
func (t Tokens) Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	entities, err := t.bodies.load(ctx, ids...)
	if err != nil {
		return nil, err
	}
	for i, e := range entities {
		if e != nil && !e.Kind().IsAdministrative() {
			entities[i] = nil
		}
	}
	return entities, nil
}
