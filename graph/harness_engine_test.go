package graph_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"goodpractice/internal/auth"
	"goodpractice/internal/catalog"
	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/search"
)

// build makes the catalog over the store and an index in memory that follows it, and tells how tokens are checked.
func (s *site) build(t *testing.T, log *slog.Logger) func(context.Context, string, bool) (knowledge.Actor, error) {
	t.Helper()
	index, err := search.Open(t.Context(), search.Options{Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	follower, err := indexsync.New(&adapter{Index: index}, indexsync.Options{Feed: s.store, Store: s.store, Logger: log, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- follower.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-stopped; err != nil {
			t.Error(err)
		}
		_ = index.Close()
	})
	<-follower.Ready()
	s.catalog, err = catalog.New(catalog.Options{
		Store: s.store, Search: index, Await: follower.Await, Subscribe: follower.Subscribe, Linked: follower.Linked,
		NewSecret: auth.NewSecret, Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	authenticator, err := auth.New(auth.Options{Store: s.store, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return authenticator.Authenticate
}
