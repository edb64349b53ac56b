package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

func FuzzWords(f *testing.F) {
	table := text.NewLanguages()
	d := table.NewDetector(counted(declaration(f)...))
	for _, s := range declaration(f) {
		f.Add(text.Cut(s.text, 40))
	}
	for _, s := range []string{
		"Iğdır İSTANBUL", "l'’ʼ'", "\x00\xff", "ﬁ ﷺ ẞ ™ ℡", "日本語 한국어", "a\u0301\u0301", "и\u0301\u0306я й\u0306 и\u0345", "сім'я об’єкт 'я' ия́", "Ǆ ǅ ǆ",
		strings.Repeat("é", 200), strings.Repeat("ия", 100), "ЃЌ ѓќ ѐѝ ў", "a_b 1.5 x@y.z",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		lower := strings.ToLower(s)
		if once := text.Fold(lower); text.Fold(once) != once {
			t.Errorf("%q is folded to %q, and that to %q", lower, once, text.Fold(once))
		}
		whole := string(text.AppendFolded(nil, s))
		end := 0
		var words []string
		text.EachWord(s, func(w text.Token) {
			if w.Start < end || w.End <= w.Start || w.End > len(s) {
				t.Fatalf("%q: a word from %d to %d after %d", s, w.Start, w.End, end)
			}
			end = w.End
			if utf8.ValidString(s) && (!utf8.RuneStart(s[w.Start]) || w.End < len(s) && !utf8.RuneStart(s[w.End])) {
				t.Errorf("%q: the place of %q goes through a letter", s, w.Lower)
			}
			words = append(words, w.Lower)
			for _, x := range table.Fields() {
				if term := x.Term(w.Lower); term == "" && text.Fold(w.Lower) != "" && !x.IsStop(text.Fold(w.Lower)) {
					t.Errorf("%q has no term in %s", w.Lower, x.Tag)
				}
			}
			if folded := text.Fold(w.Lower); utf8.ValidString(s) && len(w.Lower) < 60 && !strings.Contains(whole, folded) {
				t.Errorf("%q, folded to %q, does not hold the word %q", s, whole, folded)
			}
		})
		tag, likely := d.Detect(words, []knowledge.LanguageTag{"es", ""})
		if (tag == "") != (likely == 0) || likely < 0 || likely > 1 {
			t.Errorf("%q is taken for %q by %g", s, tag, likely)
		}
		if tag, ok := table.Identify(s); ok != (tag != "") {
			t.Errorf("%q is taken for %q, %t", s, tag, ok)
		}
	})
}
