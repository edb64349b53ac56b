package thesaurus_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
	"goodpractice/internal/search/thesaurus"
)

// builtIn is the thesaurus of the program, read once for all tests.
var builtIn = sync.OnceValues(func() (*thesaurus.Thesaurus, error) { return thesaurus.New(text.NewLanguages()) })

func given(tb testing.TB) *thesaurus.Thesaurus {
	tb.Helper()
	th, err := builtIn()
	if err != nil {
		tb.Fatal(err)
	}
	return th
}

// words cuts a text as the index does.
func words(s string) []string {
	var out []string
	text.EachWord(s, func(t text.Token) { out = append(out, t.Lower) })
	return out
}

// mentions lists the concepts of a text as "id@first-last" or, with one word, "id@first".
func mentions(th *thesaurus.Thesaurus, s string, language knowledge.LanguageTag) []string {
	var out []string
	th.EachMention(words(s), language, func(c *thesaurus.Concept, first, last int) {
		out = append(out, place(c.ID, first, last))
	})
	return out
}

func place(id string, first, last int) string {
	if first == last {
		return id + "@" + string(rune('0'+first))
	}
	return id + "@" + string(rune('0'+first)) + "-" + string(rune('0'+last))
}

func TestWordsOfManyLanguagesLeadToHousing(t *testing.T) {
	t.Parallel()
	th := given(t)
	tests := []struct{ query, want string }{
		{"vivienda", "housing"},
		{"logement", "housing"},
		{"locuințe sociale", "social-housing"},
		{"locuinte sociale", "social-housing"},
		{"lakhatás", "housing"},
		{"lakhatas", "housing"},
		{"стамбено", "housing"},
		{"stambeno", "housing"},
		{"κατοικία", "housing"},
		{"konut", "housing"},
		{"Wohnung", "housing"},
		{"жилище", "housing"},
		{"strehim", "housing"},
		{"alloggio", "housing"},
		{"habitação", "housing"},
		{"housing", "housing"},
	}
	for _, test := range tests {
		t.Run(test.query, func(t *testing.T) {
			t.Parallel()
			var got []string
			th.EachMentionAnywhere(words(test.query), "", func(m thesaurus.Mention) {
				got = append(got, m.Concept.ID)
				if m.First != 0 || m.Last != len(words(test.query))-1 {
					t.Errorf("words %d to %d, want all", m.First, m.Last)
				}
				if m.Language == "" {
					t.Error("no language")
				}
			})
			if !slices.Contains(got, test.want) {
				t.Errorf("concepts %q, want %q among them", got, test.want)
			}
		})
	}
	up := slices.Collect(th.Concept("social-housing").Ancestors())
	if len(up) != 1 || up[0].ID != "housing" {
		t.Errorf("social housing is part of %v, want housing", up)
	}
}

func TestMentionsInTexts(t *testing.T) {
	t.Parallel()
	th := given(t)
	tests := []struct {
		name, text string
		language   knowledge.LanguageTag
		want       []string
	}{
		{"the longest label wins", "New social housing for tenants", "en", []string{"social-housing@1-2", "tenant@4"}},
		{"forms by the stemmer", "The municipality evicted landlords", "en", []string{"local-authority@1", "eviction@2", "landlord@3"}},
		{"forms without a stemmer, Greek", "προγράμματα κατοικίας", "el", []string{"housing@1"}},
		{"forms without a stemmer, Albanian", "strehimin e familjeve", "sq", []string{"housing@0", "family@2"}},
		{"forms without a stemmer, Slovak", "komunitného centra", "sk", []string{"community-work@0-1"}},
		{"forms in Cyrillic", "социалните жилища", "bg", []string{"social-housing@0-1"}},
		{"forms in Serbian Latin", "socijalnog stanovanja", "sr", []string{"social-housing@0-1"}},
		{"Bosnian reads Serbian and Croatian labels", "smještaj i smeštaj", "bs", []string{"housing@0", "housing@2"}},
		{"a label of no language", "Programa Housing First", "es", []string{"housing-first@1-2"}},
		{"a label of no language in one without labels", "Samudaripen muistopäivä", "fi", []string{"roma-genocide@0"}},
		{"no labels of other languages", "casa vivienda logement", "en", nil},
		{"a region does no harm", "viviendas", "es-MX", []string{"housing@0"}},
		{"words that only share a stem", "the participants of an integrated plan", "en", nil},
		{"a label with words without meaning", "aires d’accueil des gens du voyage", "fr", []string{"halting-site@0-5"}},
		{"a cooperative is no cooperation", "cooperative cooperation", "en", []string{"cooperative@0", "partnership@1"}},
		{"nothing", "", "en", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := mentions(th, test.text, test.language); !slices.Equal(got, test.want) {
				t.Errorf("mentions %q, want %q", got, test.want)
			}
		})
	}
}

