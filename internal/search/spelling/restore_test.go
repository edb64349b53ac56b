package spelling_test

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"goodpractice/internal/search/spelling"
)

// TestRestore makes a random edit in words of the queries of judged collections, never at the first or the
// last letter, and counts how many Correct undoes.
func TestRestore(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("GOODPRACTICE_RELEVANCE")
	if folder == "" {
		t.Skip("GOODPRACTICE_RELEVANCE does not name a folder of judged collections")
	}
	tests := []struct {
		collection string
		isTold     bool    // The language of documents and queries is told.
		least      float64 // Of the words, what must be restored.
	}{
		{"cranfield", false, 0.98},
		{"scifact-train", false, 0.98},
		{"nfcorpus-dev", false, 0.965},
		{"xquad-en-es-tr", false, 0.965},
		{"xquad-en-es-tr", true, 0.975},
	}
	for _, test := range tests {
		name := test.collection
		if test.isTold {
			name += " with the language told"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := readCollection(t, filepath.Join(folder, test.collection), test.isTold)
			exact, stems, words, total := c.restore(20_000)
			t.Logf("%d words; of %d edits, %.2f %% of words restored, %.2f %% with the same first six letters, %.2f %% were words",
				c.vocabulary.Len(), total, 100*exact, 100*stems, 100*words)
			if exact < test.least {
				t.Errorf("%.4f are restored, want %.4f", exact, test.least)
			}
		})
	}
}

// collection is the words of a judged collection.
type collection struct {
	vocabulary *spelling.Vocabulary
	known      map[string]bool
	queries    []spelling.Word // Words of five letters or more that documents have.
}

type line struct{ ID, Title, Text, Lang string }

func readCollection(t *testing.T, folder string, isTold bool) collection {
	t.Helper()
	languageOf := func(l line) string {
		if !isTold {
			return ""
		}
		language, _, _ := strings.Cut(l.ID, "-")
		return language
	}
	counts := map[spelling.Word]int{}
	c := collection{known: map[string]bool{}}
	for _, l := range readLines(t, filepath.Join(folder, "docs.jsonl")) {
		seen := map[string]bool{}
		for _, w := range textWords(l.Title + " " + l.Text) {
			if !seen[w] {
				seen[w] = true
				counts[spelling.Word{Text: w, Language: languageOf(l)}]++
				c.known[w] = true
			}
		}
	}
	c.vocabulary = spelling.New(func(yield func(spelling.Word) bool) {
		for w, n := range counts {
			w.Documents = n
			if !yield(w) {
				return
			}
		}
	})
	for _, l := range readLines(t, filepath.Join(folder, "queries.jsonl")) {
		for _, w := range textWords(l.Text) {
			if len([]rune(w)) >= 5 && c.known[w] && !strings.ContainsFunc(w, unicode.IsDigit) {
				c.queries = append(c.queries, spelling.Word{Text: w, Language: languageOf(l)})
			}
		}
	}
	return c
}

func readLines(t *testing.T, path string) []line {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var lines []line
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<24)
	for scanner.Scan() {
		var l line
		if err := json.Unmarshal(scanner.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, l)
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

// restore counts what becomes of n edited words, as parts of all: those restored, those with the first six
// letters of the word that was meant, and those that the edit made another word.
func (c collection) restore(n int) (exact, stems, words float64, total int) {
	r := rand.New(rand.NewPCG(3, 3))
	for i := range n {
		meant := c.queries[i%len(c.queries)]
		typed := edit(meant.Text, r)
		got := typed
		if correction, ok := c.vocabulary.Correct(typed, meant.Language); ok {
			got = correction.Text
		}
		if got == meant.Text {
			exact++
		}
		if firstSix(got) == firstSix(meant.Text) {
			stems++
		}
		if c.known[typed] {
			words++
		}
	}
	return exact / float64(n), stems / float64(n), words / float64(n), n
}

func firstSix(word string) string {
	letters := []rune(word)
	return string(letters[:min(6, len(letters))])
}

// edit makes one random edit inside a word of four letters or more: a letter less, a letter more, another
// letter, or two neighbours swapped.
func edit(word string, r *rand.Rand) string {
	for {
		letters := []rune(word)
		at := 1 + r.IntN(len(letters)-2)
		random := rune('a' + r.IntN(26))
		switch r.IntN(4) {
		case 0:
			letters = append(letters[:at], letters[at+1:]...)
		case 1:
			letters = append(letters[:at], append([]rune{random}, letters[at:]...)...)
		case 2:
			letters[at] = random
		default:
			at = 1 + r.IntN(len(letters)-3)
			letters[at], letters[at+1] = letters[at+1], letters[at]
		}
		if edited := string(letters); edited != word {
			return edited
		}
	}
}

// textWords is the words of a text, folded as far as English, Spanish and Turkish need.
func textWords(text string) []string {
	fold := strings.NewReplacer("i̇", "i", "ı", "i", "á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n",
		"ç", "c", "ğ", "g", "ö", "o", "ş", "s", "â", "a", "î", "i", "û", "u")
	return strings.FieldsFunc(fold.Replace(strings.ToLower(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}
