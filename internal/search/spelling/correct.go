package spelling

import (
	"cmp"
	"math"
	"slices"
)

// How far a correction may be from what was typed, by the letters typed. Three letters or fewer are
// one edit away from too many words. Two edits in seven letters are mostly another word.
const (
	lettersForOneEdit  = 4
	lettersForTwoEdits = 8

	// fewestLetters is the shortest correction.
	fewestLetters = 3
)

// What makes a word likely to be meant, in natural logarithms like the costs of edits, and chosen
// together with them. The first and the last letter are those that people get right (K. Kukich,
// "Techniques for automatically correcting words in text", ACM Computing Surveys 24, 1992, for the first).
const (
	gainFirstLetter = 3.0
	gainLastLetter  = 3.0

	// weightElsewhere is what a document in another language counts. In a pool of English, Spanish and
	// Turkish that restores 0.5 % of words more than 1 does (TestRestore), and anything from 0.01 to 0.1 does
	// the same. It is not 0, since names and borrowed words are right in any language.
	weightElsewhere = 0.05
)

// Correction is a word of the vocabulary that may have been meant.
type Correction struct {
	// Text is the word, folded.
	Text string
	// Edits is how many letters were left out, added, typed for another or swapped with a neighbour:
	// 1 or 2.
	Edits int
	// Documents is how many documents have the word, in any language.
	Documents int
	// InLanguage tells that documents in the language that was asked for have the word, or that none was asked
	// for that is known.
	InLanguage bool

	score float64
}

// Correct is the word that was most likely meant by one that no document has. It is false for a
// word that the vocabulary has, and where nothing is near: one edit away for words of 4 to 7 letters,
// one or two from 8 letters, nothing for shorter words, for words of more than 64 letters and for what
// is not made of letters alone. Words that documents in the query's language have are preferred; an
// empty or unknown language prefers none.
//
// The time grows with the vocabulary. With 100,000 words it is 0.04 ms for words of 4 to 7 letters and 0.1 to
// 0.2 ms for longer ones, whatever they are made of (BenchmarkCorrect).
func (v *Vocabulary) Correct(word, language string) (Correction, bool) {
	if _, known := v.find(word); known {
		return Correction{}, false
	}
	return first(v.Candidates(word, language, 1))
}

// Candidates is the n words that were most likely meant by a word, the likeliest first; under the same
// rules as Correct, but for words that the vocabulary has as well. The word is not among them. Equally
// likely words are in the order of their edits, then of their bytes.
func (v *Vocabulary) Candidates(word, language string, n int) []Correction {
	switch letters := lettersOf(word); {
	case n <= 0 || letters < lettersForOneEdit:
		return nil
	case letters < lettersForTwoEdits:
		return v.near(word, language, n, 1)
	}
	return v.near(word, language, n, 2)
}

// near is the n likeliest words of one to so many edits.
func (v *Vocabulary) near(word, language string, n, edits int) []Correction {
	var typedBuffer, meantBuffer [maxLetters]rune
	typed := runes(word, &typedBuffer)
	signature := signatureOf(typed)
	preferred := v.languages[language]
	var best []Correction
	for letters := max(len(typed)-edits, fewestLetters); letters <= min(len(typed)+edits, maxLetters); letters++ {
		near := filterFor(signature, letters-len(typed), edits)
		from, to := v.byLetters[letters], v.byLetters[letters+1]
		for i, s := range v.signatures[from:to] {
			if !near.passes(s) {
				continue
			}
			text := v.word(from + i)
			meant := runes(text, &meantBuffer)
			if way, ok := edited(typed, meant, edits); ok && way.edits > 0 {
				score := math.Log(v.weight(from+i, preferred)) - way.cost + gain(typed, meant)
				c := Correction{text, way.edits, v.documents(from + i), v.isIn(from+i, preferred), score}
				best = insert(best, n, c)
			}
		}
	}
	return best
}

// isIn tells whether documents in a language have a word; true for language 0.
func (v *Vocabulary) isIn(n int, language uint8) bool {
	return language == 0 || slices.ContainsFunc(v.sharesOf(n), func(s share) bool { return s.language == language })
}

// weight is how many documents have a word, those in other languages than the preferred one counting
// less. Language 0 prefers none.
func (v *Vocabulary) weight(n int, preferred uint8) float64 {
	sum := 0.0
	for _, s := range v.sharesOf(n) {
		if preferred == 0 || s.language == preferred {
			sum += float64(s.documents)
		} else {
			sum += weightElsewhere * float64(s.documents)
		}
	}
	return sum
}

func gain(typed, meant []rune) float64 {
	sum := 0.0
	if typed[0] == meant[0] {
		sum += gainFirstLetter
	}
	if typed[len(typed)-1] == meant[len(meant)-1] {
		sum += gainLastLetter
	}
	return sum
}

// insert puts a correction in its place among the n best.
func insert(best []Correction, n int, c Correction) []Correction {
	at, _ := slices.BinarySearchFunc(best, c, func(a, b Correction) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.Edits, b.Edits), cmp.Compare(a.Text, b.Text))
	})
	if at >= n {
		return best
	}
	if len(best) == n {
		best = best[:n-1]
	}
	return slices.Insert(best, at, c)
}

func first(found []Correction) (Correction, bool) {
	if len(found) == 0 {
		return Correction{}, false
	}
	return found[0], true
}
