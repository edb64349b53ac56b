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
	b := make([]byte, 0, len(s)+8)
	for _, r := range s {
		plain, ok := folded(r)
		if !ok {
			return foldRare(s)
		}
		b = append(b, plain...)
	}
	return string(b)
}

// foldRare folds a text with letters that the table does not have.
func foldRare(s string) string {
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

// Letters that are looked up in a table: Latin, Greek, Cyrillic and Armenian with their marks, and the
// punctuation of running text. None of them changes by what stands beside it.
const (
	tableEnd      = 0x590
	extendedFrom  = 0x1E00
	extendedUntil = 0x2070
)

// foldTable holds what foldRare makes of each of these letters alone.
var foldTable = makeFoldTable()

func makeFoldTable() []string {
	table := make([]string, tableEnd+extendedUntil-extendedFrom)
	for r := range rune(tableEnd) {
		table[r] = foldRare(string(r))
	}
	for r := rune(extendedFrom); r < extendedUntil; r++ {
		table[tableEnd+r-extendedFrom] = foldRare(string(r))
	}
	return table
}

// folded is what becomes of a letter; false where only foldRare knows.
func folded(r rune) (string, bool) {
	switch {
	case r < tableEnd:
		return foldTable[r], true
	case r >= extendedFrom && r < extendedUntil:
		return foldTable[tableEnd+r-extendedFrom], true
	}
	return "", false
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
