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

// housingOf tells whether a text that says housing finds a practice of countedWorld.
func housingOf(e knowledge.Entity) bool {
	title := e.(*knowledge.Practice).Texts[0].Title //nolint:forcetypeassert // All are practices.
	return title == "Housing" || slices.Contains(valuesOf(e, knowledge.FacetTheme), string(kt.ID(knowledge.KindTheme, "housing")))
}

// chosenOf are the values that a filter names of a dimension.
func chosenOf(x *knowledge.EntryFilter, f knowledge.FacetField) []string {
	var out []string
	switch f {
	case knowledge.FacetKind:
		out = words(x.Kinds)
	case knowledge.FacetTheme:
		out = x.Themes
	case knowledge.FacetTargetGroup:
		out = x.TargetGroups
	case knowledge.FacetCountry:
		out = words(x.Countries)
	case knowledge.FacetAuthority:
		out = x.Authorities
	case knowledge.FacetLanguage:
		out = words(x.Languages)
	case knowledge.FacetEvidence:
		out = words(x.Evidence)
	case knowledge.FacetYear: // A range names no value.
	}
	return out
}

func words[T ~string](list []T) []string {
	var out []string
	for _, x := range list {
		out = append(out, string(x))
	}
	return out
}

// passes tells by hand whether a practice fulfils a filter on all dimensions but one.
func passes(e knowledge.Entity, x *knowledge.EntryFilter, but knowledge.FacetField) bool {
	for _, f := range knowledge.FacetFields() {
		chosen := chosenOf(x, f)
		has := valuesOf(e, f)
		if f != but && len(chosen) > 0 && !slices.ContainsFunc(has, func(v string) bool { return slices.Contains(chosen, v) }) {
			return false
		}
	}
	if but == knowledge.FacetYear || x.YearFrom == nil && x.YearTo == nil {
		return true
	}
	year := e.(knowledge.Entry).Core().Year() //nolint:forcetypeassert // All are entries.
	return year != nil && (x.YearFrom == nil || *year >= *x.YearFrom) && (x.YearTo == nil || *year <= *x.YearTo)
}

// recount counts a dimension by hand, under all conditions but its own.
func recount(entities []knowledge.Entity, text string, x *knowledge.EntryFilter, f knowledge.FacetField) map[string]int {
	out := map[string]int{}
	for _, v := range chosenOf(x, f) {
		out[v] = 0
	}
	for _, e := range entities {
		if (text == "" || housingOf(e)) && passes(e, x, f) {
			for _, v := range valuesOf(e, f) {
				out[v]++
			}
		}
	}
	if f != knowledge.FacetYear || len(out) == 0 {
		return out
	}
	years := slices.Sorted(maps.Keys(out))
	first, _ := strconv.Atoi(years[0])
	last, _ := strconv.Atoi(years[len(years)-1])
	for year := first; year <= last; year++ {
		out[strconv.Itoa(year)] += 0
	}
	return out
}

