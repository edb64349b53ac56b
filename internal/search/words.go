package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/query"
	"goodpractice/internal/search/text"
)

// Limits of a query. A text of any kind costs no more than these allow.
const (
	// maxWords is how many words of a text are searched for: the most telling ones. Of the long questions of
	// CISI and Cranfield no more than that make a difference.
	maxWords = 32
	// maxConstraints is how many different alternatives, exclusions, filters and phrases of a text must hold. More
	// than a text of 2,000 characters has room for, but for the shortest exclusions.
	maxConstraints = 256
	// maxPhrases is how many different phrases are looked for by the places of their words, wherever they stand.
	// Of others, all words must be there. How many texts they may be looked for in is bounded by maxRead as well.
	maxPhrases = 3
	// maxPrefixes is how many words of a query may be beginnings, and maxExpansions how many words each stands
	// for: those in the most records.
	maxPrefixes   = 4
	maxExpansions = 50
)

// word is one word of a query.
type word struct {
	lower  string // for stemmers
	folded string
}

// placedWord is a word with where it was typed: the whole of what stands between spaces.
type placedWord struct {
	word

	at       query.Place // of the word alone
	inPhrase bool
	inOr     bool
	isPrefix bool
	isUnseen bool // no record has it that the reader may see
}

// checkText refuses a text that is too long.
func checkText(s string) error {
	if utf8.RuneCountInString(s) > knowledge.MaxSearchText {
		return &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{"text"},
			Message: fmt.Sprintf("Search for at most %d characters.", knowledge.MaxSearchText),
		}
	}
	return nil
}

// wordsIn cuts a part of a query into words.
func wordsIn(s string, start int) []placedWord {
	var out []placedWord
	text.EachWord(s, func(t text.Token) {
		w := placedWord{word: word{lower: t.Lower, folded: text.Fold(t.Lower)}, at: query.Place{Start: start + t.Start, End: start + t.End}}
		if w.folded != "" {
			out = append(out, w)
		}
	})
	return out
}

// positiveWords lists the words that a record may be found by, in their order, each as often as it was typed.
func positiveWords(q query.Query) []placedWord {
	var out []placedWord
	var walk func(nodes []query.Node, inOr bool)
	add := func(words []placedWord, inOr, inPhrase bool) {
		for _, w := range words {
			w.inOr, w.inPhrase = inOr, inPhrase
			out = append(out, w)
		}
	}
	walk = func(nodes []query.Node, inOr bool) {
		for _, n := range nodes {
			switch n := n.(type) {
			case query.Word:
				add(wordsIn(n.Text, n.Start), inOr, false)
			case query.Prefix:
				words := wordsIn(n.Text, n.Start)
				if len(words) > 0 {
					words[len(words)-1].isPrefix = true
				}
				add(words, inOr, false)
			case query.Phrase:
				add(wordsIn(n.Text, n.Inner.Start), inOr, true)
			case query.Or:
				walk(n.Nodes, true)
			case query.Group:
				walk(n.Nodes, inOr)
			}
		}
	}
	walk(q.Nodes, false)
	return out
}

// mostTelling keeps the words that the fewest records have, each once. Words that none has are no help in a
// long text.
func (v *view) mostTelling(words []wanted) ([]wanted, error) {
	if len(words) <= maxWords {
		return words, nil
	}
	type counted struct {
		place, count int
	}
	var known []counted
	for i, w := range words {
		n := 0
		for _, c := range runningClasses() {
			k, err := v.count(c.field(plainSuffix), w.folded)
			if err != nil {
				return nil, err
			}
			n = max(n, k)
		}
		if n > 0 {
			known = append(known, counted{i, n})
		}
	}
	slices.SortStableFunc(known, func(a, b counted) int { return a.count - b.count })
	known = known[:min(len(known), maxWords)]
	slices.SortFunc(known, func(a, b counted) int { return a.place - b.place })
	var out []wanted
	for _, k := range known {
		out = append(out, words[k.place])
	}
	if len(out) == 0 {
		return words[:maxWords], nil
	}
	return out, nil
}

// count is how many living documents hold the term.
func (v *view) count(field, term string) (int, error) {
	n := 0
	for _, s := range v.segments {
		if !s.columns.fields[field] {
			continue
		}
		list, err := s.postings(field, term)
		if err != nil {
			return 0, err
		}
		if list != nil {
			n += int(list.Count())
		}
	}
	return n, nil
}

// has tells whether any segment has the field.
func (v *view) has(field string) bool {
	return slices.ContainsFunc(v.segments, func(s *segmentView) bool { return s.columns.fields[field] })
}

// expand lists the words that begin like this, those in the most records first.
func (v *view) expand(folded string, classes []class) ([]string, error) {
	counts := map[string]int{}
	for _, s := range v.segments {
		for _, c := range classes {
			field := c.field(plainSuffix)
			if !s.columns.fields[field] {
				continue
			}
			dictionary, err := s.snapshot.Segment().Dictionary(field)
			if err != nil {
				return nil, fmt.Errorf("read the words of %s: %w", field, err)
			}
			terms := dictionary.AutomatonIterator(nil, []byte(folded), after(folded))
			for {
				entry, err := terms.Next()
				if err != nil {
					return nil, fmt.Errorf("read the words of %s: %w", field, err)
				}
				if entry == nil {
					break
				}
				counts[entry.Term] += int(entry.Count)
			}
		}
	}
	out := make([]string, 0, len(counts))
	for w := range counts {
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	return out[:min(len(out), maxExpansions)], nil
}

// after is the first text behind all that begin with the prefix; nil where there is none.
func after(prefix string) []byte {
	b := []byte(prefix)
	for len(b) > 0 {
		if b[len(b)-1]++; b[len(b)-1] != 0 {
			return b
		}
		b = b[:len(b)-1]
	}
	return nil
}
