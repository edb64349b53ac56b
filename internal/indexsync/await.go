package indexsync

import (
	"context"
	"time"

	"goodpractice/internal/knowledge"
)

// AwaitLimit is how long Await waits at most.
const AwaitLimit = 2 * time.Second

// firstLook is when Await first asks the store about an entity that has not come, then again after twice
// that time, and so on: later than the follower takes, so that most calls never ask.
const firstLook = 50 * time.Millisecond

// Await waits until searches find the entity in this revision or a later one. A deletion counts as
// found once searches no longer find the entity, whether this process made or saw it or not. It returns
// false after AwaitLimit or when ctx ends: the revision is saved all the same, and will be found later.
//
// The revision may have been saved by another process, if that save has returned. It must have been saved:
// to await what never was takes AwaitLimit, and reads the feed again and again. While the store is away,
// what is in the index already is found at once.
//
// A record that gives its name to others counts as found when those are found by the new name too.
func (f *Follower) Await(ctx context.Context, id knowledge.ID, revision knowledge.Revision) bool {
	ctx, cancel := context.WithTimeout(ctx, AwaitLimit)
	defer cancel()
	w := &waiter{revision: revision, done: make(chan struct{})}
	// The waiter is registered before the look, so that no write falls between the look and the wait.
	if f.waiters.add(id, w) {
		return true
	}
	defer f.waiters.remove(id, w)
	stamps, err := f.index.current().Revisions(ctx, []knowledge.ID{id})
	if err == nil && stamps[id].Revision >= revision && !f.waiters.isHeld(id) {
		return true
	}
	// If the index could not be asked, its next write tells.
	for pause := firstLook; ; pause *= 2 {
		select {
		case <-w.done:
			return true
		case <-ctx.Done():
			return w.isDone()
		case <-time.After(pause):
			if f.isGone(ctx, id) {
				return true
			}
		}
	}
}

// isGone tells whether an entity that was saved once is deleted, in the store and in the index: the store
// does not have it, the feed has no news of it after the position of the index, and the index does not
// have it at that position. To read that feed costs much: whoever lets strangers name what is awaited
// looks first whether the store has it, and does not await what it has not.
func (f *Follower) isGone(ctx context.Context, id knowledge.ID) bool {
	g := f.index.current()
	if isIndexed(ctx, g, id) {
		return false // The usual case of a revision that does not come: one look at the index is enough.
	}
	loaded, err := f.store.Load(ctx, id)
	if err != nil || loaded[0] != nil {
		return false
	}
	position, err := g.Cursor()
	if err != nil || position == "" {
		return false
	}
	news, err := f.news(ctx, position)
	if err != nil {
		return false
	}
	_, comes := news[id]
	return !comes && !isIndexed(ctx, g, id)
}

// isIndexed tells whether the generation has the entity, or cannot be asked.
func isIndexed(ctx context.Context, g Generation, id knowledge.ID) bool {
	stamps, err := g.Revisions(ctx, []knowledge.ID{id})
	_, found := stamps[id]
	return err != nil || found
}

// news lists the entities that the feed has changes of after the position.
func (f *Follower) news(ctx context.Context, position knowledge.Cursor) (map[knowledge.ID]struct{}, error) {
	s := openStream(ctx, f.feed, position)
	defer s.close()
	out := make(map[knowledge.ID]struct{})
	for {
		b, err := s.next(ctx)
		if err != nil {
			return nil, err
		}
		for id := range b.at {
			out[id] = struct{}{}
		}
		if b.caughtUp {
			return out, nil
		}
	}
}
