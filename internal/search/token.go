package search

import (
	"strings"
	"unicode/utf8"
)

// token is a word of a text in lower case, not folded yet, with its place in bytes.
type token struct {
	lower      string
	start, end int
}

// eachWord visits the words of a text: those that tokens gives. Nearly all pieces between spaces are one
// plain word among plain punctuation, which needs no tokenizer.
func eachWord(text string, visit func(token)) {
	eachPiece(text, func(piece string, at int, _ bool) { wordsOf(piece, at, visit) })
}

// eachPiece cuts a text at its spaces, which no word goes over.
func eachPiece(text string, visit func(piece string, at int, isASCII bool)) {
	for at := 0; at < len(text); {
		if isBlank(text[at]) {
			at++
			continue
		}
		from, isASCII := at, true
		for ; at < len(text); at++ {
			if isBlank(text[at]) && (at+1 == len(text) || text[at+1] < utf8.RuneSelf) { // A mark belongs to the space before it.
				break
			}
			isASCII = isASCII && text[at] < utf8.RuneSelf
		}
		visit(text[from:at], from, isASCII)
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// wordsOf visits the words of a piece that begins at a place of a text.
func wordsOf(piece string, at int, visit func(token)) {
	from := 0
	for from < len(piece) && isSeparator(piece[from]) {
		from++
	}
	end := from
	for end < len(piece) && isLetter(piece[end]) {
		end++
	}
	rest := end
	for rest < len(piece) && isSeparator(piece[rest]) {
		rest++
	}
	if rest < len(piece) || end-from > maxWordLetters {
		for _, t := range tokens(piece) {
			visit(token{string(t.Term), t.Start + at, t.End + at})
		}
		return
	}
	if from < end {
		visit(token{strings.ToLower(piece[from:end]), at + from, at + end})
	}
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isSeparator tells whether a character ends every word that it stands at the edge of.
func isSeparator(c byte) bool {
	return c < utf8.RuneSelf && !isLetter(c) && c != '_' && (c < '0' || c > '9')
}
