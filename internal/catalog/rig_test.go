package catalog_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"goodpractice/internal/auth"
	"goodpractice/internal/boltstore"
	"goodpractice/internal/catalog"
	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/search"
)

// rig is a catalog over the real engines: the embedded store, and an index in memory that follows it.
type rig struct {
	*catalog.Catalog

	store    *boltstore.Store
	faults   *faulty
	options  catalog.Options
	follower *indexsync.Follower
}

// newRig makes a catalog of the world and what the test adds to it, and waits until all of it can be
// found.
func newRig(t *testing.T, more ...knowledge.Entity) *rig {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "store"), boltstore.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := store.Save(t.Context(), append(world(), more...)...); err != nil {
		t.Fatal(err)
	}
	r := &rig{store: store, faults: &faulty{Store: store}}
	r.assemble(t)
	return r
}

// assemble makes the catalog over the store and lets the index follow until the test ends.
func (r *rig) assemble(t *testing.T) {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	index, err := search.Open(t.Context(), search.Options{Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	clock := newClock()
	r.follower, err = indexsync.New(index, indexsync.Options{
		Feed: r.store, Store: r.store, Logger: log, Now: clock.Now,
		Changed: func(saved []knowledge.Entity) { r.Changed(saved) },
	})
	if err != nil {
		t.Fatal(err)
	}
	r.options = catalog.Options{
		Store: r.faults, Search: index, Await: r.follower.Await, Subscribe: r.follower.Subscribe,
		Linked: indexsync.Linked, NewSecret: auth.NewSecret, Now: clock.Now, Feed: r.store,
	}
	if r.Catalog, err = catalog.New(r.options); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	stopped := make(chan error, 1)
	go func() { stopped <- r.follower.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-stopped; err != nil {
			t.Error(err)
		}
		if err := index.Close(); err != nil {
			t.Error(err)
		}
	})
	<-r.follower.Ready()
}

// with is another catalog over the same engines, of which the test changes one.
func (r *rig) with(t *testing.T, change func(o *catalog.Options)) *catalog.Catalog {
	t.Helper()
	o := r.options
	change(&o)
	c, err := catalog.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// everything lists the ids of all records.
func (r *rig) everything(t *testing.T) []knowledge.ID {
	t.Helper()
	var ids []knowledge.ID
	for change, err := range r.store.Changes(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		if change.CaughtUp {
			break
		}
		ids = append(ids, change.Entity.Head().ID)
	}
	return ids
}

// forgetAll empties the memory.
func (r *rig) forgetAll(t *testing.T) {
	t.Helper()
	r.Forget(r.everything(t))
}

// clock is a time that advances by a second whenever somebody looks.
type clock struct {
	mu  sync.Mutex
	now time.Time // guarded by mu
}

func newClock() *clock { return &clock{now: start()} }

// start is when the clock begins.
func start() time.Time { return time.Date(2026, time.March, 2, 9, 30, 0, 0, time.UTC) }

// Now tells the time.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Second)
	return c.now
}

// faulty is the store, which fails where the test says so.
type faulty struct {
	*boltstore.Store

	mu      sync.Mutex
	load    func(ids []knowledge.ID) error                  // guarded by mu
	save    func(entities []knowledge.Entity) (bool, error) // guarded by mu
	history error                                           // guarded by mu
}

// Load implements catalog.Store.
func (f *faulty) Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	f.mu.Lock()
	load := f.load
	f.mu.Unlock()
	if load != nil {
		if err := load(ids); err != nil {
			return nil, err
		}
	}
	return f.Store.Load(ctx, ids...)
}

// Save implements catalog.Store. The fault tells whether the entities are saved all the same.
func (f *faulty) Save(ctx context.Context, entities ...knowledge.Entity) error {
	f.mu.Lock()
	save := f.save
	f.mu.Unlock()
	if save != nil {
		if saved, err := save(entities); !saved || err != nil {
			return err
		}
	}
	return f.Store.Save(ctx, entities...)
}

// History implements catalog.Store.
func (f *faulty) History(ctx context.Context, id knowledge.ID, before knowledge.Revision, limit int) ([]knowledge.Entity, error) {
	f.mu.Lock()
	err := f.history
	f.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return f.Store.History(ctx, id, before, limit)
}

// set changes the faults.
func (f *faulty) set(change func(f *faulty)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(f)
}
