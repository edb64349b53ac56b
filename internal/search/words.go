package search

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
)

// Limits of a query's text.
const (
	// maxWords is how many words of a text are searched for: the most telling ones.
	maxWords = 32
	// allWordsUpTo is the number of words up to which a record must match every one.
	allWordsUpTo = 3
	// enoughWords is the part of the words that a record must match where there are more.
	enoughWords = 0.6
	// tooCommon is the part of all records in which a word without meaning is not even looked up.
	tooCommon = 0.1
)

// word is one word of a query.
type word struct {
	lower  string // for stemmers
	folded string
}

// queryWords cuts a query into words, each once. Nothing in it is syntax.
func queryWords(text string) ([]word, error) {
	if utf8.RuneCountInString(text) > knowledge.MaxSearchText {
		return nil, &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{"text"},
			Message: fmt.Sprintf("Search for at most %d characters.", knowledge.MaxSearchText),
		}
	}
	var words []word
	seen := map[string]bool{}
	eachWord(text, func(t token) {
		w := word{lower: t.lower, folded: fold(t.lower)}
		if w.folded != "" && !seen[w.folded] {
			seen[w.folded] = true
			words = append(words, w)
		}
	})
	return words, nil
}

// mostTelling keeps the words that the fewest records have. Words that none has are no help in a long
// text.
func (v *view) mostTelling(words []word) ([]word, error) {
	if len(words) <= maxWords {
		return words, nil
	}
	type counted struct {
		place, count int
	}
	var known []counted
	for i, w := range words {
		n := 0
		for _, c := range classes() {
			k, err := v.count(c.Class.field(plainSuffix), w.folded)
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
	var out []word
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

// likelyLanguage is the language that most words speak for: those without meaning in it, and those
// that records in it use. Nil where no word speaks for any.
func (l *linguist) likelyLanguage(v *view, words []word) (*language, error) {
	var best *language
	most := 0
	for _, x := range l.languages {
		if !v.has(classBody.field(x.field())) && !v.has(classTitle.field(x.field())) {
			continue
		}
		votes := 0
		for _, w := range words {
			if x.stop[w.folded] {
				votes++
				continue
			}
			known, err := v.isUsed(x, w)
			if err != nil {
				return nil, err
			}
			if known {
				votes++
			}
		}
		if votes > most {
			best, most = x, votes
		}
	}
	return best, nil
}

// isUsed tells whether records in the language use the word.
func (v *view) isUsed(l *language, w word) (bool, error) {
	term := l.term(w.lower)
	for _, c := range []class{classBody, classLead, classTitle} {
		n, err := v.count(c.field(l.field()), term)
		if n > 0 || err != nil {
			return n > 0, err
		}
	}
	return false, nil
}

// needed is how many of n words a record must match.
func needed(n int) int {
	if n <= allWordsUpTo {
		return n
	}
	want := int(enoughWords * float64(n))
	if float64(want) < enoughWords*float64(n) {
		want++
	}
	return want
}
