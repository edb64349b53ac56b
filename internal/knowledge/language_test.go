package knowledge_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestParseLanguageTag(t *testing.T) {
	t.Parallel()
	tests := []struct {
		given string
		want  knowledge.LanguageTag // "" for what is no tag
	}{
		{"en", "en"},
		{"rom", "rom"},
		{"EN", "en"},
		{"sr-Cyrl", "sr-Cyrl"},
		{"SR-CYRL", "sr-Cyrl"},
		{"sr_cyrl_rs", "sr-Cyrl-RS"},
		{"zh-Hant-TW", "zh-Hant-TW"},
		{"es-419", "es-419"},
		{"pt-br", "pt-BR"},
		{"de-1996", "de-1996"},
		{"DE-CH-1901", "de-CH-1901"},
		{"en-GB-oxendict", "en-GB-oxendict"},
		{"sl-rozaj-biske", "sl-rozaj-biske"},
		{"en-abcdefgh-abcdefgh-abcdefgh-12345", "en-abcdefgh-abcdefgh-abcdefgh-12345"}, // 35 characters
		{"en-abcdefgh-abcdefgh-abcdefgh-123456", ""},                                   // 36
		{"", ""},
		{"e", ""},
		{"english", ""},
		{"en-", ""},
		{"-en", ""},
		{"en--GB", ""},
		{"en GB", ""},
		{"en\n", ""},
		{"en\x00", ""},
		{"12", ""},
		{"en-x-private", ""},
		{"en-GB-Latn", ""},
		{"en-GB-US", ""},
		{"*", ""},
		{"日本", ""},
		{"<script>", ""},
		{"en;q=0.5", ""},
	}
	for _, test := range tests {
		t.Run(test.given, func(t *testing.T) {
			t.Parallel()
			got, ok := knowledge.ParseLanguageTag(test.given)
			if ok != (test.want != "") || ok && got != test.want {
				t.Errorf("ParseLanguageTag(%q) = %q, %v, want %q", test.given, got, ok, test.want)
			}
		})
	}
}

func TestParsedTagsParseToThemselves(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}`)).Draw(t, "tag")
		tag, ok := knowledge.ParseLanguageTag(s)
		if again, okAgain := knowledge.ParseLanguageTag(string(tag)); ok && (again != tag || !okAgain) {
			t.Fatalf("%q parses to %q, and that to %q, %v", s, tag, again, okAgain)
		}
	})
}

// An organisation's name shows the choice of languages: it has one label a language.
func TestChoiceOfLanguage(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, have, want, shown string
	}{
		{"the first preference", "en fr ro", "fr en", "fr"},
		{"the second preference where the first is not there", "en fr ro", "de ro en", "ro"},
		{"shortened", "en sr", "sr-Cyrl-RS", "sr"},
		{"shortened by one step only", "en sr sr-Cyrl", "sr-Cyrl-RS", "sr-Cyrl"},
		{"longer", "en sr-Latn", "sr", "sr-Latn"},
		{"the first of two that are longer", "en sr-Latn sr-Cyrl", "sr", "sr-Latn"},
		{"exact before longer", "en sr-Latn sr", "sr", "sr"},
		{"another script of the language, before the next preference", "fr sr-Latn", "sr-Cyrl fr", "sr-Latn"},
		{"no prefix of letters", "en srn", "sr", "en"},
		{"English where no preference is there", "ro fr en", "de", "en"},
		{"English of a country", "ro en-GB", "de", "en-GB"},
		{"the first where there is no English", "ro fr", "de", "ro"},
		{"no preferences", "ro en", "", "en"},
		{"an empty preference does not match everything", "ro fr", " fr", "fr"},
		{"nothing to show", "", "en", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := &knowledge.Organisation{}
			for tag := range strings.FieldsSeq(test.have) {
				o.Names = append(o.Names, knowledge.Label{Language: knowledge.LanguageTag(tag), Kind: knowledge.LabelPreferred, Text: tag})
			}
			var preferences []knowledge.LanguageTag
			for tag := range strings.SplitSeq(test.want, " ") {
				preferences = append(preferences, knowledge.LanguageTag(tag))
			}
			if o.Localise(preferences); o.Name != test.shown {
				t.Errorf("of %q for %q: %q is shown, want %q", test.have, test.want, o.Name, test.shown)
			}
		})
	}
}

func TestEntriesFallBackToTheirOwnLanguage(t *testing.T) {
	t.Parallel()
	p := &knowledge.Practice{
		EntryCore: knowledge.EntryCore{SourceLanguage: "ro"},
		Texts: []knowledge.PracticeText{
			{EntryText: knowledge.EntryText{Language: "en", Title: "Homes"}},
			{EntryText: knowledge.EntryText{Language: "ro", Title: "Locuințe"}},
		},
	}
	for want, preferences := range map[string][]knowledge.LanguageTag{
		"Locuințe": {"de"}, "Homes": {"en-GB", "ro"},
	} {
		if p.Localise(preferences); p.Title != want || p.Shown().Title != want {
			t.Errorf("for %v the title is %q (Shown: %q), want %q", preferences, p.Title, p.Shown().Title, want)
		}
	}
	if got := p.Languages(); len(got) != 2 || got[0] != "ro" {
		t.Errorf("Languages() = %v, want the source language first", got)
	}
}

func TestLanguagesOfEveryEntry(t *testing.T) {
	t.Parallel()
	for _, kind := range []knowledge.Kind{knowledge.KindPractice, knowledge.KindLesson, knowledge.KindRecommendation} {
		e, ok := knowledgetest.Fill(kind, 1).(interface {
			knowledge.Entry
			Languages() []knowledge.LanguageTag
		})
		if !ok {
			t.Fatalf("%s does not tell its languages", kind)
		}
		e.Core().SourceLanguage = "sr-Cyrl"
		if got, want := e.Languages(), []knowledge.LanguageTag{"sr-Cyrl", "en"}; !slices.Equal(got, want) {
			t.Errorf("%s: Languages() = %v, want %v", kind, got, want)
		}
		e.Localise([]knowledge.LanguageTag{"en"})
		if e.Shown().Language != "en" || e.Shown().Title != e.Blocks()[0].Title {
			t.Errorf("%s: Shown() = %+v, want the block in English", kind, e.Shown())
		}
	}
}
