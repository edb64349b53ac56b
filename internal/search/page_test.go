package search_test

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

// manyEntries are n practices, many of which share keys and some of which lack them, indexed in
// several batches with some of them overwritten.
func manyEntries(tb testing.TB, n int) (*search.Index, []knowledge.Entity) {
	tb.Helper()
	rng := rand.New(rand.NewPCG(1, 2))
	titles := []string{"Housing", "Álamo housing", "zeta housing", "Housing", "Öl housing", "Łódź housing"}
	var entities []knowledge.Entity
	for i := range n {
		p := practice(fmt.Sprintf("p%03d", i), "en", titles[rng.IntN(len(titles))], "Flats "+titles[rng.IntN(3)]+".",
			at(time.Duration(rng.IntN(5))*time.Hour, time.Duration(rng.IntN(5))*time.Hour), kt.Themed("housing"))
		if rng.IntN(3) > 0 {
			kt.From(2000 + rng.IntN(4))(p)
		}
		if rng.IntN(3) == 0 {
			p.PublishedAt = nil
		}
		if rng.IntN(10) == 0 {
			p.Texts[0].Title = ""
		}
		entities = append(entities, p)
	}
	x := open(tb)
	for _, part := range slices.Collect(slices.Chunk(entities, n/7+1)) {
		apply(tb, x.Current(), "1", part...)
	}
	apply(tb, x.Current(), "2", entities[:n/10]...)
	return x, entities
}

func TestPagesGiveTheWholeList(t *testing.T) {
	t.Parallel()
	x, entities := manyEntries(t, 90)
	fields := []knowledge.OrderField{
		"", knowledge.OrderRelevance, knowledge.OrderYear, knowledge.OrderTitle, knowledge.OrderCreatedAt,
		knowledge.OrderUpdatedAt, knowledge.OrderPublishedAt,
	}
	for _, field := range fields {
		for _, ascending := range []bool{false, true} {
			for _, text := range []string{"", "housing"} {
				t.Run(fmt.Sprint(field, ascending, text), func(t *testing.T) {
					t.Parallel()
					l := knowledge.Listing{Text: text, Order: knowledge.Order{Field: field, Ascending: ascending}}
					whole := find(t, x, l)
					if whole.Total != len(entities) || len(whole.Hits) != len(entities) || whole.HasNext || whole.HasPrevious {
						t.Fatalf("the whole list has %d of %d records", len(whole.Hits), whole.Total)
					}
					for _, size := range []int{1, 7, 45, 90} {
						checkForward(t, x, l, whole.Hits, size)
						checkBackward(t, x, l, whole.Hits, size)
					}
				})
			}
		}
	}
}

func checkForward(t *testing.T, x *search.Index, l knowledge.Listing, whole []knowledge.Hit, size int) {
	t.Helper()
	l.Page = knowledge.Page{First: size}
	for start := 0; start < len(whole); start += size {
		end := min(start+size, len(whole))
		found := find(t, x, l)
		if !sameHits(found.Hits, whole[start:end]) {
			t.Fatalf("page from %d by %d = %v, want %v", start, size, found.Hits, whole[start:end])
		}
		if found.HasNext != (end < len(whole)) || found.HasPrevious != (start > 0) || found.Total != len(whole) {
			t.Errorf("page from %d by %d: next %t, previous %t", start, size, found.HasNext, found.HasPrevious)
		}
		l.Page.After = found.Hits[len(found.Hits)-1].Cursor
	}
	if found := find(t, x, l); len(found.Hits) != 0 || found.HasNext || !found.HasPrevious {
		t.Errorf("after the end: %+v", found)
	}
}

func checkBackward(t *testing.T, x *search.Index, l knowledge.Listing, whole []knowledge.Hit, size int) {
	t.Helper()
	l.Page = knowledge.Page{Last: size}
	for end := len(whole); end > 0; end -= size {
		start := max(0, end-size)
		found := find(t, x, l)
		if !sameHits(found.Hits, whole[start:end]) {
			t.Fatalf("page to %d by %d = %v, want %v", end, size, found.Hits, whole[start:end])
		}
		if found.HasNext != (end < len(whole)) || found.HasPrevious != (start > 0) {
			t.Errorf("page to %d by %d: next %t, previous %t", end, size, found.HasNext, found.HasPrevious)
		}
		l.Page.Before = found.Hits[0].Cursor
	}
}

