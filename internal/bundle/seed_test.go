package bundle_test

import (
	"testing"
	"time"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

// then is the instant at which the tests plant the seed.
func then() time.Time { return time.Date(2024, time.May, 14, 9, 30, 0, 0, time.UTC) }

// seed is the seed, as the test's own copy.
func seed(t testing.TB) []knowledge.Entity {
	t.Helper()
	entities, err := bundle.Seed(then())
	if err != nil {
		t.Fatal(err)
	}
	return entities
}

func TestSeedHasEverythingInTheData(t *testing.T) {
	t.Parallel()
	got := map[knowledge.Kind]int{}
	translations := 0
	for _, e := range seed(t) {
		got[e.Kind()]++
		if entry, ok := e.(knowledge.Entry); ok {
			translations += len(entry.Blocks()) - 1
		}
	}
	t.Log(got, translations)
}
