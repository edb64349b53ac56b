package knowledge

// Cursor is a position in a store's feed of changes. It is opaque outside the store that made it;
// the empty cursor is the beginning.
type Cursor string

// Change is one item of a store's feed.
type Change struct {
	// Cursor is the position after this item.
	Cursor Cursor
	// Entity is a state that was saved: the one of the change or a later one. A tombstone has
	// Meta.Deleted set. Nil on a mark.
	Entity Entity
	// CaughtUp marks that everything saved before the feed was opened has been yielded. It comes
	// once on each opened feed, and carries no entity.
	CaughtUp bool
}
