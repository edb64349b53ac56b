package boltstore_test

import (
	"testing"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/catalog"
	"goodpractice/internal/indexsync"
	"goodpractice/internal/storetest"
)

// The engine serves the use cases and feeds the index; it need not know either.
var (
	_ catalog.Store    = (*boltstore.Store)(nil)
	_ indexsync.Feed   = (*boltstore.Store)(nil)
	_ indexsync.Loader = (*boltstore.Store)(nil)
)

func TestContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, quick)
}

// open opens a store, which is closed after the test.
func open(tb testing.TB, path string, options boltstore.Options) *boltstore.Store {
	tb.Helper()
	store, err := boltstore.Open(path, options)
	if err != nil {
		tb.Fatalf("open %s: %v", path, err)
	}
	tb.Cleanup(func() {
		if err := store.Close(); err != nil {
			tb.Errorf("close %s: %v", path, err)
		}
	})
	return store
}
