package search

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"golang.org/x/text/unicode/norm"
)

// fold makes what people type and what records say meet: compatibility forms, accents and letters
// that keyboards lack are reduced to plain letters. The text must be in lower case.
func fold(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if plain := plainLetters(r); plain != "" {
			b.WriteString(plain)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// foldText folds text in any case, for sorting and for comparing whole names.
func foldText(s string) string { return fold(strings.ToLower(s)) }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// plainLetters writes a letter that Unicode does not decompose with plain ones; "" where it stays.
// The comma and cedilla of ș, ş, ț and ţ are marks, which fold drops.
func plainLetters(r rune) string {
	switch r {
	case 'ı':
		return "i"
	case 'ł', 'ŀ':
		return "l"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ħ':
		return "h"
	case 'ŧ':
		return "t"
	case 'ŋ':
		return "n"
	case 'ə':
		return "e"
	case 'ς':
		return "σ"
	}
	return ""
}

// foldFilter folds each term and leaves its offsets alone, so that highlights stay in place. What is
// nothing but accents is dropped.
type foldFilter struct{}

// Filter implements analysis.TokenFilter.
func (foldFilter) Filter(tokens analysis.TokenStream) analysis.TokenStream {
	out := tokens[:0]
	for _, t := range tokens {
		if term := string(t.Term); !isASCII(term) {
			t.Term = []byte(fold(term))
		}
		if len(t.Term) > 0 {
			out = append(out, t)
		}
	}
	return out
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
			t.Term = []byte(cut(string(t.Term), maxWordLetters))
		}
	}
	return tokens
}

// apostropheFilter takes words out of what an apostrophe holds together: "l'habitation" is
// "habitation", "city's" is "city", "dell'abitazione" is two words. Pieces of one letter are dropped
// where a longer one is left.
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

func splitAtApostrophes(t *analysis.Token) analysis.TokenStream {
	var long, short analysis.TokenStream
	start := 0
	add := func(end int) {
		if end == start {
			return
		}
		piece := &analysis.Token{
			Term: t.Term[start:end], Start: t.Start + start, End: t.Start + end, Position: t.Position, Type: t.Type,
		}
		if utf8.RuneCount(piece.Term) > 1 {
			long = append(long, piece)
		} else {
			short = append(short, piece)
		}
	}
	for i, r := range string(t.Term) {
		if isApostrophe(r) {
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

// cutFilter keeps the first letters of each term: a stemmer for languages that have none.
type cutFilter struct{ letters int }

// Filter implements analysis.TokenFilter.
func (f cutFilter) Filter(tokens analysis.TokenStream) analysis.TokenStream {
	for _, t := range tokens {
		t.Term = []byte(cut(string(t.Term), f.letters))
	}
	return tokens
}

// cut is the first n letters of s.
func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
