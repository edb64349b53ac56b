package catalog

import (
	"context"
	"fmt"
	"slices"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"goodpractice/internal/knowledge"
)

const (
	// keptBodies is how many records are kept in memory. One takes about 10 kB; the cities, themes and
	// countries that every answer names fit many times.
	keptBodies = 8192
	// keptRevisions is how many changes are remembered so that a slow read cannot bring back a state
	// from before one of them: more than are saved while any read lasts.
	keptRevisions = 65_536
)

// bodies reads records through a cache. What it gives is shared: it must not be changed, only copied
// with knowledge.Shallow. It is as fresh as the index, because the follower tells it of every change
// before searches find it, and a change made here is there at once.
type bodies struct {
	store Store

	mu sync.Mutex // guards the order of looking at newest and writing to kept
	// kept holds records by id.
	kept *lru.Cache[knowledge.ID, knowledge.Entity]
	// newest holds the latest revisions that were told of.
	newest *lru.Cache[knowledge.ID, knowledge.Revision]
}

func newBodies(store Store) (*bodies, error) {
	kept, err := lru.New[knowledge.ID, knowledge.Entity](keptBodies)
	if err != nil {
		return nil, fmt.Errorf("make the cache of records: %w", err)
	}
	newest, err := lru.New[knowledge.ID, knowledge.Revision](keptRevisions)
	if err != nil {
		return nil, fmt.Errorf("make the cache of revisions: %w", err)
	}
	return &bodies{store: store, kept: kept, newest: newest}, nil
}

// load gives shared records in the order of the ids, nil for what does not exist.
func (b *bodies) load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	out := make([]knowledge.Entity, len(ids))
	var missing []knowledge.ID
	for i, id := range ids {
		if e, ok := b.kept.Get(id); ok {
			out[i] = e
		} else if !slices.Contains(missing, id) {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return out, nil
	}
	loaded, err := b.store.Load(ctx, missing...)
	if err != nil {
		return nil, fmt.Errorf("load %d records: %w", len(missing), err)
	}
	for i, id := range ids {
		if out[i] == nil {
			if at := slices.Index(missing, id); at >= 0 {
				out[i] = loaded[at]
			}
		}
	}
	b.keep(loaded)
	return out, nil
}

// keep puts records into the cache that were just read, except states older than what was told of.
func (b *bodies) keep(loaded []knowledge.Entity) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range loaded {
		if e == nil {
			continue
		}
		m := e.Head()
		if newest, ok := b.newest.Peek(m.ID); ok && newest > m.Revision {
			continue
		}
		b.kept.Add(m.ID, e)
	}
}

// changed notes that records were saved: the states may be shared, and are not changed any more.
func (b *bodies) changed(entities []knowledge.Entity) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range entities {
		m := e.Head()
		if newest, ok := b.newest.Peek(m.ID); ok && newest > m.Revision {
			continue
		}
		b.newest.Add(m.ID, m.Revision)
		switch {
		case !b.kept.Contains(m.ID):
		case m.Deleted:
			b.kept.Remove(m.ID)
		default:
			b.kept.Add(m.ID, e)
		}
	}
}
