package graph_test

import (
	"encoding/json"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
)

// learnt looks for marks in what the index has learnt from texts: completions of how marks begin, and corrections of marks
// with a typing error. Only what everyone may see is learnt, so that an editor is not told of a draft either.
func (v *visit) learnt(t *testing.T) {
	t.Helper()
	const query = `query ($prefix: String!, $text: String) {
		suggest(prefix: $prefix, first: 20) { text kind isCorrected node { id } }
		search(text: $text, first: 1) { didYouMean interpretation {
			corrections { word instead } synonyms { words label node { id } } filters { value label } } }
	}`
	suggested, corrected := false, false
	for word, m := range v.world.marks {
		misspelt := word[:4] + "ww" + word[5:]
		answer := v.ask(t, v.reader, query, map[string]any{"prefix": word[:6], "text": misspelt})
		if len(answer.Errors) > 0 {
			t.Fatalf("%s", answer.body)
		}
		var got struct{ Suggest, Search json.RawMessage }
		if err := json.Unmarshal(answer.Data, &got); err != nil {
			t.Fatal(err)
		}
		inSuggest := strings.Contains(strings.ToLower(string(got.Suggest)), word)
		inSearch := strings.Contains(strings.ToLower(string(got.Search)), word)
		isPublic := len(m.readers) == len(readers())
		if !isPublic && (inSuggest || inSearch) {
			t.Errorf("%s is suggested to %q: %s", m.what, v.reader, answer.body)
		}
		suggested, corrected = suggested || isPublic && inSuggest, corrected || isPublic && inSearch
	}
	if !suggested || !corrected {
		t.Errorf("of what is public something is suggested: %v, and used for corrections: %v", suggested, corrected)
	}
}

// compares looks at what is similar to each record: only what is public, whatever the reader may see else. With as few public
// records as here that may be nothing; TestNothingHiddenIsSimilar has more.
func (v *visit) compares(t *testing.T) {
	t.Helper()
	const query = `query ($id: ID!) { node(id: $id) { ... on Entry {
		similar(first: 20) { score node { id title status } sharedThemes { label } sharedTargetGroups { label } } } } }`
	for _, e := range v.world.records {
		if !e.Kind().IsEntry() || !v.may(e) {
			continue
		}
		var got struct {
			Node struct {
				Similar []struct {
					Node struct {
						ID     knowledge.ID
						Status knowledge.EditorialStatus
					}
				}
			}
		}
		if err := json.Unmarshal(v.see(t, query, map[string]any{"id": e.Head().ID}), &got); err != nil {
			t.Fatal(err)
		}
		for _, s := range got.Node.Similar {
			if s.Node.Status != knowledge.StatusPublished || s.Node.ID == e.Head().ID {
				t.Errorf("%s is similar to %+v", e.Head().ID, s.Node)
			}
		}
	}
}
