package search

import (
	"slices"
	"strings"
	"unicode"
)

// starts tells quickly that a piece of a text holds no word of a query, without cutting it into words:
// hardly any piece does. It is not changed after the last add.
type starts struct {
	all   []string // folded beginnings of words
	first [256]bool
}

// add puts in how words of the query begin. An empty beginning fits everything.
func (s *starts) add(start string) {
	if slices.Contains(s.all, start) {
		return
	}
	s.all = append(s.all, start)
	if start == "" {
		for i := range s.first {
			s.first[i] = true
		}
		return
	}
	s.first[start[0]] = true
	if c := start[0]; 'a' <= c && c <= 'z' {
		s.first[c-'a'+'A'] = true
	}
}

// mayHold tells whether one of the beginnings stands anywhere in the piece, folded.
func (s *starts) mayHold(piece string, isASCII bool) bool {
	if isASCII {
		for i := range len(piece) {
			if s.first[piece[i]] && s.beginsAt(piece[i:]) {
				return true
			}
		}
		return false
	}
	var room [128]byte
	folded := appendFolded(room[:0], piece)
	for _, start := range s.all {
		if strings.Contains(string(folded), start) {
			return true
		}
	}
	return false
}

// beginsAt tells whether the piece, which is plain letters in any case, begins like a word of the query.
func (s *starts) beginsAt(piece string) bool {
	for _, start := range s.all {
		if len(piece) >= len(start) && strings.EqualFold(piece[:len(start)], start) {
			return true
		}
	}
	return false
}

// fits tells whether a folded word begins like one of the query.
func (s *starts) fits(folded string) bool {
	for _, start := range s.all {
		if strings.HasPrefix(folded, start) {
			return true
		}
	}
	return false
}

// appendFolded is foldText into a buffer.
func appendFolded(to []byte, text string) []byte {
	from := len(to)
	for _, r := range text {
		plain, ok := folded(unicode.ToLower(r))
		if !ok {
			return append(to[:from], foldText(text)...)
		}
		to = append(to, plain...)
	}
	return to
}

// eachCandidate visits the words of a text that may be words of the query, with their places: those of
// eachWord, but for pieces between spaces that hold none.
func (s *starts) eachCandidate(text string, visit func(token)) {
	eachPiece(text, func(piece string, at int, isASCII bool) {
		if s.mayHold(piece, isASCII) {
			wordsOf(piece, at, visit)
		}
	})
}
