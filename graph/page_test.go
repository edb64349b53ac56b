package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"goodpractice/graph/transport"
	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// listed is a page of practices.
type listed struct {
	Practices struct {
		TotalCount int
		Nodes      []struct{ Slug string }
		Edges      []struct{ Cursor string }
		PageInfo   struct {
			HasNextPage, HasPreviousPage bool
			StartCursor, EndCursor       *string
		}
	}
}

func TestPagesAreTheWholeListFromBothEnds(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var records []knowledge.Entity
			var want []string
			for i := range 11 {
				slug := fmt.Sprintf("practice-%02d", i)
				records, want = append(records, knowledgetest.Practice(slug)), append(want, slug)
			}
			s := newSite(t, on, transport.Limits{}, records...)
			for _, size := range []int{1, 3, 10, 11, 100} {
				forward := s.pages(t, "first", "after", size)
				if got := slices.Concat(forward...); !slices.Equal(got, want) {
					t.Errorf("forward by %d: %v", size, got)
				}
				backward := s.pages(t, "last", "before", size)
				slices.Reverse(backward)
				if got := slices.Concat(backward...); !slices.Equal(got, want) {
					t.Errorf("backward by %d: %v", size, got)
				}
			}
		})
	}
}

// pages reads a list to its end in one direction.
func (s *site) pages(t *testing.T, count, from string, size int) [][]string {
	t.Helper()
	query := fmt.Sprintf(`query ($size: Int, $cursor: String) {
		practices(%s: $size, %s: $cursor, orderBy: { field: TITLE, direction: ASC }) {
			totalCount nodes { slug } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`, count, from)
	var pages [][]string
	for cursor := (*string)(nil); len(pages) < 20; {
		page := get[listed](t, s, "", query, map[string]any{"size": size, "cursor": cursor}).Practices
		var slugs []string
		for _, n := range page.Nodes {
			slugs = append(slugs, n.Slug)
		}
		pages = append(pages, slugs)
		info := page.PageInfo
		isMore, next, isBehind := info.HasNextPage, info.EndCursor, info.HasPreviousPage
		if count == "last" {
			isMore, next, isBehind = info.HasPreviousPage, info.StartCursor, info.HasNextPage
		}
		if isBehind != (len(pages) > 1) || page.TotalCount != 11 || *info.StartCursor != page.Edges[0].Cursor {
			t.Errorf("page %d: %+v", len(pages), page)
		}
		if !isMore {
			return pages
		}
		cursor = next
	}
	t.Fatal("the pages have no end")
	return nil
}

func TestAnEmptyPageHasNoCursors(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, on, transport.Limits{})
			answer := s.ask(t, "", `{ practices { totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`, nil)
			const want = `{"practices":{"totalCount":0,"nodes":[],"edges":[],"pageInfo":{"hasNextPage":false,"hasPreviousPage":false,"startCursor":null,"endCursor":null}}}`
			if string(answer.Data) != want {
				t.Errorf("%s", answer.body)
			}
		})
	}
}

