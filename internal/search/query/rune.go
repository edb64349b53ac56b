package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// nothing is the rune after the end of a text.
const nothing rune = -1

// runeAt is the rune at a place and its size. A byte that is no text is the rune 0xFFFD of size 1.
func runeAt(s string, at int) (rune, int) {
	if at >= len(s) {
		return nothing, 0
	}
	if c := s[at]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s[at:])
}

// isBlank tells whether a token ends before the rune and may begin after it: white space, control
// characters, and characters that nobody sees.
func isBlank(r rune) bool {
	if r < utf8.RuneSelf {
		return 0 <= r && r <= ' ' || r == 0x7f
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// isGlue tells whether a rune that nobody sees may stand within a word. The zero width space parts
// words, all others do not.
func isGlue(r rune) bool { return r >= utf8.RuneSelf && r != '\u200b' && unicode.Is(unicode.Cf, r) }

// isQuote tells whether a phrase begins at the rune.
func isQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»':
		return true
	}
	return false
}

// closers are the marks that end a phrase which began with a mark. Which of two opens differs from
// language to language: „so“ “like” ”this”, and «so» »or« »so».
func closers(opener rune) string {
	switch opener {
	case '"':
		return `"`
	case '«':
		return "»"
	case '»':
		return "«»"
	}
	return "“”‟"
}

// isCore tells whether a word may begin and end with the rune. Bytes that are no text, emoji and what
// Unicode does not know yet count, so that nothing is lost but punctuation and signs.
func isCore(r rune) bool {
	switch {
	case r == nothing:
		return false
	case r < utf8.RuneSelf:
		return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' || r == '_'
	case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r):
		return true
	case unicode.Is(unicode.Pc, r):
		return true
	}
	return !isBlank(r) && !unicode.IsPunct(r) && !unicode.Is(unicode.Sm, r) && !unicode.Is(unicode.Sc, r)
}

func isDigit(r rune) bool { return unicode.IsDigit(r) }

// endsToken tells whether what is typed without a space ends before the rune.
func endsToken(r rune) bool {
	return r == nothing || r == '(' || r == ')' || isQuote(r) || isBlank(r)
}

func beginsCore(s string, at int) bool {
	r, _ := runeAt(s, at)
	return isCore(r)
}

// alwaysJoin are the signs that hold a word together wherever they stand between two of its letters or
// digits: hyphens, apostrophes, full stops, middle dots, @ and &. A tokenizer may part some of them again, but
// joins by no others, except those that joins allows in fewer places. The rules of Unicode (UAX 29, WB6 to
// WB12) have the list.
const alwaysJoin = "-‐‑'‘’＇.․﹒．··‧׳״@&"

// joinDigits are those that hold digits together: commas and the like in numbers.
const joinDigits = ",;\u066c\u060c\ufe50\uff0c\uff1b\u2044"

// joins tells whether a sign between two runes holds a word together. Capitals tells that there are only
// capitals before it: in Swedish and Finnish an ending follows an abbreviation after a colon, as in EU:n.
func joins(before, sign, after rune, capitals bool) bool {
	areDigits := isDigit(before) && isDigit(after)
	switch {
	case strings.ContainsRune(alwaysJoin, sign):
		return true
	case sign == ':':
		return areDigits || capitals && unicode.IsLetter(after)
	}
	return areDigits && strings.ContainsRune(joinDigits, sign)
}
