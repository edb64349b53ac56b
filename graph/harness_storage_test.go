package graph_test

import (
	"path/filepath"
	"testing"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/mongostore/mongotest"
	"goodpractice/internal/storetest"
)

// storage opens an empty store that is closed after the test.
type storage func(t *testing.T) storetest.Engine

// storages are every engine, by name: tests run on the embedded one, and on MongoDB where they have one.
func storages() map[string]storage { return map[string]storage{"bbolt": embedded, "MongoDB": mongo} }

// embedded is the storage of tests that need no other: they look at what is done before a store is asked, or after it has
// answered.
func embedded(t *testing.T) storetest.Engine {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "store.db"), boltstore.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// mongo skips the test where there is no MongoDB.
func mongo(t *testing.T) storetest.Engine {
	t.Helper()
	return mongotest.Open(t, t.TempDir())
}
