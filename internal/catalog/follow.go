package catalog

import (
	"context"

	"goodpractice/internal/knowledge"
)

// Change tells a follower that an entry has changed.
type Change struct {
	ID       knowledge.ID
	Revision knowledge.Revision
	// Entry is the reader's copy; nil where the entry is public no more, and the reader may not see it
	// or does not follow entries in its state.
	Entry knowledge.Entry
}

// Follow yields changes to entries that the reader may see and the filter lets through, once they
// can be found by search. With published it yields entries as they become public, and nothing else.
// An entry that was public and is not any more is told to everyone who follows changes, whatever the
// filter. The channel is closed when the context ends, when the reader is too slow, and instead of telling
// anything to a reader whose token has ended.
func (c *Catalog) Follow(ctx context.Context, filter *knowledge.EntryFilter, published bool) (<-chan Change, error) {
	l := knowledge.Listing{Page: knowledge.Page{First: 1}, Kinds: knowledge.EntryKinds()}
	if filter != nil {
		l.Filter = *filter
	}
	if l.Filter.Statuses == nil && !published {
		l.Filter.Statuses = allStatuses()
	}
	l, err := c.prepare(ctx, l)
	if err != nil {
		return nil, err
	}
	notices := c.Subscribe(ctx)
	out := make(chan Change)
	go func() { // Ends with the context, which also closes notices.
		defer close(out)
		for n := range notices {
			change, ok := c.noticed(ctx, l, n, published)
			if !ok {
				continue
			}
			if c.SignedIn(ctx) != nil {
				return
			}
			select {
			case out <- change:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out, nil
}

// noticed turns a notice into what the follower is told; false for nothing.
func (c *Catalog) noticed(ctx context.Context, l knowledge.Listing, n knowledge.Notice, published bool) (Change, bool) {
	m := n.Entity.Head()
	if published && !n.JustPublished {
		return Change{}, false
	}
	change := Change{ID: m.ID, Revision: m.Revision}
	reader := knowledge.ReaderFrom(ctx)
	if m.Deleted || !reader.Actor.MayRead(n.Entity) {
		return change, n.WasPublic && !published
	}
	l.IDs = []knowledge.ID{m.ID}
	found, err := c.Search.Find(ctx, l)
	if err != nil {
		return change, false
	}
	if len(found.Hits) == 0 {
		return change, n.WasPublic && m.Status != knowledge.StatusPublished && !published
	}
	entry, ok := show(reader, n.Entity).(knowledge.Entry)
	change.Entry = entry
	return change, ok
}
