package search

import (
	"slices"
	"strings"

	"goodpractice/internal/search/text"
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
	folded := text.AppendFolded(room[:0], piece)
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

// eachCandidate visits the words of a text that may be words of the query, with their places: those of
// text.EachWord, but for pieces between spaces that hold none.
func (s *starts) eachCandidate(passage string, visit func(text.Token)) {
	text.EachPiece(passage, func(piece string, at int, isASCII bool) {
		if s.mayHold(piece, isASCII) {
			text.EachWordOf(piece, at, visit)
		}
	})
}
