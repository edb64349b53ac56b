package thesaurus

import (
	"strings"
	"unicode/utf8"

	"goodpractice/internal/search/text"
)

// Words of languages without a stemmer are compared by their beginnings. A form of a label's word is a word
// that begins with the label's word without its last vowels, and has at most so many letters more. Most
// case and plural endings of Albanian, Greek, Macedonian, Polish, Slovak and Ukrainian have three letters
// or fewer. With a beginning of four letters unrelated words met in trials with the labels themselves.
const (
	shortestBeginning = 5
	longestEnding     = 3
)

// endings is what a language without a stemmer puts at the end of words, folded: vowels in both scripts,
// and the last letter of Greek masculines.
const endings = "aeiouyαεηιουωσ"

// beginning is what the forms of a folded word share; "" where it is too short to tell.
func beginning(folded string) string {
	if rest := strings.TrimRight(folded, endings); utf8.RuneCountInString(rest) >= shortestBeginning {
		return rest
	}
	if utf8.RuneCountInString(folded) > shortestBeginning {
		return text.Cut(folded, shortestBeginning)
	}
	return ""
}

// hasEnding tells whether a folded word is another one with another ending: it begins with the other without its last
// vowels, and has few letters more. Stemmers cut more: the French one takes "alternative" for "alternance".
func hasEnding(folded, of string) bool {
	rest, ok := strings.CutPrefix(folded, strings.TrimRight(of, endings))
	return ok && utf8.RuneCountInString(rest) <= longestEnding
}

// beginnings finds the beginnings that fit a word.
type beginnings map[string][]string // by their first letters, the longest first

func (b beginnings) add(whole string) {
	first := text.Cut(whole, shortestBeginning)
	for i, have := range b[first] {
		if have == whole {
			return
		}
		if len(have) < len(whole) {
			b[first] = append(b[first][:i:i], append([]string{whole}, b[first][i:]...)...)
			return
		}
	}
	b[first] = append(b[first], whole)
}

// of is the longest beginning that a folded word is a form of; "" where there is none.
func (b beginnings) of(folded string) string {
	for _, whole := range b[text.Cut(folded, shortestBeginning)] {
		if rest, ok := strings.CutPrefix(folded, whole); ok && utf8.RuneCountInString(rest) <= longestEnding {
			return whole
		}
	}
	return ""
}
