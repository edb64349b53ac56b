package text_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"goodpractice/internal/search/text"
)

// pieces are what texts of the test are put together from: letters of several scripts, marks, and
// everything that the rules of Unicode join words by or part them at.
func pieces() []string {
	return strings.Split("a|B|é|ß|ı|İ|ς|Ж|ش|日|ひ|カ|한|5|_|'|’|ʼ|\"|.|,|:|;|-|/|&|(|)|!|?|@|#|%|\u00ad|\u0301|\u0345|\u200d|\u200b|\u202f|\u00a0|\u2028|"+
		"\u0085|\v|\f| |  |\n|\r\n|\t|❤️|🇪🇸|housing|Țigănești|l'eau|can't|3.5|1,000|e-mail|www.example.org|o'c'l|ﬁ|ﷺ", "|")
}

func TestWordsAreThoseOfUnicode(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces()), 0, 20).Draw(t, "text"), "")
		want, got := text.Tokens(s)
		if !slices.Equal(got, want) {
			t.Fatalf("%q has the words %v, want %v", s, got, want)
		}
	})
	for _, s := range []string{
		"", " ", "'", "a", "_a", "a_", strings.Repeat("x", 65), strings.Repeat("x", 64) + ".", " \u0301a", "a \u0301b", "a  \u0301b", "a\n\u0301b",
		"The city's housing, since 2012 (and l'habitation): 3.5 million!",
	} {
		if want, got := text.Tokens(s); !slices.Equal(got, want) {
			t.Errorf("%q has the words %v, want %v", s, got, want)
		}
	}
}

func TestEveryLetterIsCutAsByUnicode(t *testing.T) {
	t.Parallel()
	for r := range rune(0x2100) {
		for _, s := range []string{string(r), "a" + string(r), string(r) + "é.", "(ж" + string(r) + "ж)", "é" + string(r) + " σ"} {
			if want, got := text.Tokens(s); !slices.Equal(got, want) {
				t.Errorf("%q (%U) has the words %v, want %v", s, r, got, want)
			}
		}
	}
}

func TestTheTableFoldsLikeUnicode(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.ToLower(rapid.OneOf(
			rapid.String(), rapid.StringOf(rapid.Int32Range(0x80, 0x58F)), rapid.StringOf(rapid.Int32Range(0x1E00, 0x206F)),
		).Draw(t, "text"))
		if got, want := text.Folded(s); got != want {
			t.Fatalf("%q is folded to %q, want %q", s, got, want)
		}
	})
	for r := range rune(0x2100) {
		for _, s := range []string{string(r), "a" + string(r), string(r) + "\u0301", "é" + string(r) + "\u0345x"} {
			if got, want := text.Folded(strings.ToLower(s)); got != want {
				t.Errorf("%q is folded to %q, want %q", s, got, want)
			}
		}
	}
}
