package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold makes what people type and what records say meet: compatibility forms, accents and letters
// that keyboards lack are reduced to plain letters, and Cyrillic is written in Latin letters. The text
// must be in lower case. Folding twice changes nothing.
func Fold(lower string) string {
	if isASCII(lower) {
		return lower
	}
	b := make([]byte, 0, len(lower)+8)
	for _, r := range lower {
		plain, ok := folded(r)
		if !ok {
			return foldRare(lower)
		}
		b = appendLetter(b, r, plain)
	}
	return string(b)
}

// appendLetter adds what becomes of a letter. The ending "-ия" is "-ia", as in София and Россия, by the
// Bulgarian Transliteration Act of 2009 and by custom elsewhere; "я" is "ja" in other places.
func appendLetter(b []byte, r rune, plain string) []byte {
	if r == 'я' && len(b) > 0 && b[len(b)-1] == 'i' {
		plain = "a"
	}
	return append(b, plain...)
}

// foldRare folds a text with letters that the table does not have.
func foldRare(s string) string {
	b := make([]byte, 0, len(s))
	decomposed := norm.NFKD.String(s)
	for i, r := range decomposed {
		r = unicode.ToLower(r) // Compatibility forms may hold capitals: "™".
		switch plain := plainLetters(r); {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r): // Such as the soft hyphens of pasted text.
		case r == 'и' && hasBreve(decomposed[i+utf8.RuneLen(r):]):
			b = append(b, 'j')
		case plain != "":
			b = appendLetter(b, r, plain)
		case r != 'ь':
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// breve makes й of и. All other marks are dropped.
const breve = '\u0306'

// hasBreve tells whether there is a breve among the marks that a text begins with.
func hasBreve(s string) bool {
	for _, r := range s {
		if r == breve || !unicode.Is(unicode.Mn, r) {
			return r == breve
		}
	}
	return false
}

// Letters that are looked up in a table: Latin, Greek, Cyrillic and Armenian with their marks, and the
// punctuation of running text. But for и before a breve and я after и, none of them changes by what
// stands beside it.
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
	case r == breve:
		return "", false
	case r < tableEnd:
		return foldTable[r], true
	case r >= extendedFrom && r < extendedUntil:
		return foldTable[tableEnd+r-extendedFrom], true
	}
	return "", false
}

// FoldAny folds text in any case, for sorting and for comparing whole names.
func FoldAny(s string) string { return Fold(strings.ToLower(s)) }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// AppendFolded is FoldAny into a buffer, which it may replace, and without apostrophes. So every folded
// word of the text stands in it whole, though a word may be taken out of what an apostrophe holds
// together, and a Cyrillic one goes over it.
func AppendFolded(to []byte, text string) []byte {
	from := len(to)
	for _, r := range text {
		if isApostrophe(r) {
			continue
		}
		plain, ok := folded(unicode.ToLower(r))
		if !ok {
			return append(to[:from], FoldAny(withoutApostrophes(text))...)
		}
		to = appendLetter(to, unicode.ToLower(r), plain)
	}
	return to
}

// Cut is the first n letters of s.
func Cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
