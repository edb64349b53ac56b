package main

import (
	"context"
	"strings"
	"sync/atomic"

	"goodpractice/internal/knowledge"
)

// pathSearch is search as the resolvers call it, without GraphQL.
const pathSearch = "catalog, in process"

// searches are operations that are measured without GraphQL, as the search itself is judged by them.
func (b *bench) searches() []operation {
	prefixes := inTurn("h", "ho", "hou", "housing", "scho", "mediat", "vivi", "mad", "housnig", "empolyment")
	out := []operation{
		{name: "search page: 3 words, 4 facets, 2 filters, 20 highlights", bare: b.searchPage, bleve: b.bleve},
		{name: "suggest", bare: func(ctx context.Context) error {
			_, err := b.app.catalog.Suggest(ctx, prefixes(), 8)
			return err
		}},
		{name: "similar to a record", bare: func(ctx context.Context) error {
			_, err := b.app.index.Similar(ctx, b.ids[0], 5, knowledge.Actor{})
			return err
		}},
	}
	for _, text := range hostileTexts() {
		out = append(out, operation{
			name: "hostile search page: " + text[:min(len(text), 24)], bare: func(ctx context.Context) error { return b.page(ctx, text) },
		})
	}
	return out
}

// searchPage is the page that people look at most: some words, filters that were chosen, counts beside them
// that show what other choices would add, and why each of the twenty matched.
func (b *bench) searchPage(ctx context.Context) error { return b.page(ctx, "social housing families") }

func (b *bench) page(ctx context.Context, text string) error {
	from, to := 2005, 2020
	found, err := b.app.catalog.Find(ctx, knowledge.Listing{
		Kinds: knowledge.EntryKinds(), Text: text, Order: knowledge.Order{Field: knowledge.OrderRelevance},
		Filter: knowledge.EntryFilter{Themes: []string{"housing"}, YearFrom: &from, YearTo: &to},
		Facets: []knowledge.FacetField{knowledge.FacetTheme, knowledge.FacetCountry, knowledge.FacetYear, knowledge.FacetKind},
		Page:   knowledge.Page{First: 20},
	})
	if err != nil {
		return err
	}
	for _, item := range found.Items {
		if _, err := b.app.catalog.Highlights(ctx, found.Marker, item.Entity); err != nil {
			return err
		}
	}
	return nil
}

// hostileTexts are what makes other engines stand still, each at most as long as a search text may be.
func hostileTexts() []string {
	cut := func(s string) string { return s[:min(len(s), knowledge.MaxSearchText)] }
	return []string{
		"*a*", "/.*/", "a* b* c* d* e*", "hous* soci* fami* scho*", "wat~9",
		cut(strings.Repeat("housing social families school ", 80)),
		cut(strings.Repeat(`"social housing" `, 150)), cut(strings.Repeat("(", 500) + "housing" + strings.Repeat(")", 500)),
		cut(strings.Repeat("-housing OR ", 200)), cut(strings.Repeat("qwertzuiopasdf ", 140)),
		cut("hausing soziel familys shcool mediaters emplyment helth wommen childern watter setlement gypsys trvellers integartion municpality " + strings.Repeat("xyzzyq", 200)),
		cut(strings.Repeat("the of and to in a is that for it as was with be by on not he his but at are this have from or ", 25)),
	}
}

// inTurn gives the texts one after the other, again and again.
func inTurn(texts ...string) func() string {
	var at atomic.Int64
	return func() string { return texts[int(at.Add(1))%len(texts)] }
}