// TestAPageCostsTwoReads counts the reads of the store for a page of 20 and everything that its records are named by, with
// nothing in memory but the reader's token.
func TestAPageCostsTwoReads(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			records := []knowledge.Entity{
				knowledgetest.Country("ES", "Spain"), knowledgetest.Country("RO", "Romania"), tokenOf(editor, knowledge.RoleEditor),
			}
			for i := range 20 {
				city, theme, second := fmt.Sprintf("city-%d", i), fmt.Sprintf("theme-%d", i), fmt.Sprintf("second-%d", i)
				country := []knowledge.CountryCode{"ES", "RO"}[i%2]
				records = append(records, knowledgetest.Authority(city, city, country),
					knowledgetest.Theme(theme, "A theme"), knowledgetest.Theme(second, "A theme"),
					knowledgetest.Practice(fmt.Sprintf("practice-%d", i), knowledgetest.By(city), knowledgetest.In(country),
						knowledgetest.Themed(theme, second)))
			}
			s := newSite(t, on, transport.Limits{}, records...)
			const linked = `title attribution primaryTheme { label } themes { label } authorities { name country { name } } countries { name }`
			for name, query := range map[string]string{
				"a list":                 `{ practices(first: 20) { totalCount edges { node { ` + linked + ` } } } }`,
				"nodes of a list":        `{ found: practices(first: 20) { totalCount nodes { ` + linked + ` } } }`,
				"a search":               `{ search(text: "practice", first: 20) { totalCount edges { node { ... on Practice { ` + linked + ` } } } } }`,
				"a search, highlighted":  `{ search(text: "practice", first: 20) { totalCount edges { highlights { path } node { ... on Practice { ` + linked + ` } } } } }`,
				"a search with a filter": `{ search(first: 20, filter: {themes: ["` + idOf(knowledge.KindTheme, "theme-3") + `"]}) { totalCount edges { node { ... on Practice { ` + linked + ` } } } } }`,
			} {
				for _, reader := range []string{"", editor} {
					s.forget(t)
					before := s.loads.Load()
					cold := s.ask(t, reader, query, nil)
					if n := s.loads.Load() - before; n > 2 || n == 0 {
						t.Errorf("%s as %q: %d reads with nothing in memory", name, reader, n)
					}
					before = s.loads.Load()
					warm := s.ask(t, reader, query, nil)
					if n := s.loads.Load() - before; n != 0 {
						t.Errorf("%s as %q: %d reads with all in memory", name, reader, n)
					}
					if len(cold.Errors) > 0 || string(cold.body) != string(warm.body) || strings.Contains(string(cold.body), "null") {
						t.Errorf("%s as %q: cold %s, warm %s", name, reader, cold.body, warm.body)
					}
					if whole := name != "a search with a filter"; whole != strings.Contains(string(cold.body), `"totalCount":20`) {
						t.Errorf("%s as %q: %s", name, reader, cold.body)
					}
				}
			}
		})
	}
}

// together is longer than the busiest machine takes from the first field of a level to its last one.
const together = time.Second

// TestSimilarEntriesAreReadTogether counts the reads of the store for the similar entries of a page: one for the page, one for
// all that is similar to any of it, and one for what both are filed under.
func TestSimilarEntriesAreReadTogether(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			records, err := bundle.Seed()
			if err != nil {
				t.Fatal(err)
			}
			answer, n := readsOf(t, on, records, `{ practices(first: 10) { nodes { similar(first: 3) { score node { title } sharedThemes { label } } } } }`)
			if !strings.Contains(string(answer.Data), `"score"`) || n > 3 {
				t.Errorf("%d reads for %s", n, answer.body)
			}
		})
	}
}

// TestNestedPagesAreReadTogether counts the reads of the store for pages within a page: one for each page, and what they are
// named by once for all of them.
func TestNestedPagesAreReadTogether(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var records []knowledge.Entity
			for i := range 10 {
				theme := fmt.Sprintf("theme-%d", i)
				p := knowledgetest.Practice(fmt.Sprintf("practice-%d", i))
				l := knowledgetest.Lesson(fmt.Sprintf("lesson-%d", i), knowledgetest.Themed(theme))
				l.PracticeIDs = []knowledge.ID{p.ID}
				records = append(records, knowledgetest.Theme(theme, "A theme"), p, l)
			}
			answer, n := readsOf(t, on, records, `{ practices { nodes { lessons { nodes { title themes { label } } } } } }`)
			if strings.Count(string(answer.Data), `"label":"A theme"`) != 10 || n > 1+10+1 {
				t.Errorf("%d reads for %s", n, answer.body)
			}
		})
	}
}

// readsOf asks with nothing in memory, and counts the reads of the store where whoever asks together is waited for.
func readsOf(t *testing.T, on storage, records []knowledge.Entity, query string) (reply, int64) {
	t.Helper()
	store := on(t)
	if err := store.Save(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
	s := serveGathering(t, store, transport.Limits{}, together)
	s.forget(t)
	before := s.loads.Load()
	answer := s.ask(t, "", query, nil)
	if len(answer.Errors) > 0 {
		t.Fatalf("%s", answer.body)
	}
	return answer, s.loads.Load() - before
}
