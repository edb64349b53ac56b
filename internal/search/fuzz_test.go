package search_test

import (
	"encoding/base64"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search"
	"goodpractice/internal/stopwatch"
)

// slowInput is what no text may take of a processor on an index of a few records.
const slowInput = 50 * time.Millisecond

// FuzzFind searches for any text, read in any way: only its length is an error, every hit shows why it is one, and
// the parts of a score add up.
func FuzzFind(f *testing.F) {
	entities := append(everyKind(), bilingual()...)
	x := filled(f, entities...)
	items := map[knowledge.ID]knowledge.Indexable{}
	for _, item := range indexables(entities...) {
		items[item.Entity.Head().ID] = item
	}
	for i, s := range []string{
		"housing", `"open quote`, "a:b:c", "*a*", "/.*/", "wat~9", "Iğdır İSTANBUL", "l'’ʼ'", "\x00\xff", "ﬁ ﷺ ẞ", "日本語 한국어", "a\u0301\u0301",
		strings.Repeat("ab ", 600), strings.Repeat("é", 2001), "<mark>housing</mark>", "housng familis", "vivienda social", "theme:housing -year:2012..",
		"(roma OR sinti) hous* -camps", `"social housing" OR -(a b) country:es,ro city:"x`, "стамбено збрињавање", "theme:housing,vivienda kind:lesson",
		strings.Repeat("(", 40) + "housing" + strings.Repeat(" OR madrid)", 40), strings.Repeat("fam* ", 300), strings.Repeat(`"of the" `, 200),
	} {
		f.Add(s, byte(i))
	}
	f.Fuzz(func(t *testing.T, text string, bits byte) {
		l := knowledge.Listing{
			Text: text, Page: knowledge.Page{First: 20}, Facets: knowledge.FacetFields(), Explain: true,
			Reading: knowledge.Reading{
				NoLanguage: bits&1 != 0, NoCorrections: bits&2 != 0, NoSynonyms: bits&4 != 0, NoFilters: bits&8 != 0,
			},
		}
		if utf8.RuneCountInString(text) > knowledge.MaxSearchText {
			_, err := x.Find(t.Context(), l)
			wantInvalid(t, err, "text")
			return
		}
		found := findSoon(t, x, l)
		for _, h := range found.Hits {
			sum := 0.0
			named := false
			for _, p := range h.Parts {
				sum += p.Value
				named = named || p.Signal == knowledge.SignalWords && p.Field != "links"
			}
			if math.Abs(sum-h.Score) > 1e-6 {
				t.Errorf("%q: the parts of %s add up to %g, its score is %g", text, h.ID, sum, h.Score)
			}
			if found.Marker == nil {
				continue
			}
			marks := found.Marker.Highlight(nil, items[h.ID])
			if named && len(marks) == 0 {
				t.Errorf("%q: %s has no highlight, only %+v", text, h.ID, h.Parts)
			}
			for _, m := range marks {
				for _, fragment := range m.Fragments {
					plainText(t, fragment)
				}
			}
		}
	})
}

// findSoon searches, again where that took long: collecting garbage for others is part of it now and then.
func findSoon(t *testing.T, x *search.Index, l knowledge.Listing) knowledge.Found {
	t.Helper()
	best := time.Hour
	for range 5 {
		var found knowledge.Found
		var err error
		took := stopwatch.Processor(func() { found, err = x.Find(t.Context(), l) })
		if err != nil {
			t.Fatalf("%q: %v", l.Text, err)
		}
		if best = min(best, took); best <= stopwatch.Limit(slowInput) {
			return found
		}
	}
	t.Fatalf("%q takes %s", l.Text, best)
	return knowledge.Found{}
}

// FuzzCursor damages cursors: a list either goes on at one, or refuses it.
func FuzzCursor(f *testing.F) {
	x, _ := manyEntries(f, 12)
	orders := []knowledge.OrderField{knowledge.OrderRelevance, knowledge.OrderTitle, knowledge.OrderYear}
	for _, o := range orders {
		l := knowledge.Listing{Text: "housng flatts", Order: knowledge.Order{Field: o}}
		for _, h := range find(f, x, l).Hits {
			raw, err := base64.RawURLEncoding.DecodeString(h.Cursor)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(raw)
		}
	}
	f.Add([]byte(nil))
	f.Add([]byte{2})
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, cursor := range []string{base64.RawURLEncoding.EncodeToString(raw), string(raw)} {
			for _, o := range orders {
				for argument, page := range map[string]knowledge.Page{
					"after": {First: 5, After: cursor}, "before": {Last: 5, Before: cursor},
				} {
					l := knowledge.Listing{Text: "housng flatts", Order: knowledge.Order{Field: o}, Page: page}
					found, err := x.Find(t.Context(), l)
					if err != nil {
						wantInvalid(t, err, argument)
						continue
					}
					if len(found.Hits) > 5 || found.Total < len(found.Hits) {
						t.Errorf("%d hits of %d", len(found.Hits), found.Total)
					}
				}
			}
		}
	})
}
