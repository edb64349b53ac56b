package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is a word of a text with its place.
type Token struct {
	Lower      string // in lower case, not folded yet
	Start, End int    // in bytes of the text
}

// EachWord visits the words of a text in their order, cut by the rules of Unicode. Latin words that an
// apostrophe holds together are taken apart, and of a word at most 64 letters count. Nearly all pieces
// between spaces are one plain word among plain punctuation, which needs no tokenizer.
func EachWord(text string, visit func(Token)) {
	EachPiece(text, func(piece string, at int, _ bool) { EachWordOf(piece, at, visit) })
}

// EachPiece cuts a text at its spaces, which no word goes over, and tells where in the text each piece
// begins.
func EachPiece(text string, visit func(piece string, at int, isASCII bool)) {
	for at := 0; at < len(text); {
		if isBlank(text[at]) {
			at++
			continue
		}
		from, isASCII := at, true
		for ; at < len(text); at++ {
			if isBlank(text[at]) && !beginsWithMark(text[at+1:]) {
				break
			}
			isASCII = isASCII && text[at] < utf8.RuneSelf
		}
		visit(text[from:at], from, isASCII)
	}
}

// beginsWithMark tells whether a text may begin with a mark, which belongs to the space before it.
func beginsWithMark(s string) bool {
	return s != "" && s[0] >= utf8.RuneSelf && plainLetter(s) == 0
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// EachWordOf visits the words of a piece that begins at a place of a text.
func EachWordOf(piece string, at int, visit func(Token)) {
	from := 0
	for from < len(piece) && isSeparator(piece[from]) {
		from++
	}
	end := from
	for end < len(piece) {
		size := plainLetter(piece[end:])
		if size == 0 {
			break
		}
		end += size
	}
	rest := end
	for rest < len(piece) && isSeparator(piece[rest]) {
		rest++
	}
	if rest < len(piece) || end-from > maxWordLetters {
		for _, t := range tokens(piece) {
			visit(Token{string(t.Term), t.Start + at, t.End + at})
		}
		return
	}
	if from < end {
		visit(Token{strings.ToLower(piece[from:end]), at + from, at + end})
	}
}

// plainLetter is the size of the letter that a text begins with, if it is one of Latin, Greek or Cyrillic
// that the rules of Unicode never part from the next one; 0 for any other.
func plainLetter(s string) int {
	if s[0] < utf8.RuneSelf {
		if isLetter(s[0]) {
			return 1
		}
		return 0
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r >= 'À' && r <= 'ɏ' && r != '×' && r != '÷':
	case r >= 'Έ' && r <= 'ώ' && unicode.IsLetter(r):
	case r >= 'Ѐ' && r <= 'ҁ':
	default:
		return 0
	}
	return size
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isSeparator tells whether a character ends every word that it stands at the edge of.
func isSeparator(c byte) bool {
	return c < utf8.RuneSelf && !isLetter(c) && c != '_' && (c < '0' || c > '9')
}
