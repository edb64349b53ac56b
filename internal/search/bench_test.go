package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

// benchIndex is an index on disk of n entries that are put together from a few.
func benchIndex(b *testing.B, n int) (*search.Index, map[knowledge.ID]knowledge.Indexable) {
	b.Helper()
	var from []knowledge.Entity
	long := []string{
		"The regional agency moved families out of shanty settlements into ordinary flats. Social workers visited every family. ",
		"School mediators speak both languages. Attendance rose in two years. The city paid for housing and for health care. ",
		"Town halls watched for new shacks. A labour programme trained adults. Children sang in the music school. ",
		"The council built social housing with the residents. Rents stayed low. An assembly of neighbours took decisions. ",
	}
	for i, text := range long {
		for j, language := range []knowledge.LanguageTag{"en", "es", "de", "ro"} {
			from = append(from, practice(fmt.Sprintf("p%d-%d", i, j), language, fmt.Sprintf("Housing and school %d", i), text,
				kt.Saying(func(t *knowledge.EntryText) {
					t.Situation, t.Action, t.Results = text+long[0], text+long[1], long[2]+text
				}),
				kt.Themed(fmt.Sprintf("theme-%d", i), "housing"), kt.By(fmt.Sprintf("city-%d", j)), kt.In("ES", "RO"),
				kt.For("families"), kt.From(2000+i)))
		}
	}
	nouns := []knowledge.Entity{kt.Theme("housing", "Housing", "es:Vivienda"), kt.Country("ES", "Spain"), kt.Country("RO", "Romania"), kt.TargetGroup("families")}
	for i := range 4 {
		nouns = append(nouns, belowHousing(kt.Theme(fmt.Sprintf("theme-%d", i))), kt.Authority(fmt.Sprintf("city-%d", i), fmt.Sprintf("City %d", i), "ES"))
	}
	x := openIn(b, b.TempDir())
	items := map[knowledge.ID]knowledge.Indexable{}
	for part := range slices.Chunk(slices.Collect(kt.Corpus(append(nouns, from...), n, 1)), 500) {
		batch := indexables(append(slices.Clone(nouns), part...)...)
		if err := x.Current().Apply(b.Context(), batch, "1"); err != nil {
			b.Fatal(err)
		}
		for _, item := range batch {
			items[item.Entity.Head().ID] = item
		}
	}
	return x, items
}

func BenchmarkFind(b *testing.B) {
	x, items := benchIndex(b, 10_000)
	theme := knowledge.EntryFilter{Themes: []string{string(kt.ID(knowledge.KindTheme, "theme-1"))}}
	page := knowledge.Page{First: 20}
	for name, l := range map[string]knowledge.Listing{
		"word":               {Text: "housing", Page: page},
		"word and facets":    {Text: "housing", Page: page, Facets: knowledge.FacetFields()},
		"rare word":          {Text: "assembly", Page: page, Facets: knowledge.FacetFields()},
		"three words":        {Text: "social housing families", Page: page, Facets: knowledge.FacetFields()},
		"question":           {Text: "how did the city move families out of shanty settlements", Page: page, Facets: knowledge.FacetFields()},
		"paragraph":          {Text: paragraph(), Page: page, Facets: knowledge.FacetFields()},
		"list by year":       {Filter: theme, Order: knowledge.Order{Field: knowledge.OrderYear}, Page: page},
		"list by title":      {Order: knowledge.Order{Field: knowledge.OrderTitle, Ascending: true}, Page: page},
		"facets of all":      {Page: knowledge.Page{CountOnly: true}, Facets: knowledge.FacetFields()},
		"slug":               {Slug: someSlug(items), Page: page},
		"entries of a place": {Links: []knowledge.Term{{Relations: []knowledge.Relation{knowledge.RelContributor}, Target: kt.ID(knowledge.KindAuthority, "city-1")}}, Page: page},
	} {
		b.Run(name, func(b *testing.B) {
			benchFind(b, x, l)
		})
	}
	found := find(b, x, knowledge.Listing{Text: "social housing families", Page: page})
	b.Run("highlights of a page", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, h := range found.Hits {
				found.Marker.Highlight([]knowledge.LanguageTag{"en"}, items[h.ID])
			}
		}
	})
	b.Run("cross table", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := x.CrossTable(b.Context(), knowledge.CrossTable{Dimensions: []knowledge.FacetField{
				knowledge.FacetTheme, knowledge.FacetCountry, knowledge.FacetYear, knowledge.FacetKind,
			}}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("apply one", func(b *testing.B) {
		item := items[found.Hits[0].ID]
		for b.Loop() {
			if err := x.Current().Apply(b.Context(), []knowledge.Indexable{item}, "2"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// benchFind reports the spread beside the mean.
func benchFind(b *testing.B, x *search.Index, l knowledge.Listing) {
	b.Helper()
	b.ReportAllocs()
	var times []time.Duration
	total := 0
	for b.Loop() {
		begin := b.Elapsed()
		found, err := x.Find(b.Context(), l)
		if err != nil {
			b.Fatal(err)
		}
		times = append(times, b.Elapsed()-begin)
		total = found.Total
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(total), "hits")
}

// someSlug is the slug of one of the entries, the same each time.
func someSlug(items map[knowledge.ID]knowledge.Indexable) string {
	var slugs []string
	for _, item := range items {
		slugs = append(slugs, item.Entity.Head().Slug)
	}
	return slices.Max(slugs)
}

// BenchmarkApply writes 500 entries a batch into an index on disk, as a rebuild does.
func BenchmarkApply(b *testing.B) {
	for b.Loop() {
		benchIndex(b, 1000)
	}
	b.ReportMetric(float64(1000*b.N)/b.Elapsed().Seconds(), "entries/s")
}

// paragraph is a text of nearly the greatest length, most of whose words the records have.
func paragraph() string {
	words := "agency moved families out of shanty settlements into ordinary flats social workers visited every family school mediators " +
		"speak both languages attendance rose two years city paid housing health care town halls watched new shacks labour programme trained adults "
	return strings.Repeat(words, knowledge.MaxSearchText/len(words))
}
