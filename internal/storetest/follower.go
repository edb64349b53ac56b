package storetest

import (
	"context"
	"testing"

	"goodpractice/internal/knowledge"
)

// follower reads a feed in a goroutine of its own, one item when asked.
type follower struct {
	tb     testing.TB
	items  chan fed
	cancel context.CancelFunc
	done   chan struct{} // closed when the feed has ended
}

// fed is one item of a feed.
type fed struct {
	change knowledge.Change
	err    error
}

// follow opens a feed after the cursor. It is stopped after the test at the latest.
func follow(tb testing.TB, engine Engine, after knowledge.Cursor) *follower {
	tb.Helper()
	ctx, cancel := context.WithCancel(tb.Context())
	f := &follower{tb: tb, items: make(chan fed), cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(f.done)
		for change, err := range engine.Changes(ctx, after) {
			select {
			case f.items <- fed{change, err}:
			case <-ctx.Done():
			}
		}
	}()
	tb.Cleanup(f.stop)
	return f
}

// stop ends the feed and waits for its end.
func (f *follower) stop() {
	f.tb.Helper()
	f.cancel()
	finish(f.tb, f.done, "the feed")
}

// item is the next item, whatever it is; false where the feed has ended instead.
func (f *follower) item() (fed, bool) {
	f.tb.Helper()
	ctx, cancel := context.WithTimeout(f.tb.Context(), patience)
	defer cancel()
	select {
	case item := <-f.items:
		return item, true
	case <-f.done:
		return fed{}, false
	case <-ctx.Done():
		f.tb.Fatalf("the feed gave nothing for %s", patience)
		return fed{}, false
	}
}

// next is the next item, which must be an entity or the mark.
func (f *follower) next() knowledge.Change {
	f.tb.Helper()
	item, ok := f.item()
	if !ok {
		f.tb.Fatal("the feed has ended")
	}
	if item.err != nil {
		f.tb.Fatalf("the feed gave the error %v", item.err)
	}
	switch c := item.change; {
	case c.CaughtUp && (c.Entity != nil || c.Cursor == ""):
		f.tb.Fatalf("the mark has the entity %v and the cursor %q", c.Entity, c.Cursor)
	case !c.CaughtUp && c.Entity == nil:
		f.tb.Fatal("the feed gave an item that is neither an entity nor the mark")
	}
	return item.change
}

// catchUp reads to the mark. It gives the last state of each entity before it, and the mark's cursor.
func (f *follower) catchUp() (map[knowledge.ID]knowledge.Entity, knowledge.Cursor) {
	f.tb.Helper()
	seen := map[knowledge.ID]knowledge.Entity{}
	for {
		c := f.next()
		if c.CaughtUp {
			return seen, c.Cursor
		}
		seen[c.Entity.Head().ID] = c.Entity
	}
}

// until reads until the entity comes in at least the revision, and gives what came. A second mark
// fails the test.
func (f *follower) until(id knowledge.ID, revision knowledge.Revision) []knowledge.Change {
	f.tb.Helper()
	var all []knowledge.Change
	for {
		c := f.next()
		if c.CaughtUp {
			f.tb.Fatal("the feed marked twice that it has caught up")
		}
		all = append(all, c)
		if m := c.Entity.Head(); m.ID == id && m.Revision >= revision {
			return all
		}
	}
}

// holds checks that what was seen is exactly these entities.
func holds(tb testing.TB, seen map[knowledge.ID]knowledge.Entity, want ...knowledge.Entity) {
	tb.Helper()
	if len(seen) != len(want) {
		tb.Errorf("the feed gave %d entities, want %d", len(seen), len(want))
	}
	for _, e := range want {
		got := seen[e.Head().ID]
		if got == nil {
			tb.Errorf("the feed did not give %s", e.Head().Slug)
			continue
		}
		equal(tb, "from the feed", e, got)
	}
}
