package text

import (
	"bytes"
	"strings"
	letters "unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
)

// tokens cuts a text into words in lower case that are not folded yet, with their places, by the rules
// of Unicode. EachWord gives the same and is faster.
func tokens(text string) analysis.TokenStream {
	return lowerFilter{}.Filter(apostropheFilter{}.Filter(unicode.NewUnicodeTokenizer().Tokenize([]byte(text))))
}

// maxWordLetters is how much of a word counts. Longer ones are no words, and some stemmers take time
// that grows with the square of the length.
const maxWordLetters = 64

// lowerFilter puts each term in lower case.
type lowerFilter struct{}

// Filter implements analysis.TokenFilter.
func (lowerFilter) Filter(tokens analysis.TokenStream) analysis.TokenStream {
	for _, t := range tokens {
		if t.Term = bytes.ToLower(t.Term); len(t.Term) > maxWordLetters {
			t.Term = []byte(Cut(string(t.Term), maxWordLetters))
		}
	}
	return tokens
}

// apostropheFilter takes words out of what an apostrophe holds together: "l'habitation" is
// "habitation", "city's" is "city", "dell'abitazione" is two words. Pieces of one letter are dropped
// where a longer one is left. In Cyrillic it is a part of the word, which is kept whole and written
// without it: Ukrainian "сім'я".
type apostropheFilter struct{}

// Filter implements analysis.TokenFilter.
func (apostropheFilter) Filter(tokens analysis.TokenStream) analysis.TokenStream {
	out := make(analysis.TokenStream, 0, len(tokens))
	for _, t := range tokens {
		if bytes.ContainsFunc(t.Term, isApostrophe) {
			out = append(out, splitAtApostrophes(t)...)
		} else {
			out = append(out, t)
		}
	}
	return out
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// isInCyrillic tells whether there are Cyrillic letters on both sides of a place in a word.
func isInCyrillic(word []byte, from, end int) bool {
	before, _ := utf8.DecodeLastRune(word[:from])
	after, _ := utf8.DecodeRune(word[end:])
	return letters.Is(letters.Cyrillic, before) && letters.Is(letters.Cyrillic, after)
}

func withoutApostrophes(s string) string {
	return strings.Map(func(r rune) rune {
		if isApostrophe(r) {
			return -1
		}
		return r
	}, s)
}

func splitAtApostrophes(t *analysis.Token) analysis.TokenStream {
	var long, short analysis.TokenStream
	start := 0
	add := func(end int) {
		if end == start {
			return
		}
		piece := &analysis.Token{
			Term: []byte(withoutApostrophes(string(t.Term[start:end]))), Start: t.Start + start, End: t.Start + end, Position: t.Position, Type: t.Type,
		}
		if utf8.RuneCount(piece.Term) > 1 {
			long = append(long, piece)
		} else {
			short = append(short, piece)
		}
	}
	for i, r := range string(t.Term) {
		if isApostrophe(r) && !isInCyrillic(t.Term, i, i+utf8.RuneLen(r)) {
			add(i)
			start = i + utf8.RuneLen(r)
		}
	}
	add(len(t.Term))
	if len(long) > 0 {
		return long
	}
	return short
}
