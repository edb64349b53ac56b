package spelling_test

import (
	"strings"
	"testing"
	"time"

	"goodpractice/internal/search/spelling"
	"goodpractice/internal/stopwatch"
)

// FuzzCorrect takes any bytes as words: no word may panic, be slow, or get a correction that is too far
// away or that nobody wrote.
func FuzzCorrect(f *testing.F) {
	for _, seed := range [][2]string{
		{"housing house houses", "housng"},
		{"κατοικία στέγαση κατοικιών", "κατικία"},
		{"жилище стамбено жилье", "стамбно"},
		{"ბინა საცხოვრებელი", "საცხოვრებლი"},
		{strings.Repeat("a", 64) + " " + strings.Repeat("a", 63) + "b", strings.Repeat("a", 64)},
		{"abcdefgh bacdefhg abababab babababa", "bacdefgh"},
		{"\xff\xfe \x00 a1b2c3d4 city hall", "cityhall"},
		{"e\u0301cole ecole", "e\u0301coel"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, text, word string) {
		in := map[string]bool{}
		var words []spelling.Word
		for i, w := range strings.Fields(text) {
			in[w] = true
			words = append(words, spelling.Word{Text: w, Language: []string{"", "en", "el"}[i%3], Documents: 1 + i%7})
		}
		v := vocabulary(words...)
		if v.Len() > len(in) {
			t.Fatalf("%d words of %d", v.Len(), len(in))
		}
		found := v.Candidates(word, "en", 5)
		best, ok := v.Correct(word, "en")
		left, right, isSplit := v.Split(word, "en")
		rare, isRare := v.Rare(word, "en", 0)
		checkSpeed(t, func() {
			v.Candidates(word, "en", 5)
			v.Correct(word, "en")
			v.Split(word, "en")
			v.Rare(word, "en", 0)
		})
		if ok {
			found = append(found, best)
		}
		if isRare {
			found = append(found, rare)
		}
		for _, c := range found {
			checkCorrection(t, in, word, c)
		}
		if isSplit && (!in[left] || !in[right] || left+right != word) {
			t.Errorf("%q is split into %q and %q", word, left, right)
		}
		if joined, ok := v.Join(left, right); ok && !in[joined] {
			t.Errorf("%q and %q are joined into %q", left, right, joined)
		}
	})
}

// checkSpeed wants one of three tries within 50 ms of a processor: any single one may have to collect the garbage of
// others, but what is slow is slow each time.
func checkSpeed(t *testing.T, try func()) {
	t.Helper()
	var took [3]time.Duration
	for i := range took {
		if took[i] = stopwatch.Processor(try); took[i] <= stopwatch.Limit(50*time.Millisecond) {
			return
		}
	}
	t.Errorf("took %v", took)
}

func checkCorrection(t *testing.T, in map[string]bool, word string, c spelling.Correction) {
	t.Helper()
	letters := []rune(word)
	allowed := 0
	switch {
	case len(letters) >= 8:
		allowed = 2
	case len(letters) >= 4:
		allowed = 1
	}
	if d := distance(letters, []rune(c.Text)); d != c.Edits || d == 0 || d > allowed {
		t.Errorf("%q -> %q: %d edits, counted %d", word, c.Text, c.Edits, d)
	}
	if !in[c.Text] {
		t.Errorf("%q -> %q, which is not in the vocabulary", word, c.Text)
	}
}

// distance is the optimal string alignment distance by the whole table.
func distance(a, b []rune) int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
		table[i][0] = i
	}
	for j := range b {
		table[0][j+1] = j + 1
	}
	for i := range a {
		for j := range b {
			other := 0
			if a[i] != b[j] {
				other = 1
			}
			d := min(table[i][j+1]+1, table[i+1][j]+1, table[i][j]+other)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, table[i-1][j-1]+1)
			}
			table[i+1][j+1] = d
		}
	}
	return table[len(a)][len(b)]
}
