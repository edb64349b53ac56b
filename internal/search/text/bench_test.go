package text_test

import (
	"strconv"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

// BenchmarkTerms cuts a text of some 100 words into terms: folded, and of its language.
func BenchmarkTerms(b *testing.B) {
	table := text.NewLanguages()
	for _, s := range declaration(b) {
		switch s.language {
		case "en", "es", "tr", "ru", "sr", "el":
		default:
			continue
		}
		b.Run(string(s.language)+strconv.Itoa(len(s.text)), func(b *testing.B) {
			x := table.Of(s.language)
			b.SetBytes(int64(len(s.text)))
			b.ReportAllocs()
			for b.Loop() {
				text.EachWord(s.text, func(t text.Token) {
					_ = text.Fold(t.Lower)
					_ = x.Term(t.Lower)
				})
			}
		})
	}
}

// BenchmarkDetect tells a query of ten words among 20 languages.
func BenchmarkDetect(b *testing.B) {
	table := text.NewLanguages()
	var texts []spoken
	seen := map[knowledge.LanguageTag]bool{}
	for _, s := range declaration(b) {
		if seen[s.language] = true; len(seen) <= 20 {
			texts = append(texts, s)
		}
	}
	d := table.NewDetector(counted(texts...))
	words := lowers("viviendas sociales para familias que vivían en barrios de chabolas")
	b.ReportAllocs()
	for b.Loop() {
		d.Detect(words, nil)
	}
}

func BenchmarkIdentify(b *testing.B) {
	table := text.NewLanguages()
	s := declaration(b)[0].text
	b.ReportAllocs()
	for b.Loop() {
		table.Identify(s)
	}
}
