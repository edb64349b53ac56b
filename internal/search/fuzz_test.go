package search_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
)

func FuzzText(f *testing.F) {
	entities := everyKind()
	x := filled(f, entities...)
	items := map[knowledge.ID]knowledge.Indexable{}
	for _, item := range indexables(entities...) {
		items[item.Entity.Head().ID] = item
	}
	for _, s := range []string{
		"housing", `"open quote`, "a:b:c", "*a*", "/.*/", "wat~9", "Iğdır İSTANBUL", "l'’ʼ'", "\x00\xff", "ﬁ ﷺ ẞ", "日本語 한국어", "a\u0301\u0301",
		strings.Repeat("ab ", 600), strings.Repeat("é", 2001), "<mark>housing</mark>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, err := x.Find(t.Context(), knowledge.Listing{Text: text, Page: knowledge.Page{First: 20}, Facets: knowledge.FacetFields()})
		if utf8.RuneCountInString(text) > knowledge.MaxSearchText {
			wantInvalid(t, err, "text")
			return
		}
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		for _, h := range found.Hits {
			marks := x.Highlight(text, nil, items[h.ID])
			if text != "" && len(marks) == 0 {
				t.Errorf("%q: %s has no highlight", text, h.ID)
			}
			for _, m := range marks {
				for _, fragment := range m.Fragments {
					plainText(t, fragment)
				}
			}
		}
	})
}

func FuzzCursor(f *testing.F) {
	x, _ := manyEntries(f, 12)
	orders := []knowledge.OrderField{knowledge.OrderRelevance, knowledge.OrderTitle, knowledge.OrderYear}
	for _, o := range orders {
		l := knowledge.Listing{Text: "housing", Order: knowledge.Order{Field: o}}
		for _, h := range find(f, x, l).Hits {
			f.Add(h.Cursor)
		}
	}
	f.Add("")
	f.Add("AQ")
	f.Fuzz(func(t *testing.T, cursor string) {
		for _, o := range orders {
			for argument, page := range map[string]knowledge.Page{
				"after": {First: 5, After: cursor}, "before": {Last: 5, Before: cursor},
			} {
				_, err := x.Find(t.Context(), knowledge.Listing{Text: "housing", Order: knowledge.Order{Field: o}, Page: page})
				if err != nil {
					wantInvalid(t, err, argument)
				}
			}
		}
	})
}
