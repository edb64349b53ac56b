package catalog_test

import (
	"strings"
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestSuggestionsShowWhatIsPublic(t *testing.T) {
	t.Parallel()
	camps := knowledgetest.Theme("camps", "Sites", "es:Campamentos")
	camps.HiddenLabels = []knowledge.Label{{Language: "en", Kind: knowledge.LabelAlternative, Text: "Misspelt"}}
	homes, draft := owned("homes", knowledge.StatusPublished), owned("draft", knowledge.StatusDraft)
	spain := knowledge.CountryID("ES")
	r := newRig(t, camps, homes, draft)
	c := r.with(t, func(o *catalog.Options) {
		o.Search = scripted{Search: o.Search, suggested: []knowledge.Suggestion{
			{Text: "housing", Kind: knowledge.SuggestWord, IsCorrected: true},
			{Text: "Campamentos", Kind: knowledge.SuggestTheme, ID: camps.ID},
			{Text: "Misspelt", Kind: knowledge.SuggestTheme, ID: camps.ID},
			{Text: "Homes", Kind: knowledge.SuggestEntry, ID: homes.ID},
			{Text: "The title before", Kind: knowledge.SuggestEntry, ID: homes.ID},
			{Text: "Draft", Kind: knowledge.SuggestEntry, ID: draft.ID},
			{Text: "Gone", Kind: knowledge.SuggestEntry, ID: practice("gone")},
			{Text: "Segregation", Kind: knowledge.SuggestTheme, ID: theme("segregation")}, // Archived.
			{Text: "Lyon", Kind: knowledge.SuggestAuthority, ID: authority("lyon")},
			{Text: "España", Kind: knowledge.SuggestCountry, ID: spain},
		}}
	})
	for name, a := range everyone() {
		got, err := c.Suggest(as(t, a), "x", 20)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "suggestions for "+name, []knowledge.Suggestion{
			{Text: "housing", Kind: knowledge.SuggestWord, IsCorrected: true},
			{Text: "Campamentos", Kind: knowledge.SuggestTheme, ID: camps.ID},
			{Text: "Sites", Kind: knowledge.SuggestTheme, ID: camps.ID},
			{Text: "Homes", Kind: knowledge.SuggestEntry, ID: homes.ID},
			{Text: "Lyon", Kind: knowledge.SuggestAuthority, ID: authority("lyon")},
			{Text: "España", Kind: knowledge.SuggestCountry, ID: spain},
		}, got)
	}
}

func TestSuggestRefuses(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for _, n := range []int{0, -1, knowledge.MaxSuggestions + 1} {
		_, err := r.Suggest(as(t, anonymous()), "hous", n)
		failure(t, err, knowledge.Invalid, "first")
	}
	_, err := r.Suggest(as(t, anonymous()), longText(knowledge.MaxPrefix+1), 5)
	failure(t, err, knowledge.Invalid, "prefix")
	for _, prefix := range []string{"", " ", strings.Repeat(" ", knowledge.MaxPrefix), longText(knowledge.MaxPrefix)} {
		got, err := r.Suggest(as(t, anonymous()), prefix, 5)
		if err != nil || got == nil || len(got) != 0 {
			t.Errorf("%q is completed to %v, %v", prefix, got, err)
		}
	}
}
