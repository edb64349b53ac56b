package search_test

import (
	"slices"
	"testing"

	"goodpractice/internal/knowledge"
)

func TestTheLanguageOfAQueryIsTold(t *testing.T) {
	t.Parallel()
	x := filled(t, append(topical(30, 1), abroad()...)...)
	tests := []struct {
		query     string
		languages []knowledge.LanguageTag
		want      knowledge.LanguageTag
	}{
		{"the landlords of the city", nil, "en"},
		{"die Wohnungen der Familien", nil, "de"},
		{"las viviendas de las familias", nil, "es"},
		{"arabulucular okulda", nil, "tr"},
		{"деца у школи", nil, "sr"},
		{"hospital", nil, ""},                           // a word of two languages
		{"hospital", []knowledge.LanguageTag{"es"}, ""}, // which the reader speaks does not tell
		{"hospital vecinos", []knowledge.LanguageTag{"es"}, "es"},
		{"2014", nil, ""},
		{"???", nil, ""},
	}
	for _, test := range tests {
		l := knowledge.Listing{Text: test.query, Languages: test.languages}
		if got := find(t, x, l).Interpretation.Language; got != test.want {
			t.Errorf("%q is %q, want %q", test.query, got, test.want)
		}
		l.Reading.NoLanguage = true
		if got := find(t, x, l).Interpretation.Language; got != "" {
			t.Errorf("%q is %q, though nobody may guess", test.query, got)
		}
	}
}

func TestWordsWithoutMeaningAreNotRequired(t *testing.T) {
	t.Parallel()
	entities := []knowledge.Entity{
		practice("meant", "en", "Saxophones", "Band."),
		practice("empty", "en", "Whereas whether thus whilst", "Upon whom."),
	}
	x := filled(t, append(topical(30, 1), entities...)...)
	got := slugs(find(t, x, knowledge.Listing{Text: "what about the saxophones of those who were there"}), entities)
	if !slices.Equal(got, []string{"meant"}) {
		t.Errorf("found %v, want the one with the saxophones", got)
	}
}

func TestAnyLanguageIsSearchedByItsStems(t *testing.T) {
	t.Parallel()
	entities := append(topical(30, 1), abroad()...)
	x := filled(t, entities...)
	for _, test := range []struct{ query, want string }{
		{"Wohnung Familie", "de-0-0"},
		{"vivienda nueva", "es-0-0"},
		{"станова", "sr-cyrl-0-0"},
		{"konut", "tr-0-0"},
		{"clinics", "2-"},
	} {
		for _, reading := range []knowledge.Reading{{NoSynonyms: true}, {NoSynonyms: true, NoLanguage: true}} {
			got := slugs(find(t, x, knowledge.Listing{Text: test.query, Reading: reading}), entities)
			if len(got) == 0 || !hasBegin(got[0], test.want) {
				t.Errorf("%q, %+v finds %v, want %s first", test.query, reading, got, test.want)
			}
		}
	}
}

// hasBegin tells whether a slug is the one wanted, or begins like it; the two copies of a text are equal.
func hasBegin(slug, want string) bool {
	n := len(want)
	if want[n-1] != '-' {
		n-- // The number of the copy.
	}
	return len(slug) >= n && slug[:n] == want[:n]
}