func TestFacetsEqualARecount(t *testing.T) {
	t.Parallel()
	x, entities := countedWorld(t, 80)
	year := func(n int) *int { return &n }
	theme := func(slug string) string { return string(kt.ID(knowledge.KindTheme, slug)) }
	town := func(slug string) string { return string(kt.ID(knowledge.KindAuthority, slug)) }
	filters := map[string]knowledge.EntryFilter{
		"no filter":        {},
		"a theme":          {Themes: []string{theme("rent")}},
		"themes and towns": {Themes: []string{theme("rent"), theme("school")}, Authorities: []string{town("a"), town("b")}},
		"a country that nothing is from": {
			Countries: []knowledge.CountryCode{"FR"}, Languages: []knowledge.LanguageTag{"en"},
		},
		"a country more that nothing is from": {Countries: []knowledge.CountryCode{"IT", "FR"}},
		"years":                               {YearFrom: year(2001), YearTo: year(2002)},
		"from a year": {
			YearFrom: year(2002), Countries: []knowledge.CountryCode{"ES"},
			TargetGroups: []string{string(kt.ID(knowledge.KindTargetGroup, "roma"))},
		},
		"years without a record": {YearFrom: year(1990), YearTo: year(1995), Themes: []string{theme("school")}},
		"everything": {
			Kinds: []knowledge.Kind{knowledge.KindPractice}, Themes: []string{theme("housing")}, Countries: []knowledge.CountryCode{"RO"},
			Languages: []knowledge.LanguageTag{"en", "es"}, Authorities: []string{town("a"), town("c")}, YearTo: year(2001),
			Evidence: []knowledge.EvidenceLevel{"UNGRADED"},
		},
		"another kind": {Kinds: []knowledge.Kind{knowledge.KindLesson}},
	}
	for name, filter := range filters {
		for _, text := range []string{"", "housing"} {
			t.Run(name+" "+text, func(t *testing.T) {
				t.Parallel()
				found := find(t, x, knowledge.Listing{
					Kinds: []knowledge.Kind{knowledge.KindPractice}, Text: text, Filter: filter,
					Facets: knowledge.FacetFields(), Page: knowledge.Page{First: 1},
				})
				total := 0
				for _, e := range entities {
					if (text == "" || housingOf(e)) && passes(e, &filter, "") {
						total++
					}
				}
				if found.Total != total {
					t.Errorf("total %d, want %d", found.Total, total)
				}
				for _, f := range found.Facets {
					checkFacet(t, f, recount(entities, text, &filter, f.Field), chosenOf(&filter, f.Field))
				}
			})
		}
	}
}

// checkFacet compares a facet with what it should count, and looks at its order.
func checkFacet(t *testing.T, f knowledge.Facet, want map[string]int, chosen []string) {
	t.Helper()
	got := map[string]int{}
	for i, b := range f.Buckets {
		value := b.Value + string(b.ID)
		got[value] = b.Count
		if b.IsChosen != slices.Contains(chosen, value) {
			t.Errorf("%s: %s is chosen: %t", f.Field, value, b.IsChosen)
		}
		if i == 0 {
			continue
		}
		if before := f.Buckets[i-1]; f.Field == knowledge.FacetYear && before.Value >= b.Value ||
			f.Field != knowledge.FacetYear && before.Count < b.Count {
			t.Errorf("%s: %+v comes before %+v", f.Field, before, b)
		}
	}
	if !maps.Equal(got, want) || len(got) != len(f.Buckets) {
		t.Errorf("%s: %v, want %v", f.Field, f.Buckets, want)
	}
}

func TestYearsAreAHistogramWithoutGaps(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		years []int
		want  string // first year, last year, buckets, of which count something
	}{
		{"none", nil, "  0 0"},
		{"one", []int{2012}, "2012 2012 1 1"},
		{"a gap", []int{2012, 2016, 2016}, "2012 2016 5 2"},
		{"as many as fit", []int{1801, 2000}, "1801 2000 200 2"},
		{"the latest of more", []int{1790, 1850, 2000}, "1801 2000 200 2"},
		{"a gap wider than what fits", []int{1790, 2000}, "1801 2000 200 1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			entities := []knowledge.Entity{practice("without", "en", "Flats", "Flats.")}
			for i, year := range test.years {
				entities = append(entities, practice(fmt.Sprintf("p%d", i), "en", "Flats", "Flats.", kt.From(year)))
			}
			found := find(t, filled(t, entities...), knowledge.Listing{Facets: []knowledge.FacetField{knowledge.FacetYear}})
			buckets := found.Facets[0].Buckets
			if buckets == nil {
				t.Error("the buckets are nil")
			}
			first, last, counting := "", "", 0
			for i, b := range buckets {
				if i == 0 {
					first = b.Value
				}
				if last = b.Value; b.Count > 0 {
					counting++
				}
			}
			if got := fmt.Sprint(first, " ", last, " ", len(buckets), " ", counting); got != test.want {
				t.Errorf("years are %s, want %s", got, test.want)
			}
		})
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
