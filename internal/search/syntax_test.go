package search_test

import (
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
)

// syntaxWorld are a few records for queries with signs in them.
func syntaxWorld() []knowledge.Entity {
	ghent := kt.Authority("ghent", "Ghent", "BE")
	ghent.Names = append(ghent.Names, knowledge.Label{Language: "nl", Kind: knowledge.LabelPreferred, Text: "Gent"})
	lesson := kt.Lesson("lesson", kt.Titled("Mediators at school"), kt.Summed("They speak both languages."), kt.In("RO"), kt.From(2014))
	return []knowledge.Entity{
		kt.Theme("housing", "Housing", "es:Vivienda"), belowHousing(kt.Theme("slum-exit", "Leaving slums")), kt.Theme("work", "Work and jobs"),
		kt.TargetGroup("youth", "Young people"), ghent, kt.Authority("cluj", "ro:Cluj-Napoca", "RO"),
		kt.Country("BE", "Belgium"), kt.Country("RO", "Romania", "ro:România"), kt.Country("ES", "Spain"),
		practice("social", "en", "Social housing", "Flats near the camps.", kt.Themed("housing"), kt.By("ghent"), kt.In("BE"), kt.From(2010)),
		practice("across", "en", "Something social", "Housing of families.", kt.Themed("slum-exit"), kt.In("ES"), kt.From(2012)),
		practice("turned", "en", "Housing, social and more", "Integration of families.", kt.Themed("work"), kt.By("cluj"), kt.In("RO"), kt.From(2016)),
		practice("jobs", "es", "Empleo", "Trabajo para jóvenes.", kt.Themed("work"), kt.For("youth"), kt.In("ES"), kt.From(2020)),
		lesson,
	}
}

func TestTheSearchLanguage(t *testing.T) {
	t.Parallel()
	entities := syntaxWorld()
	x := filled(t, entities...)
	tests := []struct{ query, want string }{
		// Phrases: in one text, side by side and in the order.
		{`"social housing"`, "social"},
		{`"housing social"`, "turned"},
		{`"SOCIAL  Housing`, "social"},
		{`„housing of families“`, "across"},
		{`"social housing flats"`, ""}, // not from one text into the next
		{`"something social housing"`, ""},
		{`"social families"`, ""},
		{`"houses of families"`, ""}, // not by stems
		{`"housing"`, "across social turned"},
		// Exclusions.
		{"housing -camps", "across turned"},
		{"housing -camp", "across turned"}, // by its stem too
		{`housing -"social housing"`, "across turned"},
		{"housing -(social families)", "social"},
		{"housing -families -camps", ""},
		{"-housing", "jobs lesson"},
		{"-housing -mediators", "jobs"},
		// Alternatives and groups.
		{"camps OR mediators", "lesson social"},
		{"camps or mediators", "lesson social"},     // two words, each of which is enough
		{"families camps OR integration", "turned"}, // families either way
		{"(something families) OR mediators", "across lesson"},
		{`"social housing" OR integration`, "social turned"},
		{"housing (camps OR integration) -flats", "turned"},
		// Beginnings.
		{"integr*", "turned"},
		{"famil*", "across turned"},
		{"cam* OR medi*", "lesson social"},
		{"housing -integr*", "across social"},
		{"ca*", ""},
		// Filters.
		{"theme:housing", "across social"},
		{"theme:slum-exit", "across"},
		{`theme:"leaving slums"`, "across"},
		{"theme:vivienda", "across social"},
		{"theme:work,slum-exit", "across jobs turned"},
		{"theme:work -theme:work", ""},
		{"group:youth", "jobs"},
		{`group:"young people"`, "jobs"},
		{"country:es", "across jobs"},
		{"country:ES,be", "across jobs social"},
		{"country:romania", "lesson turned"},
		{"country:România", "lesson turned"},
		{"city:gent", "social"},
		{"city:GHENT", "social"},
		{"city:cluj-napoca", "turned"},
		{`city:"cluj napoca"`, "turned"},
		{"city:cluj", "turned"}, // the slug
		{"language:es", "jobs"},
		{"language:en,es kind:practice", "across jobs social turned"},
		{"year:2012", "across"},
		{"year:2012..2016", "across lesson turned"},
		{"year:2016..2012", "across lesson turned"},
		{"year:2016..", "jobs turned"},
		{"year:..2010", "social"},
		{"year:2010,2020", "jobs social"},
		{"kind:lesson", "lesson"},
		{"kind:LESSON,practice", "across jobs lesson social turned"},
		{"housing country:es", "across"},
		{"housing -country:es", "social turned"},
		{"housing -year:2016..", "across social"},
		{"housing theme:work country:ro year:2010.. kind:practice", "turned"},
		{"camps OR country:ro", "lesson social turned"},
		// What is no syntax is words.
		{"housing:", "across social turned"},
		{"+housing", "across social turned"},
		{"housing?", "across social turned"},
		{"housing~9", "across social turned"},
		{"/housing/", "across social turned"},
		{"a - housing", "across social turned"},
		{"(housing", "across social turned"},
		{"title:camps", "social"},
		{"country:nowhere camps", "social"},
		{"theme:nothing camps", "social"},
		{"theme:housing,nothing camps", "across social turned"}, // one value means nothing: all of it is words
		{"year:12 camps", "social"},
		{"kind:essay camps", "social"},
		{"*", ""},
		{"  ", ""},
		{"!?", ""},
		{`""`, ""},
		{"-", ""},
		{"OR", ""},
	}
	for _, test := range tests {
		found := find(t, x, knowledge.Listing{
			Kinds: knowledge.EntryKinds(), Text: test.query, Reading: knowledge.Reading{NoSynonyms: true, NoCorrections: true},
		})
		got := slugs(found, entities)
		slices.Sort(got)
		if strings.Join(got, " ") != test.want || found.Total != len(got) {
			t.Errorf("%s finds %v, want %s", test.query, got, test.want)
		}
	}
}

