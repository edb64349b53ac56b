package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"goodpractice/internal/auth"
	"goodpractice/internal/catalog"
	"goodpractice/internal/config"
	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/partners"
	"goodpractice/internal/search"
)

// What is in a data directory, besides the administration socket.
const (
	storeName = "store.db" // Not where the records are in a database.
	indexName = "index"
)

// compareEvery is how often the index is compared with the store while the program runs: whatever made
// them differ is mended then.
const compareEvery = 10 * time.Minute

// app is a knowledge base: everything below the network, put together.
type app struct {
	config.Global

	store    store
	index    *search.Index
	follower *indexsync.Follower
	catalog  *catalog.Catalog
	partners *partners.Directory
	auth     *auth.Authenticator
	log      *slog.Logger
	now      func() time.Time
	saves    atomic.Uint64 // through the catalog, and trusted documents that were read again
	isBrief  bool          // It is open for one command, which may search for no text.

	start
	stopFollowing context.CancelFunc // Nil until follow.
	followed      chan error         // Gets what follow ended with.
}

// openRecords opens the store alone, without waiting for it. The directory of an embedded one is made
// where it is not there.
func openRecords(g config.Global, log *slog.Logger, now func() time.Time) (*app, error) {
	a := &app{Global: g, log: log, now: now, start: newStart()}
	if g.Store == "" {
		if err := makeDirectory(g.Data); err != nil {
			return nil, err
		}
	}
	var err error
	a.store, err = openStore(g, log, now)
	return a, err
}

// openIndex opens the index of a knowledge base whose records are open, and makes what works on both.
// It starts nothing.
func (a *app) openIndex(ctx context.Context) (err error) {
	if err := makeDirectory(a.Data); err != nil {
		return err
	}
	a.index, err = search.Open(ctx, search.Options{
		Dir: filepath.Join(a.Data, indexName), Logger: a.log, IsBrief: a.isBrief,
	})
	if knowledge.IsKind(err, knowledge.Unavailable) {
		return &knowledge.Error{
			Kind: knowledge.Unavailable, Err: err,
			Message: "Another process has the search index in " + a.Data + " open; stop it first, or name another directory with --data.",
		}
	}
	if err != nil {
		return fmt.Errorf("open the search index: %w", err)
	}
	return a.assemble()
}

// assemble makes what works on the store and the index.
func (a *app) assemble() (err error) {
	a.partners = partners.NewDirectory(a.log)
	a.follower, err = indexsync.New(a.index, indexsync.Options{
		Feed: a.store, Store: a.store, Logger: a.log, Now: a.now, Compare: compareEvery, Progress: a.indexing.count,
		Changed: func(saved []knowledge.Entity) {
			a.catalog.Changed(saved)
			a.partners.Changed(saved)
		},
		Forget: func(ids []knowledge.ID) {
			a.catalog.Forget(ids)
			a.partners.Forget(ids)
		},
	})
	if err != nil {
		return err
	}
	a.catalog, err = catalog.New(catalog.Options{
		Store: noted{a.store, &a.saves}, Search: finished{a.index, a.ready}, Feed: a.store,
		Await: a.follower.Await, Subscribe: a.follower.Subscribe, Linked: indexsync.Linked,
		NewSecret: auth.NewSecret, Now: a.now, Counted: a.store.Usage,
	})
	if err != nil {
		return err
	}
	a.auth, err = auth.New(auth.Options{Store: a.catalog.Tokens(), Now: a.now})
	return err
}

// follow keeps the index up to date from now on, until close: longer than ctx lasts, since what is
// still in hand then has to be found, too. failed is called if that ends by itself. The store must be
// ready, and have its first records.
func (a *app) follow(ctx context.Context, failed func(error)) {
	a.reach(stepIndexing)
	ctx, a.stopFollowing = context.WithCancel(context.WithoutCancel(ctx))
	a.followed = make(chan error, 1)
	go func() {
		err := a.follower.Run(ctx)
		if err != nil {
			failed(err)
		}
		a.followed <- err
	}()
}

// close ends everything, in the order in which one part needs another.
func (a *app) close() error {
	var errs []error
	if a.stopFollowing != nil {
		a.stopFollowing()
		errs = append(errs, <-a.followed)
	}
	if a.index != nil {
		errs = append(errs, a.index.Close())
	}
	if a.store != nil {
		errs = append(errs, a.store.Close())
	}
	return errors.Join(errs...)
}

// isAbsent tells whether there is no file at the path.
func isAbsent(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// makeDirectory makes the data directory for its owner alone, and finds out whether it can be used.
func makeDirectory(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the data directory cannot be made: %w", err)
	}
	probe, err := os.CreateTemp(dir, ".writable-*")
	if err != nil {
		return fmt.Errorf("the data directory cannot be written to: %w", err)
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return fmt.Errorf("the data directory cannot be written to: %w", err)
	}
	return nil
}
