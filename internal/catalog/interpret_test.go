package catalog_test

import (
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

func TestInterpretationNamesRecordsForTheReader(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	raw := &knowledge.Interpretation{
		Text: "locuire", DidYouMean: "locuinte", Language: "ro",
		Corrections: []knowledge.Correction{{Word: "locuirr", Instead: "locuire"}},
		Synonyms: []knowledge.Synonym{
			{Words: "locuire", Label: "A hidden label", Kind: knowledge.SynonymTheme, Link: knowledge.SynonymSame, ID: theme("housing")},
			{Words: "locuire", Label: "Segregation", Kind: knowledge.SynonymTheme, Link: knowledge.SynonymBroader, ID: theme("segregation")},
			{Words: "locuire", Label: "habitation", Kind: knowledge.SynonymThesaurus, Link: knowledge.SynonymSame},
		},
		Filters: []knowledge.TextFilter{
			{Field: "theme", Value: string(theme("housing"))},
			{Field: "theme", Value: string(theme("segregation")), Label: "Segregation"},
			{Field: "theme", Value: "housing/social", Label: "Social housing"},
			{Field: "country", Value: "ES", Excludes: true},
			{Field: "country", Value: "AQ"},
			{Field: "year", Value: "2012..2020"},
		},
	}
	want := &knowledge.Interpretation{
		Text: "locuire", DidYouMean: "locuinte", Language: "ro",
		Corrections: raw.Corrections,
		Synonyms: []knowledge.Synonym{
			{Words: "locuire", Label: "Locuire", Kind: knowledge.SynonymTheme, Link: knowledge.SynonymSame, ID: theme("housing")},
			raw.Synonyms[2],
		},
		Filters: []knowledge.TextFilter{
			{Field: "theme", Value: "housing", Label: "Locuire"},
			{Field: "theme", Value: "housing/social", Label: "Social housing"},
			{Field: "country", Value: "ES", Label: "Spain", Excludes: true},
			{Field: "country", Value: "AQ", Label: "AQ"},
			{Field: "year", Value: "2012..2020", Label: "2012..2020"},
		},
	}
	for range 2 { // What the page holds does not change.
		got, err := r.Interpretation(as(t, anonymous(), "ro"), raw)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "understood", want, got)
	}
	got, err := r.Interpretation(as(t, editor()), raw)
	if err != nil || len(got.Synonyms) != 3 || got.Filters[1].Value != "segregation" {
		t.Errorf("an editor is told %+v, %v", got, err)
	}
	if got, err := r.Interpretation(as(t, anonymous()), nil); got != nil || err != nil {
		t.Errorf("nothing is understood as %+v, %v", got, err)
	}
}

func TestInterpretationWithoutTheStore(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	c := r.with(t, func(*catalog.Options) {})
	r.faults.set(func(f *faulty) { f.load = func([]knowledge.ID) error { return unavailable() } })
	got, err := c.Interpretation(as(t, anonymous()), &knowledge.Interpretation{
		Text: "homes", Synonyms: []knowledge.Synonym{{Label: "Housing", ID: theme("housing")}, {Label: "habitation"}},
	})
	if !knowledge.IsKind(err, knowledge.Unavailable) || got == nil || len(got.Synonyms) != 1 || got.Text != "homes" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestScoresAreExplainedToEditorsAlone(t *testing.T) {
	t.Parallel()
	homes := owned("homes", knowledge.StatusPublished)
	r := newRig(t, homes)
	var asked knowledge.Listing
	parts := []knowledge.ScorePart{{Signal: knowledge.SignalWords, Word: "homes", Field: "title", Value: 2}}
	reading := knowledge.Reading{NoCorrections: true}
	found := knowledge.Found{
		Hits: []knowledge.Hit{{ID: homes.ID, Score: 2, Parts: parts}}, Total: 1,
		Interpretation: &knowledge.Interpretation{Text: "homes"}, Marker: marking{},
	}
	c := r.with(t, func(o *catalog.Options) { o.Search = scripted{Search: o.Search, found: &found, asked: &asked} })
	for name, a := range everyone() {
		l := every()
		l.Text, l.Explain, l.Reading = " homes ", true, reading
		page, err := c.Find(as(t, a), l)
		if err != nil {
			t.Fatal(err)
		}
		if asked.Explain != a.IsEditor() || asked.Reading != reading || asked.Text != "homes" {
			t.Errorf("for %s the index is asked %+v", name, asked)
		}
		same(t, "parts", parts, page.Items[0].Parts)
		if page.Interpretation == nil || page.Marker == nil {
			t.Errorf("%s is given the page %+v", name, page)
		}
	}
}
