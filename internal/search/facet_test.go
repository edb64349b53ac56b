package search_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

// countedWorld are practices with random values in every dimension, in several batches, with updates
// and deletions. It returns what is left.
func countedWorld(tb testing.TB, n int) (*search.Index, []knowledge.Entity) {
	tb.Helper()
	rng := rand.New(rand.NewPCG(3, 4))
	pick := func(words ...string) string { return words[rng.IntN(len(words))] }
	nouns := []knowledge.Entity{kt.Theme("housing"), belowHousing(kt.Theme("slum-exit")), belowHousing(kt.Theme("rent")), kt.Theme("school")}
	make1 := func(i int) knowledge.Entity {
		p := practice(fmt.Sprintf("p%03d", i), knowledge.LanguageTag(pick("en", "es", "ro")), pick("Housing", "School"), "Flats.",
			kt.Themed(pick("housing", "slum-exit", "rent", "school"), pick("housing", "school")),
			kt.In(knowledge.CountryCode(pick("ES", "RO")), knowledge.CountryCode(pick("RO", "IT"))),
			kt.By(pick("a", "b", "c")), kt.For(pick("roma", "women")))
		if rng.IntN(4) > 0 {
			kt.From(2000 + rng.IntN(3))(p)
		}
		return p
	}
	left := map[knowledge.ID]knowledge.Entity{}
	x := open(tb)
	for batch := range 6 {
		items := nouns
		for range n / 4 {
			e := make1(rng.IntN(n))
			if rng.IntN(6) == 0 {
				e = kt.Deleted(e.(*knowledge.Practice)) //nolint:forcetypeassert // It is one.
				delete(left, e.Head().ID)
			} else {
				left[e.Head().ID] = e
			}
			items = append(slices.Clip(items), e)
		}
		apply(tb, x.Current(), knowledge.Cursor(strconv.Itoa(batch)), items...)
	}
	var out []knowledge.Entity
	for _, e := range left {
		out = append(out, e)
	}
	return x, out
}

// valuesOf recounts by hand what the dimensions of a practice are.
func valuesOf(e knowledge.Entity, f knowledge.FacetField) []string {
	set := map[string]bool{}
	c := e.(knowledge.Entry).Core() //nolint:forcetypeassert // All are entries.
	switch f {
	case knowledge.FacetKind:
		set[string(e.Kind())] = true
	case knowledge.FacetTheme:
		for _, id := range c.ThemeIDs {
			set[string(id)] = true
			if id == kt.ID(knowledge.KindTheme, "slum-exit") || id == kt.ID(knowledge.KindTheme, "rent") {
				set[string(kt.ID(knowledge.KindTheme, "housing"))] = true
			}
		}
	case knowledge.FacetCountry:
		for _, code := range c.CountryCodes {
			set[string(code)] = true
		}
	case knowledge.FacetAuthority:
		for _, x := range c.Contributors {
			set[string(x.AuthorityID)] = true
		}
	case knowledge.FacetLanguage:
		set[string(c.SourceLanguage)] = true
	case knowledge.FacetYear:
		if y := c.Year(); y != nil {
			set[strconv.Itoa(*y)] = true
		}
	case knowledge.FacetTargetGroup:
		for _, id := range c.TargetGroupIDs {
			set[string(id)] = true
		}
	case knowledge.FacetEvidence:
		set["UNGRADED"] = true
	}
	return strings.Fields(sorted(keysOf(set)))
}

func keysOf(set map[string]bool) []string { return slices.Collect(maps.Keys(set)) }

func TestFacetsEqualARecount(t *testing.T) {
	t.Parallel()
	x, entities := countedWorld(t, 80)
	for _, text := range []string{"", "housing"} {
		found := find(t, x, knowledge.Listing{
			Kinds: []knowledge.Kind{knowledge.KindPractice}, Text: text, Facets: knowledge.FacetFields(), Page: knowledge.Page{First: 1},
		})
		total := 0
		want := map[knowledge.FacetField]map[string]int{}
		for _, e := range entities {
			title := e.(*knowledge.Practice).Texts[0].Title //nolint:forcetypeassert // All are practices.
			if text != "" && title != "Housing" && !strings.Contains(strings.Join(valuesOf(e, knowledge.FacetTheme), " "), string(kt.ID(knowledge.KindTheme, "housing"))) {
				continue
			}
			total++
			for _, f := range knowledge.FacetFields() {
				if want[f] == nil {
					want[f] = map[string]int{}
				}
				for _, v := range valuesOf(e, f) {
					want[f][v]++
				}
			}
		}
		if found.Total != total {
			t.Errorf("%q: total %d, want %d", text, found.Total, total)
		}
		for _, f := range found.Facets {
			got := map[string]int{}
			last := 1 << 30
			for _, b := range f.Buckets {
				got[b.Value+string(b.ID)] = b.Count
				if b.Count > last {
					t.Errorf("%s is not in the order of its counts", f.Field)
				}
				last = b.Count
			}
			if !maps.Equal(got, want[f.Field]) {
				t.Errorf("%q %s: %v, want %v", text, f.Field, got, want[f.Field])
			}
		}
	}
}

func TestCrossTableEqualsARecount(t *testing.T) {
	t.Parallel()
	x, entities := countedWorld(t, 80)
	dimensions := []knowledge.FacetField{knowledge.FacetTheme, knowledge.FacetCountry, knowledge.FacetYear, knowledge.FacetAuthority}
	for n := 1; n <= len(dimensions); n++ {
		want := map[string]int{}
		for _, e := range entities {
			rows := []string{""}
			for _, f := range dimensions[:n] {
				var longer []string
				for _, row := range rows {
					for _, v := range valuesOf(e, f) {
						longer = append(longer, row+" "+v)
					}
				}
				rows = longer
			}
			for _, row := range rows {
				want[row]++
			}
		}
		cells, total, err := x.CrossTable(t.Context(), knowledge.CrossTable{Dimensions: dimensions[:n]})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, c := range cells {
			var row strings.Builder
			for _, b := range c.Values {
				row.WriteString(" " + b.Value + string(b.ID))
			}
			got[row.String()] = c.Count
		}
		if total != len(entities) || !maps.Equal(got, want) {
			t.Errorf("%d dimensions: total %d, want %d; %d cells, want %d", n, total, len(entities), len(got), len(want))
		}
	}
	for _, wrong := range [][]knowledge.FacetField{nil, append(dimensions, knowledge.FacetKind)} {
		_, _, err := x.CrossTable(t.Context(), knowledge.CrossTable{Dimensions: wrong})
		wantInvalid(t, err, "by")
	}
}
