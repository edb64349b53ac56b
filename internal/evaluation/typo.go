package evaluation

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
)

// shortestEdited is the number of letters of the shortest word that Misspell changes: nobody can tell what
// a shorter one was meant to be.
const shortestEdited = 5

// Misspell makes a typing error in a share, from 0 to 1, of the words of five letters or more: a letter
// too many, too few, another one, or two in the wrong order, each as likely, and never the first or the
// last. A word is letters without anything between them.
func Misspell(text string, share float64, random *rand.Rand) string {
	var out strings.Builder
	var word []rune
	flush := func() {
		if len(word) >= shortestEdited && random.Float64() < share {
			word = edit(word, random)
		}
		out.WriteString(string(word))
		word = word[:0]
	}
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsMark(r) {
			word = append(word, r)
			continue
		}
		flush()
		out.WriteRune(r)
	}
	flush()
	return out.String()
}

// edit makes one error inside a word.
func edit(word []rune, random *rand.Rand) []rune {
	at := 1 + random.IntN(len(word)-2) // Neither the first nor the last.
	switch random.IntN(4) {
	case 0:
		return slices.Insert(word, at, letter(word, 0, random))
	case 1:
		word[at] = letter(word, word[at], random)
		return word
	case 2:
		at = 1 + random.IntN(len(word)-3)
		if word[at] != word[at+1] {
			word[at], word[at+1] = word[at+1], word[at]
			return word
		}
	}
	return slices.Delete(word, at, at+1)
}

// letter is a letter as it may stand in a word: of a to z in a Latin one, otherwise one of its own. It is
// not the other one, unless there is none.
func letter(word []rune, other rune, random *rand.Rand) rune {
	if unicode.Is(unicode.Latin, word[0]) {
		word = []rune("abcdefghijklmnopqrstuvwxyz")
	}
	start := random.IntN(len(word))
	for i := range word {
		if r := word[(start+i)%len(word)]; r != other {
			return r
		}
	}
	return other
}
