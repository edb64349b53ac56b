package spelling_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/search/spelling"
)

// generated is words of syllables, as long as the words of European languages, with numbers of documents as
// Zipf's law has them.
func generated(n int) []spelling.Word {
	r := rand.New(rand.NewPCG(3, 5))
	syllables := strings.Fields("ha bi ta ci on ver ent ing er al un de re pro con tra st lo mi na ra se te vi ou an is or el ul ko sta pre gen ment")
	taken := map[string]bool{}
	words := make([]spelling.Word, 0, n)
	for len(words) < n {
		var b strings.Builder
		for range 3 + r.IntN(4) {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		if w := b.String(); !taken[w] {
			taken[w] = true
			language := []string{"en", "es", "tr", "de"}[r.IntN(4)]
			words = append(words, spelling.Word{Text: w, Language: language, Documents: 1 + n/(len(words)+1)})
		}
	}
	return words
}

func BenchmarkNew(b *testing.B) {
	for _, size := range []struct {
		name  string
		words int
	}{{"100k", 100_000}, {"200k", 200_000}} {
		words := generated(size.words)
		b.Run(size.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				spelling.New(slices.Values(words))
			}
		})
	}
}

func BenchmarkCorrect(b *testing.B) {
	words := generated(100_000)
	v := spelling.New(slices.Values(words))
	r := rand.New(rand.NewPCG(1, 1))
	var short, long []string
	for _, w := range words[:2000] {
		switch typed := edit(w.Text, r); {
		case len(typed) < 8:
			short = append(short, typed)
		default:
			long = append(long, typed)
		}
	}
	for _, bench := range []struct {
		name  string
		typed []string
	}{
		{"one edit", short},
		{"two edits", long},
		{"nothing near", []string{"zqxjkwvzq"}},
		{"64 letters", []string{strings.Repeat("a", 64)}},
		{"repeats", []string{strings.Repeat("a", 12)}},
		{"32 words", []string{strings.Join(long[:32], " ")}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				for typed := range strings.FieldsSeq(bench.typed[i%len(bench.typed)]) {
					v.Correct(typed, "en")
				}
			}
		})
	}
}

func BenchmarkSplit(b *testing.B) {
	v := spelling.New(slices.Values(generated(100_000)))
	b.Run("14 letters", func(b *testing.B) {
		for b.Loop() {
			v.Split("vertahabitaing", "en")
		}
	})
	b.Run("64 letters", func(b *testing.B) {
		word := strings.Repeat("ha", 32)
		for b.Loop() {
			v.Split(word, "en")
		}
	})
}
