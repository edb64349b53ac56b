package evaluation_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"goodpractice/internal/evaluation"
)

// Every long word gets an error and keeps its first and last letter; nothing else changes.
func TestMisspellEditsLongWords(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 1))
	lengths := map[int]int{}
	for range 2000 {
		got := evaluation.Misspell("Städte, for 12345 жилище—aaaaa's", 1, random)
		rest, ok := strings.CutSuffix(got, "'s")
		first, rest, found := strings.Cut(rest, ", for 12345 ")
		second, third, split := strings.Cut(rest, "—")
		if !ok || !found || !split {
			t.Fatalf("%q", got)
		}
		for _, word := range [][4]string{{first, "Städte", "S", "e"}, {second, "жилище", "ж", "е"}, {third, "aaaaa", "a", "a"}} {
			if word[0] == word[1] || !strings.HasPrefix(word[0], word[2]) || !strings.HasSuffix(word[0], word[3]) {
				t.Fatalf("%s became %s", word[1], word[0])
			}
		}
		lengths[utf8.RuneCountInString(first)]++
	}
	for _, n := range []int{5, 6, 7} {
		if lengths[n] < 400 {
			t.Errorf("lengths %v", lengths)
		}
	}
}

func TestMisspellEditsAShare(t *testing.T) {
	t.Parallel()
	const words = 10_000
	text := strings.Repeat("housing ", words)
	kept := strings.Count(evaluation.Misspell(text, 0.3, rand.New(rand.NewPCG(1, 1))), "housing ")
	if kept < 6800 || kept > 7200 {
		t.Errorf("%d of %d words are as they were", kept, words)
	}
	if got := evaluation.Misspell(text, 0, rand.New(rand.NewPCG(1, 1))); got != text {
		t.Error("a share of nothing changes something")
	}
}
