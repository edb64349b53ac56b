package search_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
)

// A term of the thesaurus that no record has is found by what its labels have in common.
func TestTermsThatNoRecordHasAreFoundByTheirLabels(t *testing.T) {
	t.Parallel()
	entities := []knowledge.Entity{
		practice("water", "en", "A well for the quarter", "Families fetched water from the river."),
		practice("supply", "en", "A supply of paper", "The access road ends at the shop."),
		practice("fr", "fr", "Un quartier", "Les familles allaient chercher l’eau à la rivière."),
		practice("draft", "en", "Secret", "A remembrance.", kt.Standing(knowledge.StatusDraft), kt.By("rome")),
	}
	x := filled(t, append(topical(6, 1), entities...)...)
	thesaurusOnly := []knowledge.SynonymKind{knowledge.SynonymThesaurus}
	tests := []struct{ query, want, synonyms string }{
		{"πόσιμο νερό", "fr water", "ποσιμο νερο=water supply"},
		{"питейна вода", "fr water", "pitejna voda=water supply"},
		{"питейната вода", "fr water", "pitejnata voda=water supply"}, // a form of it is not corrected
		{"içme suyu", "fr water", "icme suyu=water supply"},
		{"ivóvíz", "fr water", "ivoviz=water supply"},
		{"drinking water", "water", ""},                     // typed in a language of the records
		{"Schwimmbad", "", ""},                              // no term
		{"μνήμη", "", ""},                                   // only a draft has a word of its labels
		{"\"πόσιμο νερό\"", "", "ποσιμο νερο=water supply"}, // a phrase is wanted as it is
	}
	for _, test := range tests {
		found := find(t, x, knowledge.Listing{Text: test.query})
		own := slices.DeleteFunc(slugs(found, entities), func(s string) bool { return s == "" })
		if got := sorted(own); got != test.want {
			t.Errorf("%q finds %s, want %s", test.query, got, test.want)
		}
		if got := synonyms(found.Interpretation, thesaurusOnly...); got != test.synonyms || len(found.Interpretation.Corrections) > 0 {
			t.Errorf("%q: synonyms %q, corrections %v, want synonyms %q", test.query, got, found.Interpretation.Corrections, test.synonyms)
		}
		for _, h := range found.Hits {
			if e := byID(entities, h.ID); e != nil && len(found.Marker.Highlight(nil, knowledge.Indexable{Entity: e})) == 0 {
				t.Errorf("%q: %s has no highlight", test.query, e.Head().Slug)
			}
		}
	}
	literally := find(t, x, knowledge.Listing{Text: "πόσιμο νερό", Reading: knowledge.Reading{NoSynonyms: true}})
	if literally.Total != 0 || len(literally.Interpretation.Synonyms) > 0 {
		t.Errorf("without synonyms it finds %d by %+v", literally.Total, literally.Interpretation.Synonyms)
	}
}

// Where a record has the term itself, words of labels are no reason to show others.
func TestLabelsStandForNothingThatRecordsHave(t *testing.T) {
	t.Parallel()
	entities := []knowledge.Entity{
		practice("term", "en", "Running water", "Each house got a tap."),
		practice("water", "en", "A well for the quarter", "Families fetched water from the river."),
	}
	x := filled(t, append(topical(6, 1), entities...)...)
	found := find(t, x, knowledge.Listing{Text: "πόσιμο νερό"})
	if got := strings.TrimSpace(strings.Join(slugs(found, entities), " ")); got != "term" {
		t.Errorf("it finds %s, want the record with the term", got)
	}
}

// A form of a label is right where its term is found by the labels, and is not corrected to what looks like it.
func TestFormsOfSuchTermsAreNotCorrected(t *testing.T) {
	t.Parallel()
	entities := append(abroad(), practice("water", "en", "A well for the quarter", "Families fetched water from the river."),
		practice("near", "sr-Cyrl", "Реч", "У граду је водоснабревања."))
	x := filled(t, append(topical(6, 1), entities...)...)
	const text = "водоснабдевања станове породицама"
	found := find(t, x, knowledge.Listing{Text: text})
	if got := corrections(found.Interpretation); got != "" || found.Interpretation.Language != "sr" {
		t.Errorf("corrections %q in %s, want none in sr", got, found.Interpretation.Language)
	}
	if got := slugs(found, entities); !slices.Contains(got, "water") {
		t.Errorf("it finds %v, want water among them", got)
	}
}

// What words of labels stand for on the first page they stand for on the next ones, whatever is published meanwhile.
func TestPagesOfWhatIsFoundByLabelsGoOn(t *testing.T) {
	t.Parallel()
	var entities []knowledge.Entity
	for i := range 12 {
		entities = append(entities, practice(fmt.Sprintf("water-%02d", i), "en", "A well for the quarter", "Families fetched water from the river."))
	}
	x := filled(t, entities...)
	l := knowledge.Listing{Text: "πόσιμο νερό", Page: knowledge.Page{First: 5}}
	seen := map[knowledge.ID]bool{}
	for round, added := range []knowledge.Entity{
		practice("term", "en", "Running water", "Each house got a tap."),
		practice("typed", "el", "Νερό", "Το νερό."),
		nil,
	} {
		found := find(t, x, l)
		for _, h := range found.Hits {
			if byID(entities, h.ID) != nil && seen[h.ID] {
				t.Errorf("page %d has %s again", round+1, h.ID)
			}
			seen[h.ID] = true
			l.Page.After = h.Cursor
		}
		if added != nil {
			apply(t, x.Current(), knowledge.Cursor(strconv.Itoa(round+2)), added)
		}
	}
	for _, e := range entities {
		if !seen[e.Head().ID] {
			t.Errorf("%s is on no page", e.Head().Slug)
		}
	}
}
