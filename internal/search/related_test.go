package search_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

// Records that are about the same follow those that match; nothing counts them.
func TestRelatedRecordsAreNotCounted(t *testing.T) {
	t.Parallel()
	entities := topical(200, 1)
	for i := range 4 {
		entities = append(entities, practice(fmt.Sprintf("band-%d", i), "en", "Saxophone",
			"Nurses and doctors of the clinic play the saxophone to patients and mothers and babies.", kt.From(2008+i)))
	}
	x := filled(t, entities...)
	learn(t, x)
	for _, filter := range []knowledge.EntryFilter{{}, {Kinds: []knowledge.Kind{knowledge.KindPractice}}, {YearFrom: new(2010)}} {
		l := knowledge.Listing{Text: "saxophone", Filter: filter, Facets: knowledge.FacetFields()}
		found := find(t, x, l)
		var related []knowledge.ID
		matching := 0
		for _, h := range found.Hits {
			if h.IsRelated {
				related = append(related, h.ID)
			} else if matching++; len(related) > 0 {
				t.Errorf("%s matches, and comes after a related record", h.ID)
			}
		}
		if matching == 0 || len(related) == 0 {
			t.Fatalf("%d records match and %d are related: want some of each", matching, len(related))
		}
		if found.Total != matching {
			t.Errorf("%+v: total %d, want %d", filter, found.Total, matching)
		}
		for _, f := range found.Facets {
			for _, b := range f.Buckets {
				if b.Count > matching {
					t.Errorf("%s: %+v counts more than the %d that match", f.Field, b, matching)
				}
			}
		}
		none := l
		none.Page = knowledge.Page{CountOnly: true}
		if counted := find(t, x, none); counted.Total != found.Total {
			t.Errorf("a page of nothing has a total of %d, want %d", counted.Total, found.Total)
		}
		checkRelatedPages(t, x, l, found)
	}
}

// checkRelatedPages reads the list in small pages.
func checkRelatedPages(t *testing.T, x *search.Index, l knowledge.Listing, whole knowledge.Found) {
	t.Helper()
	var got []knowledge.Hit
	for l.Page = (knowledge.Page{First: 2}); ; {
		found, err := x.Find(t.Context(), l)
		if err != nil {
			t.Fatal(err)
		}
		if found.Total != whole.Total || len(found.Facets) != len(whole.Facets) {
			t.Errorf("behind %d there are %d in total, want %d", len(got), found.Total, whole.Total)
		}
		for i, f := range found.Facets {
			if !slices.Equal(f.Buckets, whole.Facets[i].Buckets) {
				t.Errorf("behind %d, %s is %v, want %v", len(got), f.Field, f.Buckets, whole.Facets[i].Buckets)
			}
		}
		if got = append(got, found.Hits...); !found.HasNext {
			break
		}
		l.Page.After = got[len(got)-1].Cursor
	}
	if !slices.EqualFunc(got, whole.Hits, func(a, b knowledge.Hit) bool { return a.ID == b.ID && a.IsRelated == b.IsRelated }) {
		t.Errorf("page by page there are %d records, want %d as they are on one", len(got), len(whole.Hits))
	}
}

// countingContext counts how often a search looks at its deadline: it does for every segment that it goes over.
type countingContext struct {
	context.Context //nolint:containedctx // It is one.

	looks *atomic.Int64
}

func (c countingContext) Err() error {
	c.looks.Add(1)
	return c.Context.Err()
}

// Where many records match, no page looks for related ones: it costs less than one whose cursor asks for them.
func TestLaterPagesLookForNothingRelated(t *testing.T) {
	t.Parallel()
	x := inBatches(t, "", 20, topical(200, 1))
	learn(t, x)
	looks := func(l knowledge.Listing) (int64, knowledge.Found) {
		c := countingContext{t.Context(), new(atomic.Int64)}
		found, err := x.Find(c, l)
		if err != nil {
			t.Fatal(err)
		}
		return c.looks.Load(), found
	}
	l := knowledge.Listing{Text: "school OR lessons OR nurses", Page: knowledge.Page{First: 5}}
	_, found := looks(l)
	for page := 2; page < 5 && found.HasNext; page++ {
		honest := found.Hits[len(found.Hits)-1].Cursor
		forged, err := search.Forge(honest, search.Frozen{Related: new(0.0)})
		if err != nil {
			t.Fatal(err)
		}
		l.Page.After = forged
		more, _ := looks(l)
		l.Page.After = honest
		var less int64
		if less, found = looks(l); less >= more {
			t.Errorf("page %d goes over the records as often as one that looks for related ones", page)
		}
	}
}

// What a phrase excludes is no related record either: that it is in no match tells nothing about the others.
func TestRelatedRecordsFulfilTheRest(t *testing.T) {
	t.Parallel()
	entities := topical(200, 1)
	for i := range 4 {
		entities = append(entities,
			practice(fmt.Sprintf("band-%d", i), "en", "Saxophone", "Nurses and doctors of the clinic play the saxophone to patients and mothers and babies."),
			practice(fmt.Sprintf("nurses-%d", i), "en", "Nurses", "Nurses and doctors of the clinic, patients, mothers and babies; babies, patients."))
	}
	x := filled(t, entities...)
	learn(t, x)
	excluded := func(text string) (with, without int) {
		for _, h := range find(t, x, knowledge.Listing{Text: text}).Hits {
			isNurses := func(e knowledge.Entity) bool {
				return e.Head().ID == h.ID && strings.HasPrefix(e.Head().Slug, "nurses-")
			}
			switch {
			case slices.ContainsFunc(entities, isNurses):
				with++
			case h.IsRelated:
				without++
			}
		}
		return with, without
	}
	if with, _ := excluded("saxophone"); with == 0 {
		t.Fatal("no record with the phrase is related")
	}
	if with, without := excluded(`saxophone -"babies babies"`); with > 0 || without == 0 {
		t.Errorf("%d related records have what is excluded, %d have not", with, without)
	}
}