func TestMentionsAnywherePreferTheLanguage(t *testing.T) {
	t.Parallel()
	th := given(t)
	var got []string
	th.EachMentionAnywhere(words("police logement konut escuela x"), "fr", func(m thesaurus.Mention) {
		got = append(got, string(m.Language)+" "+place(m.Concept.ID, m.First, m.Last))
	})
	want := []string{"fr police@0", "fr housing@1", "tr housing@2", "es school@3"}
	if !slices.Equal(got, want) {
		t.Errorf("mentions %q, want %q", got, want)
	}
}

// A word of another language is no form of a label because a stemmer cuts both to the same letters.
func TestAStemAloneIsNoFormInAnotherLanguage(t *testing.T) {
	t.Parallel()
	th := given(t)
	for _, test := range []struct {
		query, language string
		want            bool
	}{
		{"alternative", "en", false}, // In French, its stem is that of "alternance".
		{"alternative", "", false},
		{"alternate", "en", false},
		{"alternative", "fr", false}, // It is a word of its own there, too.
		{"alternance", "en", true},
		{"alternances", "en", true},
		{"alternances", "fr", true},
	} {
		got := false
		th.EachMentionAnywhere(words(test.query), knowledge.LanguageTag(test.language), func(m thesaurus.Mention) {
			got = got || m.Concept.ID == "apprenticeship"
		})
		if got != test.want {
			t.Errorf("%q in %q: an apprenticeship %t, want %t", test.query, test.language, got, test.want)
		}
	}
}

func TestLabel(t *testing.T) {
	t.Parallel()
	th := given(t)
	tests := []struct {
		languages []knowledge.LanguageTag
		want      string
	}{
		{nil, "housing"},
		{[]knowledge.LanguageTag{"fr"}, "logement"},
		{[]knowledge.LanguageTag{"fr-BE", "es"}, "logement"},
		{[]knowledge.LanguageTag{"xx", "es"}, "vivienda"},
		{[]knowledge.LanguageTag{"sr-Latn"}, "stanovanje"},
		{[]knowledge.LanguageTag{"sr-Latn-RS"}, "stanovanje"},
		{[]knowledge.LanguageTag{"sr"}, "становање"},
		{[]knowledge.LanguageTag{"xx"}, "housing"},
	}
	for _, test := range tests {
		if got := th.Concept("housing").Label(test.languages...); got != test.want {
			t.Errorf("in %v the label is %q, want %q", test.languages, got, test.want)
		}
	}
	if th.Concept("nothing") != nil {
		t.Error("there is a concept that is not in the file")
	}
}

func TestVersionIsThatOfTheFile(t *testing.T) {
	t.Parallel()
	languages := text.NewLanguages()
	one, err := thesaurus.Parse([]byte(small(`"prefLabel": {"en": "a"}`)), languages)
	if err != nil {
		t.Fatal(err)
	}
	two, err := thesaurus.Parse([]byte(small(`"prefLabel": {"en": "b"}`)), languages)
	if err != nil {
		t.Fatal(err)
	}
	if one.Version() == two.Version() || len(one.Version()) != 16 {
		t.Errorf("versions %q and %q", one.Version(), two.Version())
	}
}

// small is a file with one concept.
func small(rest string) string {
	return `{"graph": [{"id": "#one", "type": "Concept", ` + rest + `}]}`
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	languages := text.NewLanguages()
	second := func(rest string) string {
		return `{"graph": [{"id": "#one", "type": "Concept", "broader": ["#two"], "prefLabel": {"en": "a"}}, {` + rest + `}]}`
	}
	tests := []struct{ name, file, want string }{
		{"no JSON", `{`, "unexpected EOF"},
		{"more than a file", small(`"prefLabel": {"en": "a"}`) + "{}", "follows its end"},
		{"an unknown key", small(`"prefLabel": {"en": "a"}, "colour": "red"`), "unknown field"},
		{"no English label", small(`"prefLabel": {"fr": "a"}`), "no label in English"},
		{"an empty label", small(`"prefLabel": {"en": "a"}, "altLabel": {"fr": ["’"]}`), "no letter"},
		{"too many words", small(`"prefLabel": {"en": "a b c d e f g"}`), "7 words"},
		{"a label twice", small(`"prefLabel": {"en": "a"}, "altLabel": {"en": ["a"]}`), "there twice"},
		{"no language", small(`"prefLabel": {"en": "a", "EN": "b"}`), "no language tag"},
		{"hidden without a reason", small(`"prefLabel": {"en": "a"}, "hiddenLabel": {"en": ["b"]}`), "no scope note"},
		{"an identifier in the wrong form", `{"graph": [{"id": "one", "type": "Concept", "prefLabel": {"en": "a"}}]}`, "wrong form"},
		{"an unknown type", `{"graph": [{"id": "#one", "type": "Thing", "prefLabel": {"en": "a"}}]}`, "unknown"},
		{"an identifier twice", second(`"id": "#one", "type": "Concept", "prefLabel": {"en": "b"}`), "there twice"},
		{"an unknown broader concept", second(`"id": "#three", "type": "Concept", "prefLabel": {"en": "b"}`), "there is no concept"},
		{"a circle", second(`"id": "#two", "type": "Concept", "broader": ["#one"], "prefLabel": {"en": "b"}`), "includes itself"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if _, err := thesaurus.Parse([]byte(test.file), languages); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}
