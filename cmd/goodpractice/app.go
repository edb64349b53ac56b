package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"goodpractice/internal/auth"
	"goodpractice/internal/boltstore"
	"goodpractice/internal/catalog"
	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/search"
)

// What is in a data directory, besides the administration socket.
const (
	storeName  = "store.db"
	indexName  = "index"
	sowingName = "seeding" // Is there while the first records are being saved.
)

// app is a knowledge base: everything below the network, put together.
type app struct {
	dir      string
	store    *boltstore.Store
	index    *search.Index
	follower *indexsync.Follower
	catalog  *catalog.Catalog
	auth     *auth.Authenticator
	log      *slog.Logger
	now      func() time.Time

	stopFollowing context.CancelFunc // Nil until follow.
	followed      chan error         // Gets what follow ended with.
}

// openApp opens the knowledge base in a data directory, which is made where it is not there. It
// starts nothing.
func openApp(ctx context.Context, dir string, log *slog.Logger, now func() time.Time) (*app, error) {
	if err := makeDirectory(dir); err != nil {
		return nil, err
	}
	a := &app{dir: dir, log: log, now: now}
	if err := a.open(ctx); err != nil {
		return nil, errors.Join(err, a.close())
	}
	return a, nil
}

// open opens the files.
func (a *app) open(ctx context.Context) (err error) {
	path := filepath.Join(a.dir, storeName)
	if a.store, err = boltstore.Open(path, boltstore.Options{}); err != nil {
		return err
	}
	if a.index, err = search.Open(ctx, search.Options{Dir: filepath.Join(a.dir, indexName), Logger: a.log}); err != nil {
		return fmt.Errorf("open the search index: %w", err)
	}
	return a.assemble()
}

// assemble makes what works on the store and the index.
func (a *app) assemble() (err error) {
	a.follower, err = indexsync.New(a.index, indexsync.Options{
		Feed: a.store, Store: a.store, Logger: a.log, Now: a.now,
		Changed: func(saved []knowledge.Entity) { a.catalog.Changed(saved) },
	})
	if err != nil {
		return err
	}
	a.catalog, err = catalog.New(catalog.Options{
		Store: a.store, Search: a.index,
		Await: a.follower.Await, Subscribe: a.follower.Subscribe, Linked: indexsync.Linked,
		NewSecret: auth.NewSecret, Now: a.now,
	})
	if err != nil {
		return err
	}
	a.auth, err = auth.New(auth.Options{Store: a.store, Now: a.now})
	return err
}

// follow keeps the index up to date from now on, until close: longer than ctx lasts, since what is
// still in hand then has to be found, too. failed is called if that ends by itself.
func (a *app) follow(ctx context.Context, failed func(error)) {
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

// awaitIndex waits until searches find everything that was in the store when it was opened.
func (a *app) awaitIndex(ctx context.Context) error {
	select {
	case <-a.follower.Ready():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ready tells why searches do not find everything yet.
func (a *app) ready() error {
	select {
	case <-a.follower.Ready():
		return nil
	default:
		return errors.New("the records are still being indexed")
	}
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
