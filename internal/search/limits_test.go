package search_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
)

func TestTheContextEndsASearch(t *testing.T) {
	t.Parallel()
	x := filled(t, practice("p", "en", "Housing", "Flats."))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Find(ctx, knowledge.Listing{Text: "housing", Page: knowledge.Page{First: 1}}); !errors.Is(err, context.Canceled) {
		t.Errorf("Find: %v", err)
	}
	if _, _, err := x.CrossTable(ctx, knowledge.CrossTable{Dimensions: []knowledge.FacetField{knowledge.FacetKind}}); !errors.Is(err, context.Canceled) {
		t.Errorf("CrossTable: %v", err)
	}
	if err := x.Current().Apply(ctx, nil, "2"); !errors.Is(err, context.Canceled) {
		t.Errorf("Apply: %v", err)
	}
	wantCursor(t, x.Current(), "1")
}

func TestSearchesDuringWritesSeeWholeBatches(t *testing.T) {
	t.Parallel()
	x := open(t)
	var wg sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				found, err := x.Find(t.Context(), knowledge.Listing{
					Text: "housing", Page: knowledge.Page{First: 3}, Facets: []knowledge.FacetField{knowledge.FacetKind},
				})
				if err != nil || found.Total%2 != 0 {
					t.Errorf("total %d, %v: want pairs", found.Total, err)
					return
				}
				if found.Total > 0 && found.Facets[0].Buckets[0].Count != found.Total {
					t.Errorf("facet %v with a total of %d", found.Facets, found.Total)
				}
			}
		})
	}
	for i := range 40 {
		name := string(rune('a' + i%10))
		apply(t, x.Current(), "1", practice(name+"-1", "en", "Housing", "Flats."), practice(name+"-2", "en", "Housing", "Flats."))
		if i%3 == 0 {
			apply(t, x.Current(), "1", kt.Deleted(practice(name+"-1", "en", "", "")), kt.Deleted(practice(name+"-2", "en", "", "")))
		}
	}
	close(done)
	wg.Wait()
}
