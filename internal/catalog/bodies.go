package catalog

import (
	"context"
	"fmt"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"goodpractice/internal/knowledge"
)

const (
	// defaultCacheSize is how many records are kept in memory. One takes about 10 kB; the cities, themes
	// and countries that every answer names fit many times.
	defaultCacheSize = 8192
	// defaultCacheBytes is how much they take at most: more than so many usual ones, and much less than so
	// many of the longest that can be posted.
	defaultCacheBytes = 128 << 20
	// keptTokens is how many tokens are kept beside them, in a place of their own: pages that are read
	// must not drive out those that nobody has used since the start. They take less than keptTokenBytes.
	keptTokens     = 2048
	keptTokenBytes = 8 << 20
	// keptRevisions is how many changes are remembered so that a slow read cannot bring back a state
	// from before one of them: more than are saved while any read lasts.
	keptRevisions = 65_536
)

// bodies reads records through a cache. What it gives is shared: it must not be changed, only copied
// with knowledge.Shallow. It is as fresh as the index, because the follower tells it of every change
// before searches find it, and a change made here is there at once.
type bodies struct {
	store Store

	mu sync.Mutex // guards the order of looking at newest and writing to the shelves
	// records holds everything but tokens, which tokens holds.
	records, tokens *shelf
	// newest holds the latest revisions that were told of.
	newest *lru.Cache[knowledge.ID, knowledge.Revision]
	// forgotten counts the calls of forget; guarded by mu.
	forgotten int
}

func newBodies(store Store, capacity, limit int) (*bodies, error) {
	records, err := newShelf(capacity, limit)
	if err != nil {
		return nil, err
	}
	tokens, err := newShelf(keptTokens, keptTokenBytes)
	if err != nil {
		return nil, err
	}
	newest, err := lru.New[knowledge.ID, knowledge.Revision](keptRevisions)
	if err != nil {
		return nil, fmt.Errorf("make the cache of revisions: %w", err)
	}
	return &bodies{store: store, records: records, tokens: tokens, newest: newest}, nil
}

// shelf is where a record is kept.
func (b *bodies) shelf(id knowledge.ID) *shelf {
	if id.Kind() == knowledge.KindToken {
		return b.tokens
	}
	return b.records
}

// get gives a shared record that is in memory.
func (b *bodies) get(id knowledge.ID) (knowledge.Entity, bool) { return b.shelf(id).get(id) }

// holds tells whether a record is in memory.
func (b *bodies) holds(id knowledge.ID) bool { return b.shelf(id).has(id) }

// load gives shared records in the order of the ids, nil for what does not exist. With an error it gives
// those that are in memory, and nil for the others.
func (b *bodies) load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	out := make([]knowledge.Entity, len(ids))
	var missing []knowledge.ID
	var at map[knowledge.ID]int // in missing
	for i, id := range ids {
		e, ok := b.get(id)
		if out[i] = e; ok {
			continue
		}
		if _, listed := at[id]; !listed {
			if at == nil {
				at = make(map[knowledge.ID]int)
			}
			at[id] = len(missing)
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return out, nil
	}
	loaded, err := b.fetch(ctx, missing)
	if err != nil {
		return out, err
	}
	for i, id := range ids {
		if j, ok := at[id]; ok && out[i] == nil {
			out[i] = loaded[j]
		}
	}
	return out, nil
}

// fetch reads records from the store, and keeps them.
func (b *bodies) fetch(ctx context.Context, ids []knowledge.ID) ([]knowledge.Entity, error) {
	b.mu.Lock()
	began := b.forgotten
	b.mu.Unlock()
	loaded, err := b.store.Load(ctx, ids...)
	if err != nil {
		return nil, fmt.Errorf("load %d records: %w", len(ids), err)
	}
	b.keep(loaded, began)
	return loaded, nil
}

// keep puts records into the cache that were just read, except states older than what is known, and
// except all of them where something was forgotten since the read began.
func (b *bodies) keep(loaded []knowledge.Entity, began int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.forgotten != began {
		return
	}
	for _, e := range loaded {
		if e != nil && !b.outdated(e.Head()) {
			b.shelf(e.Head().ID).add(e)
		}
	}
}

// outdated tells whether a later state is known. The caller holds mu.
func (b *bodies) outdated(m *knowledge.Meta) bool {
	if newest, ok := b.newest.Peek(m.ID); ok && newest > m.Revision {
		return true
	}
	e, ok := b.shelf(m.ID).peek(m.ID)
	return ok && e.Head().Revision > m.Revision
}

// changed notes that records were saved: the states may be shared, and are not changed any more. Those
// that are not in the cache are taken in while it has room.
func (b *bodies) changed(entities []knowledge.Entity) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range entities {
		m := e.Head()
		if b.outdated(m) {
			continue
		}
		b.newest.Add(m.ID, m.Revision)
		if m.Deleted {
			b.shelf(m.ID).remove(m.ID)
		} else {
			b.shelf(m.ID).offer(e)
		}
	}
}

// forget drops what is known of records. A read that is under way keeps nothing of what it finds: it may
// have begun before the reason to forget.
func (b *bodies) forget(ids []knowledge.ID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.forgotten++
	for _, id := range ids {
		b.shelf(id).remove(id)
		b.newest.Remove(id)
	}
}