func TestOrders(t *testing.T) {
	t.Parallel()
	entities := []knowledge.Entity{
		practice("b", "en", "Beta", "x", kt.From(2010), at(0, 3*time.Hour)),
		practice("a", "en", "Álpha", "x", kt.From(2012), at(2*time.Hour, time.Hour)),
		practice("c", "en", "gamma", "x", at(time.Hour, 2*time.Hour)),
	}
	x := filled(t, entities...)
	tests := []struct {
		order knowledge.Order
		want  []string
	}{
		{knowledge.Order{}, []string{"b", "c", "a"}},
		{knowledge.Order{Field: knowledge.OrderTitle, Ascending: true}, []string{"a", "b", "c"}},
		{knowledge.Order{Field: knowledge.OrderTitle}, []string{"c", "b", "a"}},
		{knowledge.Order{Field: knowledge.OrderYear, Ascending: true}, []string{"b", "a", "c"}},
		{knowledge.Order{Field: knowledge.OrderYear}, []string{"a", "b", "c"}},
		{knowledge.Order{Field: knowledge.OrderCreatedAt}, []string{"a", "c", "b"}},
		{knowledge.Order{Field: knowledge.OrderUpdatedAt, Ascending: true}, []string{"a", "c", "b"}},
	}
	for _, test := range tests {
		if got := slugs(find(t, x, knowledge.Listing{Order: test.order}), entities); !slices.Equal(got, test.want) {
			t.Errorf("%+v: %v, want %v", test.order, got, test.want)
		}
	}
}

func TestCursorsOfOtherListsAreRefused(t *testing.T) {
	t.Parallel()
	x, _ := manyEntries(t, 20)
	year := 2001
	base := knowledge.Listing{Text: "housing", Page: knowledge.Page{First: 3}}
	cursor := find(t, x, base).Hits[0].Cursor
	change := map[string]func(*knowledge.Listing){
		"text":   func(l *knowledge.Listing) { l.Text = "flats" },
		"filter": func(l *knowledge.Listing) { l.Filter.YearFrom = &year },
		"links": func(l *knowledge.Listing) {
			l.Links = []knowledge.Term{{Relations: []knowledge.Relation{knowledge.RelTheme}, Target: kt.ID(knowledge.KindTheme, "housing")}}
		},
		"kinds":     func(l *knowledge.Listing) { l.Kinds = []knowledge.Kind{knowledge.KindPractice} },
		"order":     func(l *knowledge.Listing) { l.Order.Field = knowledge.OrderYear },
		"direction": func(l *knowledge.Listing) { l.Order.Ascending = true },
	}
	for name, f := range change {
		l := base
		f(&l)
		l.Page.After = cursor
		_, err := x.Find(t.Context(), l)
		wantInvalid(t, err, "after")
		l.Page = knowledge.Page{Last: 3, Before: cursor}
		if _, err = x.Find(t.Context(), l); err == nil {
			t.Errorf("another %s: the cursor is taken", name)
		}
		wantInvalid(t, err, "before")
	}
	same := base
	same.Page.After, same.Page.First, same.Viewer = cursor, 5, knowledge.Actor{Role: knowledge.RoleEditor}
	same.Facets, same.Languages = knowledge.FacetFields(), []knowledge.LanguageTag{"es"}
	if _, err := x.Find(t.Context(), same); err != nil {
		t.Errorf("the viewer, facets and size of a page are no part of the list: %v", err)
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		t.Fatal(err)
	}
	for _, garbled := range []string{"x", "!!!", cursor[:len(cursor)-2], cursor + "A", base64.RawURLEncoding.EncodeToString(raw[:9]), base64.RawURLEncoding.EncodeToString(raw[:12])} {
		l := base
		l.Page.After = garbled
		_, err := x.Find(t.Context(), l)
		wantInvalid(t, err, "after")
	}
}

func TestPageSizes(t *testing.T) {
	t.Parallel()
	x, entities := manyEntries(t, 20)
	tests := []struct {
		page     knowledge.Page
		argument string
	}{
		{knowledge.Page{}, "first"},
		{knowledge.Page{First: -1}, "first"},
		{knowledge.Page{First: knowledge.MaxPageSize + 1}, "first"},
		{knowledge.Page{Last: -1}, "last"},
		{knowledge.Page{Last: knowledge.MaxPageSize + 1}, "last"},
		{knowledge.Page{First: 1, Last: 1}, "last"},
	}
	for _, test := range tests {
		_, err := x.Find(t.Context(), knowledge.Listing{Page: test.page})
		wantInvalid(t, err, test.argument)
	}
	found := find(t, x, knowledge.Listing{Page: knowledge.Page{CountOnly: true}, Facets: []knowledge.FacetField{knowledge.FacetTheme}})
	if found.Total != len(entities) || len(found.Hits) != 0 || found.Facets[0].Buckets[0].Count != len(entities) {
		t.Errorf("count only = %+v", found)
	}
}
