package graph_test

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/graph/transport"
	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

// understood is a search with everything that tells how the text was understood.
type understood struct {
	Search struct {
		TotalCount     int
		DidYouMean     *string
		Interpretation *struct {
			Text        string
			Language    *string
			Corrections []struct{ Word, Instead string }
			Synonyms    []struct {
				Words, Label, Kind, Link string
				Node                     *struct{ ID string }
			}
			Filters []filterInText
		}
		Nodes []struct{ Title string }
	}
}

type filterInText struct {
	Field, Value, Label string
	IsExcluding         bool
}

const understand = `query ($text: String!, $reading: SearchReading) { search(text: $text, reading: $reading, first: 5) {
	totalCount didYouMean nodes { title }
	interpretation { text language corrections { word instead } synonyms { words label kind link node { id } }
		filters { field value label isExcluding } } } }`

// understands asks the seed for a text. Whatever is named in off is not read into it.
func (s *site) understands(t *testing.T, text string, off ...string) understood {
	t.Helper()
	reading := map[string]any{}
	for _, name := range off {
		reading[name] = false
	}
	return get[understood](t, s, "", understand, map[string]any{"text": text, "reading": reading})
}

func TestSearchesTellHowATextWasUnderstood(t *testing.T) {
	t.Parallel()
	s := seeded(t, embedded)

	if got := s.understands(t, "  ").Search; got.Interpretation != nil || got.DidYouMean != nil || got.TotalCount == 0 {
		t.Errorf("a blank text is understood as %+v", got)
	}

	got := s.understands(t, "housng").Search
	if got.TotalCount == 0 || len(got.Interpretation.Corrections) != 1 || got.Interpretation.Corrections[0].Instead != "housing" ||
		!strings.Contains(got.Interpretation.Text, "housing") {
		t.Errorf("a misspelt word is understood as %+v", got)
	}
	got = s.understands(t, "housng", "corrections").Search
	if len(got.Interpretation.Corrections) != 0 || !strings.Contains(got.Interpretation.Text, "housng") {
		t.Errorf("without corrections a misspelt word is understood as %+v", got)
	}

	got = s.understands(t, "vivienda").Search
	if got.TotalCount == 0 || len(got.Interpretation.Synonyms) == 0 {
		t.Errorf("a Spanish word is understood as %+v", got)
	}
	for _, synonym := range got.Interpretation.Synonyms {
		if isListed := synonym.Kind != "THESAURUS"; isListed != (synonym.Node != nil) || synonym.Words == "" || synonym.Label == "" {
			t.Errorf("a synonym is told as %+v", synonym)
		}
	}
	if got := s.understands(t, "vivienda", "synonyms").Search; len(got.Interpretation.Synonyms) != 0 {
		t.Errorf("without synonyms it is understood as %+v", got)
	}

	got = s.understands(t, "school -country:es theme:housing").Search
	slices.SortFunc(got.Interpretation.Filters, func(a, b filterInText) int { return strings.Compare(a.Field, b.Field) })
	if diff := cmp.Diff(got.Interpretation.Filters, []filterInText{
		{Field: "country", Value: "ES", Label: "Spain", IsExcluding: true}, {Field: "theme", Value: "housing", Label: "Housing"},
	}); diff != "" {
		t.Errorf("filters in a text are understood otherwise (- got, + want):\n%s", diff)
	}
	if got := s.understands(t, "school theme:housing", "filters").Search; len(got.Interpretation.Filters) != 0 {
		t.Errorf("without filters it is understood as %+v", got)
	}
}

func TestPassagesAreTheFragmentsAsPlainText(t *testing.T) {
	t.Parallel()
	s := seeded(t, embedded)
	type answer struct {
		Search struct {
			Edges []struct {
				Highlights []struct {
					Fragments []string
					Passages  []struct {
						Text  string
						Marks []knowledge.Span
					}
				}
			}
		}
	}
	checked := 0
	for _, text := range []string{"housing", "Beyoğlu", "școală", "становање", "l'école & \"<b>\""} {
		got := get[answer](t, s, "", `query ($text: String) { search(text: $text) { edges { highlights { fragments passages { text marks { start end } } } } } }`,
			map[string]any{"text": text})
		for _, edge := range got.Search.Edges {
			for _, h := range edge.Highlights {
				if len(h.Passages) != len(h.Fragments) {
					t.Fatalf("%d passages for %q", len(h.Passages), h.Fragments)
				}
				for i, p := range h.Passages {
					if marked := marked(p.Text, p.Marks); marked != h.Fragments[i] {
						t.Errorf("%s: the passage is %q, the fragment %q", text, marked, h.Fragments[i])
					}
					checked += len(p.Marks)
				}
			}
		}
	}
	if checked == 0 {
		t.Error("nothing is marked")
	}
}

// marked marks a text as the descriptions of the schema say.
func marked(text string, marks []knowledge.Span) string {
	characters, at := []rune(text), 0
	var b strings.Builder
	for _, m := range marks {
		b.WriteString(html.EscapeString(string(characters[at:m.Start])) + "<mark>")
		b.WriteString(html.EscapeString(string(characters[m.Start:m.End])) + "</mark>")
		at = m.End
	}
	return b.String() + html.EscapeString(string(characters[at:]))
}

func TestSuggestionsOfTheSeed(t *testing.T) {
	t.Parallel()
	s := seeded(t, embedded)
	type answer struct {
		Suggest []struct {
			Text, Kind  string
			IsCorrected bool
			Node        *struct{ ID string }
		}
	}
	for prefix, isCorrected := range map[string]bool{"hous": false, "Hous": false, "housn": true} {
		got := get[answer](t, s, "", `query ($prefix: String!) { suggest(prefix: $prefix) { text kind isCorrected node { id } } }`,
			map[string]any{"prefix": prefix}).Suggest
		if len(got) == 0 || len(got) > 8 {
			t.Errorf("%s has %d suggestions", prefix, len(got))
		}
		for _, x := range got {
			if x.Text == "" || x.IsCorrected != isCorrected || (x.Kind == "WORD") != (x.Node == nil) {
				t.Errorf("%s: %+v", prefix, x)
			}
		}
	}
}