func TestFiltersOfATextAreTold(t *testing.T) {
	t.Parallel()
	x := filled(t, syntaxWorld()...)
	tests := []struct {
		query string
		none  bool // filters are not to be read
		text  string
		want  []knowledge.TextFilter
	}{
		{"camps theme:vivienda", false, "camps theme:vivienda", []knowledge.TextFilter{{Field: "theme", Value: "housing", Label: "Housing"}}},
		{"-city:Gent", false, "-city:Gent", []knowledge.TextFilter{{Field: "city", Value: "ghent", Label: "Ghent", Excludes: true}}},
		{"country:es,ro", false, "country:es,ro", []knowledge.TextFilter{
			{Field: "country", Value: "ES", Label: "Spain"}, {Field: "country", Value: "RO", Label: "Romania"},
		}},
		{"year:2012..2016 kind:lesson", false, "year:2012..2016 kind:lesson", []knowledge.TextFilter{
			{Field: "year", Value: "2012..2016", Label: "2012..2016"}, {Field: "kind", Value: "LESSON", Label: knowledge.KindLesson.Noun()},
		}},
		{"theme:nothing camps", false, "theme:nothing camps", nil},
		{"theme:housing camps", true, "theme:housing camps", nil},
	}
	for _, test := range tests {
		found := find(t, x, knowledge.Listing{
			Text: test.query, Reading: knowledge.Reading{NoSynonyms: true, NoCorrections: true, NoFilters: test.none},
		})
		told := slices.Clone(found.Interpretation.Filters)
		slices.SortFunc(told, func(a, b knowledge.TextFilter) int { return strings.Compare(b.Field, a.Field) })
		want := slices.Clone(test.want)
		slices.SortFunc(want, func(a, b knowledge.TextFilter) int { return strings.Compare(b.Field, a.Field) })
		if !slices.Equal(told, want) || found.Interpretation.Text != test.text {
			t.Errorf("%q is read as %q with %+v, want %q with %+v", test.query, found.Interpretation.Text, told, test.text, want)
		}
	}
}

// A theme that is not public is none to the search language.
func TestFiltersNameOnlyPublicRecords(t *testing.T) {
	t.Parallel()
	hidden := kt.Theme("secret", "Secretive")
	hidden.Status = knowledge.StatusArchived
	x := filled(t, hidden, practice("p", "en", "Flats", "Flats.", kt.Themed("secret")))
	for _, viewer := range []knowledge.Actor{{}, {Role: knowledge.RoleEditor}} {
		for _, query := range []string{"theme:secret", "theme:secretive"} {
			found := find(t, x, knowledge.Listing{Text: query, Viewer: viewer})
			if found.Total != 0 || len(found.Interpretation.Filters) != 0 {
				t.Errorf("%s finds %d by %+v", query, found.Total, found.Interpretation.Filters)
			}
		}
	}
}
