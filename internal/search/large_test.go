package search_test

import (
	"fmt"
	"math"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

// Only the best thousand have a meaning and a bonus for the title: that must show in the parts, and nothing may be
// lost where the others begin.
func TestMoreThanTheBestThousand(t *testing.T) {
	t.Parallel()
	const n = 1300
	entities := topical(90, 1)
	for i := range n {
		entities = append(entities, practice(fmt.Sprintf("p%04d", i), "en", "Saxophone", fmt.Sprintf("Saxophone %d.", i%7), kt.From(2000+i%24)))
	}
	x := inBatches(t, "", 400, entities)
	learn(t, x)
	l := knowledge.Listing{Text: "saxophone band", Explain: true}
	seen := map[knowledge.ID]bool{}
	last := math.Inf(1)
	total := 0
	for l.Page = (knowledge.Page{First: knowledge.MaxPageSize}); ; {
		found := find(t, x, l)
		total = found.Total
		for _, h := range found.Hits {
			sum := 0.0
			for _, p := range h.Parts {
				sum += p.Value
			}
			if math.Abs(sum-h.Score) > 1e-6 {
				t.Fatalf("hit %d has %g, its parts make %g: %+v", len(seen), h.Score, sum, h.Parts)
			}
			if h.Score > last || seen[h.ID] {
				t.Fatalf("hit %d, %s, has %g after %g", len(seen), h.ID, h.Score, last)
			}
			last, seen[h.ID] = h.Score, true
		}
		if !found.HasNext {
			break
		}
		l.Page.After = found.Hits[len(found.Hits)-1].Cursor
	}
	if len(seen) != n || total != n {
		t.Errorf("%d hits of %d, want %d", len(seen), total, n)
	}
	checkLast(t, x, l, n)
}

// checkLast reads the end of the list backward.
func checkLast(t *testing.T, x *search.Index, l knowledge.Listing, n int) {
	t.Helper()
	l.Page = knowledge.Page{}
	if got := walked(t, x, l, knowledge.Page{Last: knowledge.MaxPageSize}, knowledge.MaxPageSize); len(got) != n {
		t.Errorf("backward there are %d, want %d", len(got), n)
	}
}
