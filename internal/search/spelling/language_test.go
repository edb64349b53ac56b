package spelling_test

import (
	"slices"
	"testing"

	"goodpractice/internal/search/spelling"
)

// TestWordsOfAnotherLanguageAreTold asks for corrections of which the query's language has one and another has both.
func TestWordsOfAnotherLanguageAreTold(t *testing.T) {
	t.Parallel()
	v := spelling.New(slices.Values([]spelling.Word{
		{Text: "gratuita", Language: "es", Documents: 3},
		{Text: "gratuito", Language: "es", Documents: 3},
		{Text: "gratuito", Language: "fr", Documents: 1},
	}))
	for language, want := range map[string]map[string]bool{
		"fr": {"gratuita": false, "gratuito": true},
		"es": {"gratuita": true, "gratuito": true},
		"":   {"gratuita": true, "gratuito": true},
		"hu": {"gratuita": true, "gratuito": true}, // Nothing is known of it.
	} {
		found := v.Candidates("gratuitx", language, 3)
		if len(found) != len(want) {
			t.Errorf("%q: found %v", language, found)
		}
		for _, c := range found {
			if c.InLanguage != want[c.Text] {
				t.Errorf("%q: %s is told to be in the language: %t", language, c.Text, c.InLanguage)
			}
		}
	}
}
