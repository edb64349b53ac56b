package search_test

import (
	"sync/atomic"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search"
)

// The terms of the field take longer to read than all else that a start does.
func TestTermsAreReadOnlyToSearchAndToIndexTexts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	restarted(t, dir, func(x *search.Index) { apply(t, x.Current(), "1", topical(30, 1)...) })
	var reads atomic.Int32
	x, err := search.OpenCounting(t.Context(), search.Options{Dir: dir, IsBrief: true}, &reads)
	if err != nil {
		t.Fatal(err)
	}
	learn(t, x)
	if found := find(t, x, knowledge.Listing{}); found.Total != 30 {
		t.Errorf("%d records are found, want 30", found.Total)
	}
	if n := reads.Load(); n != 0 {
		t.Errorf("the terms were read %d times for a list without a text", n)
	}
	if found := find(t, x, knowledge.Listing{Text: "school"}); found.Total == 0 {
		t.Error("a word is not found")
	}
	apply(t, x.Current(), "2", practice("p", "en", "Schools", "Schools."))
	learn(t, x)
	if n := reads.Load(); n != 1 {
		t.Errorf("the terms were read %d times to search, want once", n)
	}
	if got := suggest(t, x, "scho"); len(got) == 0 {
		t.Error("nothing is suggested")
	}
	if err := x.Close(); err != nil {
		t.Error(err)
	}
}
