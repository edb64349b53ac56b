package indexsync

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"goodpractice/internal/knowledge"
)

// Rebuild builds a new generation beside the current one from everything in the store, and swaps it
// in when it has caught up. Readers, Run, Await and Subscribe go on meanwhile, and no notice is lost;
// writing to the index stops only for the last moment before the swap. Run need not be going.
//
// Progress, which may be nil, is called now and then in the same goroutine with the number of
// entities indexed so far. On an error, also when the store is away at the last moment, and when ctx
// ends, the current generation stays and the new one is discarded. While one rebuild is going on, another is refused with a knowledge.Error of kind
// Conflict.
func (f *Follower) Rebuild(ctx context.Context, progress func(done int)) error {
	if !f.building.TryAcquire(1) {
		return &knowledge.Error{
			Kind:    knowledge.Conflict,
			Message: "The search index is being rebuilt already. Wait until that is done.",
		}
	}
	defer f.building.Release(1)
	if progress == nil {
		progress = func(int) {}
	}
	return f.rebuild(ctx, progress, false)
}

// replace builds a new generation in place of one that cannot be followed. If somebody else does or
// has done so, that is enough.
func (f *Follower) replace(ctx context.Context, unusable Generation) error {
	if err := f.building.Acquire(ctx, 1); err != nil {
		return err
	}
	defer f.building.Release(1)
	if f.index.current() != unusable {
		return nil
	}
	return f.rebuild(ctx, f.progress, true)
}

// rebuild fills a new generation and swaps it in. With missed set, the current generation is not
// brought up to date first, and subscribers are told that they have missed something.
func (f *Follower) rebuild(ctx context.Context, progress func(int), missed bool) (err error) {
	began := f.now()
	// Nothing is begun before the feed gives something: while the store is away, another try costs little.
	s := openStream(ctx, f.feed, "")
	defer s.close()
	if err := s.begun(ctx); err != nil {
		return fmt.Errorf("fill a new index: read the feed: %w", err)
	}
	next, err := f.index.begin()
	if err != nil {
		return fmt.Errorf("start a new index: %w", err)
	}
	swapped := false
	defer func() {
		if !swapped {
			err = errors.Join(err, f.index.discard(next))
		}
	}()
	p, err := f.startPass(next, nil)
	if err != nil {
		return err
	}
	p.used = make(map[knowledge.ID]knowledge.Revision)
	if err := p.drain(ctx, s, progress); err != nil {
		return fmt.Errorf("fill a new index: %w", err)
	}
	f.learn(ctx, next)
	if swapped, err = f.switchTo(ctx, p, missed); err != nil {
		return err
	}
	f.logger.InfoContext(ctx, "a new search index is in use",
		"entities", p.written, "duration_ms", f.now().Sub(began).Milliseconds())
	return nil
}

// learn lets a generation prepare for its readers.
func (f *Follower) learn(ctx context.Context, g Generation) {
	if err := g.Learn(ctx); err != nil && ctx.Err() == nil {
		f.logger.WarnContext(ctx, "the index could not learn from its records; searches will make it try again", "err", err)
	}
}

// switchTo brings a filled generation up to the moment and swaps it in.
func (f *Follower) switchTo(ctx context.Context, p *pass, missed bool) (swapped bool, err error) {
	if err := f.applying.Acquire(ctx, 1); err != nil {
		return false, err
	}
	defer f.applying.Release(1)
	old := f.index.current()
	announces := f.isReady() && !missed
	if announces {
		// What the new generation has and the old one lacks would be announced by nobody. An old
		// generation that fails is a reason to go on: it is about to be replaced.
		err := f.finish(ctx, old)
		if isOfStore(err) {
			return false, fmt.Errorf("bring the old index up to date: %w", err)
		}
		if err != nil {
			f.logger.WarnContext(ctx, "the old index cannot be brought up to date: subscriptions end", "err", err)
			announces = false
		}
	}
	if announces {
		p.before = old
	}
	if err := p.drain(ctx, p.open(ctx), func(int) {}); err != nil {
		return false, fmt.Errorf("bring a new index up to date: %w", err)
	}
	f.forgetRewound(ctx, old, p.into)
	if err := f.index.swap(p.into); err != nil {
		if f.index.current() != p.into {
			return false, fmt.Errorf("swap in a new index: %w", err)
		}
		f.logger.WarnContext(ctx, "the old search index could not be deleted", "err", err)
	}
	if announces {
		f.subscribers.publish(p.held)
	} else if f.isReady() {
		f.subscribers.dropAll()
	}
	f.swapped()
	f.markReady()
	f.recheck(ctx, p.into)
	return true, nil
}

// finish brings the current generation up to date. The caller holds applying.
func (f *Follower) finish(ctx context.Context, current Generation) error {
	p, err := f.startPass(current, current)
	if err != nil {
		return err
	}
	return p.drain(ctx, p.open(ctx), func(int) {})
}

// forgetRewound tells caches of what the old generation has in a later revision than the next one, or has
// alone: states that were taken back by a restore of the store, and deletions that no feed has told of.
func (f *Follower) forgetRewound(ctx context.Context, old, next Generation) {
	ahead := make(map[knowledge.ID]knowledge.Revision)
	err := old.EachStamp(ctx, func(id knowledge.ID, stamp knowledge.Stamp) error {
		ahead[id] = stamp.Revision
		return nil
	})
	if err == nil {
		err = next.EachStamp(ctx, func(id knowledge.ID, stamp knowledge.Stamp) error {
			if stamp.Revision >= ahead[id] {
				delete(ahead, id)
			}
			return nil
		})
	}
	if err != nil {
		f.logger.WarnContext(ctx, "deleted records may stay in memory: the old index cannot be read", "err", err)
	}
	if len(ahead) > 0 {
		f.forget(slices.Sorted(maps.Keys(ahead)))
	}
}
