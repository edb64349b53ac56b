package graph_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// searched is what the search of the walk answers.
type searched struct {
	Search struct {
		TotalCount int
		Edges      []struct{ Explanation []any }
		Facets     []struct {
			Field   string
			Buckets []struct{ Count int }
		}
	}
}

// searches looks for the words that mark what is hidden: no entry may be found, counted or highlighted by them.
func (v *visit) searches(t *testing.T) {
	t.Helper()
	const query = `query ($text: String, $filter: EntryFilter) { search(text: $text, filter: $filter, explain: true) {
		totalCount edges { score explanation { signal word field value } highlights { path fragments passages { text } } node { id title } } facets { field buckets { value label count } } } }`
	found := false // that the search finds what it may
	for word, m := range v.world.marks {
		may := slices.Contains(m.readers, v.reader)
		if may && (found || !strings.HasPrefix(m.what, "the public practice")) {
			continue
		}
		answer := v.ask(t, v.reader, query, with("text", word))
		var got searched
		if err := json.Unmarshal(answer.Data, &got); err != nil || len(answer.Errors) > 0 {
			t.Fatalf("%s: %v", answer.body, err)
		}
		switch {
		case may:
			v.explained(t, got)
			found = got.Search.TotalCount > 0 && strings.Contains(string(answer.body), word)
		case strings.Contains(string(answer.body), word):
			t.Errorf("a search for %s shows it: %s", m.what, answer.body)
		case strings.Contains(m.what, "of town"): // Names of archived records are no secret, and may lead to what is public.
			v.nothing(t, m.what, got)
		}
	}
	if !found {
		t.Error("a search for the public practice does not find it")
	}
}

// explained fails where the scores are explained to somebody who is no editor, or not to an editor.
func (v *visit) explained(t *testing.T, got searched) {
	t.Helper()
	for _, edge := range got.Search.Edges {
		if isTold := len(edge.Explanation) > 0; isTold != slices.Contains([]string{editor, administrator}, v.reader) {
			t.Errorf("%q is given the explanation %v", v.reader, edge.Explanation)
		}
	}
}

// nothing fails where something was found or counted.
func (v *visit) nothing(t *testing.T, what string, got searched) {
	t.Helper()
	if got.Search.TotalCount > 0 {
		t.Errorf("a search for %s finds %d", what, got.Search.TotalCount)
	}
	for _, facet := range got.Search.Facets {
		if len(facet.Buckets) > 0 {
			t.Errorf("a search for %s counts %v", what, facet)
		}
	}
}
