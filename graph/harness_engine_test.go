package graph_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"goodpractice/internal/auth"
	"goodpractice/internal/catalog"
	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/search"
	"goodpractice/internal/storetest"
)

// build makes the catalog over the store and an index in memory that follows it, and tells how tokens are checked.
func (s *site) build(tb testing.TB, log *slog.Logger) func(context.Context, string, bool) (knowledge.Actor, error) {
	tb.Helper()
	index, err := search.Open(tb.Context(), search.Options{Logger: log})
	if err != nil {
		tb.Fatal(err)
	}
	follower, err := indexsync.New(index, indexsync.Options{
		Feed: s.store, Store: s.store, Logger: log, Now: now,
		Changed: func(saved []knowledge.Entity) { s.catalog.Changed(saved) },
	})
	if err != nil {
		tb.Fatal(err)
	}
	s.follower = follower
	s.catalog, err = catalog.New(catalog.Options{
		Store: counted{s.store, s}, Search: index, Await: s.await(follower), Subscribe: follower.Subscribe,
		Feed: s.store, Linked: indexsync.Linked, NewSecret: auth.NewSecret, Now: now, Counted: s.store.Usage,
	})
	if err != nil {
		tb.Fatal(err)
	}
	s.version = func() (uint64, bool) { return index.Version() + s.saves.Load(), true }
	s.run(tb, follower, index)
	authenticator, err := auth.New(auth.Options{Store: s.catalog.Tokens(), Now: now})
	if err != nil {
		tb.Fatal(err)
	}
	return authenticator.Authenticate
}

// await is the follower's Await, unless the test answers in its place.
func (s *site) await(follower *indexsync.Follower) func(context.Context, knowledge.ID, knowledge.Revision) bool {
	return func(ctx context.Context, id knowledge.ID, revision knowledge.Revision) bool {
		if s.awaited != nil {
			return s.awaited(id, revision)
		}
		return follower.Await(ctx, id, revision)
	}
}

// forget empties the catalog's memory of everything but tokens.
func (s *site) forget(tb testing.TB) {
	tb.Helper()
	for change, err := range s.store.Changes(tb.Context(), "") {
		if err != nil {
			tb.Fatal(err)
		}
		if change.CaughtUp {
			return
		}
		if id := change.Entity.Head().ID; id.Kind() != knowledge.KindToken {
			s.catalog.Forget([]knowledge.ID{id})
		}
	}
}

// run lets the index follow the store until the test ends, and waits until it has caught up.
func (s *site) run(tb testing.TB, follower *indexsync.Follower, index *search.Index) {
	tb.Helper()
	ctx, stop := context.WithCancel(tb.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- follower.Run(ctx) }()
	s.stopFollowing = sync.OnceFunc(func() {
		stop()
		if err := <-stopped; err != nil {
			tb.Error(err)
		}
	})
	tb.Cleanup(func() {
		s.stopFollowing()
		_ = index.Close()
	})
	<-follower.Ready()
}

// now is the time at which the tests say that everything happens.
func now() time.Time { return time.Date(2026, time.March, 2, 9, 30, 0, 0, time.UTC) }

// counted counts how often records are loaded, and fails where the test says so.
type counted struct {
	storetest.Engine
	site *site
}

// Save implements catalog.Store.
func (c counted) Save(ctx context.Context, entities ...knowledge.Entity) error {
	defer c.site.saves.Add(1)
	return c.Engine.Save(ctx, entities...)
}

// Load implements catalog.Store.
func (c counted) Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	c.site.loads.Add(1)
	if err := c.site.failure; err != nil {
		return nil, err
	}
	return c.Engine.Load(ctx, ids...)
}
