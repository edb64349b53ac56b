package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
)

// synonyms writes them as "words=label", or "words<label" for a broader one.
func synonyms(i *knowledge.Interpretation, kinds ...knowledge.SynonymKind) string {
	var out []string
	for _, s := range i.Synonyms {
		sign := map[knowledge.SynonymMatch]string{knowledge.SynonymSame: "=", knowledge.SynonymBroader: "<"}[s.Link]
		if slices.Contains(kinds, s.Kind) {
			out = append(out, s.Words+sign+s.Label)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestRecordsAreFoundByAnyOfTheirNames(t *testing.T) {
	t.Parallel()
	entities := bilingual()
	x := filled(t, append(topical(12, 1), entities...)...)
	tests := []struct {
		query     string
		languages []knowledge.LanguageTag
		first     string
		others    string
		synonyms  string
	}{
		{"Turin", nil, "in-turin", "", ""},
		{"Torino", nil, "in-turin", "", "torino=Turin"},
		{"Torino", []knowledge.LanguageTag{"it"}, "in-turin", "", ""}, // as the reader calls it
		{"Taurinum mentors", nil, "in-turin", "", "taurinum=Turin"},
		{"Manouches", nil, "of-sinti", "umbrella", "manouches<Roma manouches=Sinti"},
		{"Sinti", nil, "of-sinti", "umbrella", "sinti<Roma"},
		{"Sinti", []knowledge.LanguageTag{"es"}, "of-sinti", "umbrella", "sinti<Gitanos"},
		{"syntee", nil, "of-sinti", "umbrella", "syntee<Roma syntee=Sinti"},
		{"gens du voyage", nil, "of-travellers", "umbrella", "gens du voyage<Roma gens du voyage=Travellers"},
		{"Gitanos", nil, "", "of-sinti of-travellers umbrella", "gitanos=Roma"},
		{"Roma", nil, "", "of-sinti of-travellers umbrella", ""},
		{"Italia", nil, "in-turin", "", "italia=Italy"},
	}
	kinds := []knowledge.SynonymKind{
		knowledge.SynonymTheme, knowledge.SynonymTargetGroup, knowledge.SynonymAuthority, knowledge.SynonymCountry,
	}
	for _, test := range tests {
		found := find(t, x, knowledge.Listing{Kinds: knowledge.EntryKinds(), Text: test.query, Languages: test.languages})
		got := slugs(found, entities)
		if test.first != "" && (len(got) == 0 || got[0] != test.first) {
			t.Errorf("%q finds %v, want %s first", test.query, got, test.first)
		}
		rest := slices.DeleteFunc(got, func(s string) bool { return s == test.first })
		if s := sorted(rest); s != test.others {
			t.Errorf("%q finds %s besides, want %s", test.query, s, test.others)
		}
		if s := synonyms(found.Interpretation, kinds...); s != test.synonyms {
			t.Errorf("%q: synonyms %s, want %s", test.query, s, test.synonyms)
		}
	}
}

func TestSynonymsCanBeSwitchedOff(t *testing.T) {
	t.Parallel()
	entities := bilingual()
	x := filled(t, append(topical(12, 1), entities...)...)
	tests := []struct{ query, want string }{
		{"Sinti", "of-sinti"},
		{"Torino", "in-turin"}, // a label of what the record is linked to
		{"vivienda", ""},
		{"syntee", "of-sinti"},
	}
	for _, test := range tests {
		found := find(t, x, knowledge.Listing{
			Kinds: knowledge.EntryKinds(), Text: test.query, Reading: knowledge.Reading{NoSynonyms: true, NoCorrections: true},
		})
		if got := strings.Join(slugs(found, entities), " "); got != test.want || len(found.Interpretation.Synonyms) > 0 {
			t.Errorf("%q without synonyms finds %q by %+v, want %q", test.query, got, found.Interpretation.Synonyms, test.want)
		}
	}
}

func TestTheThesaurusCarriesAcrossLanguages(t *testing.T) {
	t.Parallel()
	entities := []knowledge.Entity{
		practice("en", "en", "Housing for all", "The residents moved in."),
		practice("es", "es", "Programa de vivienda", "Los vecinos ayudaron."),
		practice("apart", "en", "Music", "Children sang."),
	}
	x := filled(t, append(topical(2, 1)[1:], entities...)...)
	tests := []struct {
		query string
		words string // of the synonym
		want  []string
	}{
		{"vivienda", "vivienda", []string{"es", "en"}},
		{"housing", "", []string{"en", "es"}},
		{"logement", "logement", nil},
		{"стамбено збрињавање", "", nil},
		{"lakhatás", "lakhatas", nil},
		{"locuințe", "locuinte", nil},
	}
	for _, test := range tests {
		found := find(t, x, knowledge.Listing{Text: test.query})
		got := slugs(found, entities)
		if test.want != nil && !slices.Equal(got, test.want) || sorted(got) != "en es" {
			t.Errorf("%q finds %v, want en and es, in the order of %v", test.query, got, test.want)
		}
		told := slices.ContainsFunc(found.Interpretation.Synonyms, func(s knowledge.Synonym) bool {
			return s.Kind == knowledge.SynonymThesaurus && s.Words == test.words && s.Label != "" && s.ID == ""
		})
		if test.words != "" && !told {
			t.Errorf("%q: synonyms are %+v", test.query, found.Interpretation.Synonyms)
		}
		for _, h := range found.Hits {
			if got := found.Marker.Highlight(nil, knowledge.Indexable{Entity: byID(entities, h.ID)}); len(got) == 0 {
				t.Errorf("%q: %s has no highlight", test.query, h.ID)
			}
		}
	}
}

func byID(entities []knowledge.Entity, id knowledge.ID) knowledge.Entity {
	for _, e := range entities {
		if e.Head().ID == id {
			return e
		}
	}
	return nil
}

// A hidden label is what people call a record that it should not be called: it is looked for and never shown.
func TestHiddenLabelsAreNeverShown(t *testing.T) {
	t.Parallel()
	theme := kt.Theme("shelter", "Shelter")
	theme.HiddenLabels = []knowledge.Label{{Language: "en", Text: "slurword"}, {Language: "fr", Text: "gros slurword"}}
	group := kt.TargetGroup("people", "People")
	group.HiddenLabels = []knowledge.Label{{Language: "en", Text: "nasties"}}
	below := kt.Theme("below", "Huts")
	below.BroaderID = new(theme.ID)
	entities := []knowledge.Entity{
		theme, group, below, practice("p", "en", "Flats", "Flats.", kt.Themed("shelter"), kt.For("people")),
		practice("q", "en", "Huts", "Huts.", kt.Themed("below")),
	}
	x := filled(t, append(topical(6, 1), entities...)...)
	hidden := []string{"slurword", "nasties"}
	for _, test := range []struct{ query, typed string }{
		{"slurword", "slurword"},
		{"nasties", "nasties"},
		{"shelter", ""},
		{"people", ""},
		{"huts", ""},
		{"slurwor", ""},
		{"nastie", ""},
		{"slurw*", ""},
		{"shelter people", ""},
		{"nastees", ""},
		{"theme:slurword", "slurword"},
	} {
		found := find(t, x, knowledge.Listing{Text: test.query})
		shown := fmt.Sprintf("%+v", *found.Interpretation)
		for _, h := range found.Hits {
			if e := byID(entities, h.ID); e != nil {
				shown = fmt.Sprintf("%s %+v", shown, found.Marker.Highlight(nil, indexables(append(entities, e)...)[len(entities)]))
			}
		}
		for _, word := range hidden {
			if word != test.typed && strings.Contains(shown, word) {
				t.Errorf("%q shows %s: %s", test.query, word, shown)
			}
		}
		if test.typed == "" {
			continue
		}
		for _, h := range found.Hits {
			if e := byID(entities, h.ID); e != nil {
				marks := found.Marker.Highlight(nil, indexables(append(entities, e)...)[len(entities)])
				if strings.Contains(fmt.Sprintf("%+v", marks), test.typed) {
					t.Errorf("%q: the highlights show it: %+v", test.query, marks)
				}
			}
		}
		if got := slugs(found, entities); !slices.Contains(got, "p") {
			t.Errorf("%q finds %v, want p", test.query, got)
		}
	}
}
