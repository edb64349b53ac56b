package indexsync

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"goodpractice/internal/knowledge"
)

// errNoCursor stands for a feed that has caught up and does not say where it is.
var errNoCursor = errors.New("the feed has caught up at an empty cursor")

// storeError marks a failure of the store or its feed, as opposed to one of the index.
type storeError struct{ error }

// Unwrap gives the failure.
func (e storeError) Unwrap() error { return e.error }

// isOfStore tells whether the store has failed, other than by forgetting a position.
func isOfStore(err error) bool {
	_, ok := errors.AsType[storeError](err)
	return ok && !errors.Is(err, knowledge.ErrCursorLost)
}

// pass is one reading of the feed into one generation.
type pass struct {
	f    *Follower
	into Generation
	// before is where to look up what could be found until now: the generation that readers use. It
	// is nil while a new generation is filled, when nothing is announced.
	before Generation
	// cursor is the position that is stored in the generation.
	cursor knowledge.Cursor
	// used holds the oldest revision in which each linked record has been used in this generation, 0
	// for one that was missing. It is nil on a generation that was there before.
	used map[knowledge.ID]knowledge.Revision
	// held are announcements of changes that nobody can find before the swap.
	held []knowledge.Notice
	// written counts the entities that have been indexed.
	written int
}

// startPass begins where the generation stands.
func (f *Follower) startPass(into, before Generation) (*pass, error) {
	cursor, err := into.Cursor()
	if err != nil {
		return nil, fmt.Errorf("read the position of the index: %w", err)
	}
	return &pass{f: f, into: into, before: before, cursor: cursor}, nil
}

// isLive tells whether readers see what the pass writes.
func (p *pass) isLive() bool { return p.into == p.before }

// open starts to read the feed from the pass's position on. Each closes the stream.
func (p *pass) open(ctx context.Context) *stream { return openStream(ctx, p.f.feed, p.cursor) }

// each reads batches until fn wants no more or something fails.
func (p *pass) each(ctx context.Context, s *stream, fn func(batch) (bool, error)) error {
	defer s.close()
	for {
		b, err := s.next(ctx)
		if err != nil {
			return storeError{fmt.Errorf("read the feed: %w", err)}
		}
		if more, err := fn(b); err != nil || !more {
			return err
		}
	}
}

// drain applies everything that was saved before the stream was opened.
func (p *pass) drain(ctx context.Context, s *stream, progress func(written int)) error {
	err := p.each(ctx, s, func(b batch) (bool, error) {
		if err := p.apply(ctx, b); err != nil {
			return false, err
		}
		progress(p.written)
		return !b.caughtUp, nil
	})
	if err == nil && p.cursor == "" {
		return errNoCursor
	}
	return err
}

// apply indexes a batch and what depends on it. The position moves with the last write, so that a
// batch that was not finished comes again.
func (p *pass) apply(ctx context.Context, b batch) error {
	entities := b.entities()
	if len(entities) == 0 && b.cursor == p.cursor {
		return nil
	}
	dependents, err := p.dependents(ctx, b)
	if err != nil {
		return err
	}
	position := b.cursor
	if len(dependents) > 0 {
		position = p.cursor
		if p.isLive() {
			p.f.waiters.hold(idsOf(entities))
		}
	}
	if err := p.write(ctx, entities, position); err != nil {
		return err
	}
	for chunk := range slices.Chunk(dependents, maxBatch) {
		dependents = dependents[len(chunk):]
		if len(dependents) == 0 {
			position = b.cursor
		}
		if err := p.refresh(ctx, chunk, position); err != nil {
			return err
		}
	}
	if p.isLive() {
		p.f.waiters.release(entities)
	}
	return nil
}

// refresh indexes entities again in the state in which they are stored. That may be a newer one than
// the feed has told of: then this is when the change is announced.
func (p *pass) refresh(ctx context.Context, ids []knowledge.ID, position knowledge.Cursor) error {
	loaded, err := p.f.store.Load(ctx, ids...)
	if err != nil {
		return storeError{fmt.Errorf("load what depends on changed records: %w", err)}
	}
	loaded = present(loaded) // What is gone by now is deleted when its tombstone comes.
	if err := p.write(ctx, loaded, position); err != nil {
		return err
	}
	if p.isLive() {
		p.f.waiters.release(loaded)
	}
	return nil
}

// write indexes the entities, except states older than the indexed ones, and announces them.
func (p *pass) write(ctx context.Context, entities []knowledge.Entity, position knowledge.Cursor) error {
	indexed, known, err := p.stamps(ctx, idsOf(entities))
	if err != nil {
		return err
	}
	fresh := make([]knowledge.Entity, 0, len(entities))
	for _, e := range entities {
		if e.Head().Revision >= indexed[e.Head().ID].Revision {
			fresh = append(fresh, e)
		}
	}
	items, err := p.linked(ctx, fresh)
	if err != nil {
		return err
	}
	p.f.saw(fresh)
	if err := p.into.Apply(ctx, items, position); err != nil {
		return fmt.Errorf("write to the index: %w", err)
	}
	p.cursor = position
	p.written += len(items)
	if p.before != nil && p.f.isReady() {
		p.announce(notices(fresh, known))
	}
	return nil
}

// stamps tells in which states the entities are in the pass's generation, and in which ones they can
// be found.
func (p *pass) stamps(ctx context.Context, ids []knowledge.ID) (indexed, known map[knowledge.ID]knowledge.Stamp, err error) {
	if len(ids) == 0 {
		return nil, nil, nil
	}
	if indexed, err = p.into.Revisions(ctx, ids); err != nil {
		return nil, nil, fmt.Errorf("read the indexed revisions: %w", err)
	}
	if p.before == nil || p.isLive() {
		return indexed, indexed, nil
	}
	if known, err = p.before.Revisions(ctx, ids); err != nil {
		return nil, nil, fmt.Errorf("read the revisions that can be found: %w", err)
	}
	return indexed, known, nil
}

// announce tells subscribers, or keeps the notices until readers can find what they tell.
func (p *pass) announce(list []knowledge.Notice) {
	if p.isLive() {
		p.f.subscribers.publish(list)
		return
	}
	p.held = append(p.held, list...)
}
