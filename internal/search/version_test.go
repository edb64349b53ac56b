package search_test

import (
	"context"
	"testing"
	"time"

	"goodpractice/internal/knowledge"
)

func TestVersionChangesWithWhatASearchMayAnswer(t *testing.T) {
	t.Parallel()
	x := filled(t, topical(30, 1)...)
	learn(t, x)
	last := x.Version()
	for _, step := range []struct {
		name    string
		changes bool
		do      func()
	}{
		{"a search", false, func() { find(t, x, knowledge.Listing{Text: "school"}) }},
		{"a batch", true, func() { apply(t, x.Current(), "2", practice("a", "en", "Saxophone", "Saxophones.")) }},
		{"learning", true, func() { learn(t, x) }},
		{"another search", false, func() { find(t, x, knowledge.Listing{Text: "saxophone"}) }},
		{"another generation", true, func() {
			g, err := x.NewGeneration()
			if err != nil {
				t.Fatal(err)
			}
			before := x.Version()
			apply(t, g, "1", practice("b", "en", "Band", "A band."))
			if x.Version() != before {
				t.Error("a batch that no search sees yet changes the version")
			}
			if err := x.Swap(g); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		step.do()
		now := x.Version()
		if step.changes && now <= last || !step.changes && now != last {
			t.Errorf("%s: version %d after %d", step.name, now, last)
		}
		last = now
	}
}

// TestVersionLetsTheIndexLearn waits for what a search would begin: answers that are kept must not hold it up.
func TestVersionLetsTheIndexLearn(t *testing.T) {
	t.Parallel()
	x := filled(t, topical(30, 1)...)
	learn(t, x)
	apply(t, x.Current(), "2", practice("a", "en", "Saxophone", "Saxophones."), practice("b", "en", "A saxophone", "Band."))
	written := x.Version()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for x.Version() == written {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("nothing is learned")
		}
	}
	if found := find(t, x, knowledge.Listing{Text: "saxophonne"}); found.Total != 2 {
		t.Errorf("the new word is found %d times by its misspelling, want 2", found.Total)
	}
}
