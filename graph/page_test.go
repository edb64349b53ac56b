package graph_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"goodpractice/graph/transport"
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
	var records []knowledge.Entity
	var want []string
	for i := range 11 {
		slug := fmt.Sprintf("practice-%02d", i)
		records, want = append(records, knowledgetest.Practice(slug)), append(want, slug)
	}
	s := newSite(t, transport.Limits{}, records...)
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
	s := newSite(t, transport.Limits{})
	answer := s.ask(t, "", `{ practices { totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`, nil)
	const want = `{"practices":{"totalCount":0,"nodes":[],"edges":[],"pageInfo":{"hasNextPage":false,"hasPreviousPage":false,"startCursor":null,"endCursor":null}}}`
	if string(answer.Data) != want {
		t.Errorf("%s", answer.body)
	}
}

func TestALevelIsLoadedAtOnce(t *testing.T) {
	t.Parallel()
	records := []knowledge.Entity{knowledgetest.Country("ES", "Spain"), knowledgetest.Theme("housing")}
	for i := range 20 {
		city := fmt.Sprintf("city-%d", i)
		records = append(records, knowledgetest.Authority(city, city, "ES"),
			knowledgetest.Practice(fmt.Sprintf("practice-%d", i), knowledgetest.By(city), knowledgetest.Themed("housing")))
	}
	s := newSite(t, transport.Limits{}, records...)
	before := s.loads.Load()
	answer := s.ask(t, "", `{ practices { edges { node { title themes { label } authorities { name country { name } } } } } }`, nil)
	var data struct{ Practices struct{ Edges []any } }
	if err := json.Unmarshal(answer.Data, &data); err != nil || len(data.Practices.Edges) != 20 {
		t.Fatalf("%s", answer.body)
	}
	// The page, its themes and authorities, their countries. A busy machine may split a level in two.
	if n := s.loads.Load() - before; n > 6 {
		t.Errorf("%d calls of Load for three levels", n)
	}
}
