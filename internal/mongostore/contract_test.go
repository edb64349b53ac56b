package mongostore_test

import (
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/indexsync"
	"goodpractice/internal/mongostore"
	"goodpractice/internal/storetest"
)

// The engine serves the use cases and feeds the index; it need not know either.
var (
	_ catalog.Store    = (*mongostore.Store)(nil)
	_ indexsync.Feed   = (*mongostore.Store)(nil)
	_ indexsync.Loader = (*mongostore.Store)(nil)
)

func TestContract(t *testing.T) {
	t.Parallel()
	storetest.Run(t, onServer)
}
