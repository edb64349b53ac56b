package graph_test

import (
	"path/filepath"
	"testing"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/mongostore/mongotest"
	"goodpractice/internal/storetest"
)

// storage opens an empty store that is closed after the test.
type storage func(tb testing.TB) storetest.Engine

// storages are every engine, by name: tests run on the embedded one, and on MongoDB where they have one.
func storages() map[string]storage { return map[string]storage{"bbolt": embedded, "MongoDB": mongo} }

// embedded is the storage of tests that need no other: they look at what is done before a store is asked, or after it has
// answered.
func embedded(tb testing.TB) storetest.Engine {
	tb.Helper()
	store, err := boltstore.Open(filepath.Join(tb.TempDir(), "store.db"), boltstore.Options{NoSync: true})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = store.Close() })
	return store
}

// mongo skips the test where there is no MongoDB.
func mongo(tb testing.TB) storetest.Engine {
	tb.Helper()
	return mongotest.Open(tb, tb.TempDir())
}