func TestSimilarEntriesOfTheSeed(t *testing.T) {
	t.Parallel()
	s := seeded(t, embedded)
	type answer struct {
		Practices struct {
			Nodes []struct {
				ID      string
				Themes  []struct{ Label string }
				Similar []struct {
					Score        float64
					Node         struct{ ID, Title string }
					SharedThemes []struct{ Label string }
				}
			}
		}
	}
	got := get[answer](t, s, "", `{ practices(first: 20) { nodes { id themes { label }
		similar(first: 3) { score node { id title } sharedThemes { label } } } } }`, nil)
	pairs, shared := 0, 0
	for _, p := range got.Practices.Nodes {
		last := 0.0
		for i, x := range p.Similar {
			if x.Node.ID == p.ID || i > 0 && x.Score > last || x.Score <= 0 || x.Score > 1.0001 {
				t.Errorf("%s: %+v", p.ID, p.Similar)
			}
			last = x.Score
			pairs++
			shared += min(1, len(x.SharedThemes))
			for _, theme := range x.SharedThemes {
				if !strings.Contains(fmt.Sprint(p.Themes), theme.Label) {
					t.Errorf("%s does not have the theme %s", p.ID, theme.Label)
				}
			}
		}
	}
	if pairs < 40 || shared == 0 {
		t.Errorf("of %d similar entries %d share a theme", pairs, shared)
	}
}

// TestNothingHiddenIsSimilar adds to the seed a draft of every practice, with the same texts: nothing is nearer to it.
func TestNothingHiddenIsSimilar(t *testing.T) {
	t.Parallel()
	records, err := bundle.Seed()
	if err != nil {
		t.Fatal(err)
	}
	var drafts []knowledge.ID
	for _, e := range records {
		p, ok := e.(*knowledge.Practice)
		if !ok {
			continue
		}
		draft := *p
		draft.ID, draft.Slug = knowledge.DeriveID(knowledge.KindPractice, "draft", p.Slug), "draft-"+p.Slug
		draft.Status, draft.PublishedRevision = knowledge.StatusDraft, 0
		records, drafts = append(records, &draft), append(drafts, draft.ID)
	}
	s := newSite(t, embedded, transport.Limits{Cost: 1 << 20}, append(records, tokenOf(editor, knowledge.RoleEditor))...)
	type answer struct {
		Nodes []*struct {
			Slug    string
			Similar []struct{ Node struct{ Slug, Status string } }
		}
	}
	const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Practice { slug similar(first: 20) { node { slug status } } } } }`
	got := get[answer](t, s, editor, query, map[string]any{"ids": drafts[:50]})
	found := 0
	for _, n := range got.Nodes {
		for _, x := range n.Similar {
			found++
			if x.Node.Status != string(knowledge.StatusPublished) || x.Node.Slug == n.Slug {
				t.Errorf("%s is similar to %s, which is %s", n.Slug, x.Node.Slug, x.Node.Status)
			}
		}
	}
	if found == 0 {
		t.Error("nothing is similar to anything")
	}
}

func TestSimilarOfSimilarHasAnEnd(t *testing.T) {
	t.Parallel()
	s := seededWithin(t, embedded, transport.Limits{Cost: 1 << 20})
	answer := s.ask(t, "", `{ practices(first: 30) { nodes { similar(first: 20) { node { similar(first: 20) { score } } } } } }`, nil)
	if len(answer.Errors) == 0 || answer.Errors[0].Extensions.Code != transport.CodeBadUserInput ||
		!strings.Contains(answer.Errors[0].Message, "100 entries") {
		t.Errorf("%.500s", answer.body)
	}
	if answer := s.ask(t, "", `{ practices(first: 30) { nodes { similar(first: 2) { node { similar(first: 2) { score } } } } } }`, nil); len(answer.Errors) > 0 {
		t.Errorf("%.500s", answer.body)
	}
}

func TestChosenValuesStayAmongTheFacets(t *testing.T) {
	t.Parallel()
	s := seeded(t, embedded)
	type answer struct {
		Search struct {
			TotalCount int
			Facets     []struct {
				Field   string
				Buckets []struct {
					Value    string
					Count    int
					IsChosen bool
				}
			}
		}
	}
	got := get[answer](t, s, "", `{ search(text: "housing", filter: {countries: ["ES", "AQ"], themes: ["housing"]}) {
		totalCount facets(fields: [COUNTRY, THEME, YEAR], first: 2) { field buckets { value count isChosen } } } }`, nil).Search
	chosen, others, last := map[string]int{}, 0, ""
	for _, f := range got.Facets {
		for _, b := range f.Buckets {
			if b.IsChosen {
				chosen[b.Value] = b.Count
			} else if f.Field == "COUNTRY" {
				others += b.Count
			}
			if f.Field == "YEAR" {
				if b.Value <= last {
					t.Errorf("the year %s comes after %s", b.Value, last)
				}
				last = b.Value
			}
		}
	}
	if n, isThere := chosen["AQ"]; !isThere || n != 0 || chosen["ES"] != got.TotalCount || chosen["housing"] < 1 || others == 0 {
		t.Errorf("chosen are %v of %d, other countries have %d: %+v", chosen, got.TotalCount, others, got.Facets)
	}
	if last == "" {
		t.Error("there are no years")
	}
}
