package query

import (
	"strings"
	"unicode"
)

// MinPrefix is the number of letters or digits that a prefix needs. Fewer would match a large part of all
// words.
const MinPrefix = 3

// reach is how far a word goes.
type reach struct {
	end     int
	letters int // and digits, after the last sign that joins
}

// wordAt reads the word that begins at a place, where there is a core rune. The value of a filter ends at a comma, and
// a stroke holds it together, as in the slugs of narrower themes.
func wordAt(s string, start int, isValue bool) reach {
	w := reach{end: start}
	capitals := true
	var last rune
	for {
		r, n := runeAt(s, w.end)
		if !isCore(r) {
			at, sign := jointAt(s, w.end)
			after, _ := runeAt(s, at)
			if !isCore(after) {
				return w
			}
			if sign != nothing {
				isName := sign == ':' && fieldNamed(s[start:w.end]) != ""
				isJoined := joins(last, sign, after, capitals)
				if isValue {
					isJoined = sign == '/' || sign != ',' && isJoined
				}
				if isName || !isJoined {
					return w
				}
				w.letters = 0
			}
			w.end = at
			continue
		}
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			w.letters++
		}
		capitals = capitals && unicode.IsUpper(r)
		last = r
		w.end += n
	}
}

// jointAt passes one sign, if there is one, and the glue around it.
func jointAt(s string, at int) (end int, sign rune) {
	sign = nothing
	for {
		r, n := runeAt(s, at)
		switch {
		case isGlue(r):
		case sign == nothing && !endsToken(r) && !isCore(r):
			sign = r
		default:
			return at, sign
		}
		at += n
	}
}

// leafAt reads the word or prefix that begins at a place, where there is a core rune.
func leafAt(s string, start int) (Node, int) {
	w := wordAt(s, start, false)
	text, end := s[start:w.end], w.end
	for end < len(s) && s[end] == '*' {
		end++
	}
	if end > w.end && w.letters >= MinPrefix && !beginsCore(s, end) {
		return Prefix{Place{start, end}, text}, end
	}
	return newWord(text, start), w.end
}

func newWord(text string, start int) Word {
	at := Place{start, start + len(text)}
	if text == "OR" {
		text = "or"
	}
	return Word{at, text}
}

// phraseAt reads the phrase that begins at a place, where there is a quotation mark. Without another mark
// it goes to the end of the text. Its text is empty if nothing can be searched for.
func phraseAt(s string, start int) (Phrase, int) {
	mark, n := runeAt(s, start)
	from, to, end := start+n, len(s), len(s)
	if i := strings.IndexAny(s[from:], closers(mark)); i >= 0 {
		_, n = runeAt(s, from+i)
		to, end = from+i, from+i+n
	}
	from += len(s[from:to]) - len(strings.TrimLeftFunc(s[from:to], isBlank))
	to = from + len(strings.TrimRightFunc(s[from:to], isBlank))
	p := Phrase{Place: Place{start, end}, Inner: Place{from, to}}
	if strings.ContainsFunc(s[from:to], isCore) {
		p.Text = s[from:to]
	}
	return p, end
}
