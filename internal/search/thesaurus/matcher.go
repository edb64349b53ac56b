package thesaurus

import (
	"slices"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

// maxWords is how many words a label has at most.
const maxWords = 6

// matcher finds the labels of one language, and those of no language, in texts. Labels are found as they
// are written and, failing that, in another form of their words.
type matcher struct {
	language *text.Language
	written  *step // of folded words
	formed   *step // of stems, or of beginnings where the language has no stemmer
	starts   beginnings
	excluded map[string]bool // folded words that are no form of a label
	firsts   firstLetters    // of the first words of labels
}

// firstLetters is a set of the first three bytes of folded words. It has a bit for each hash of them, and
// spares most words of a text the look into the trees: no stemmer here changes the beginning of a word.
type firstLetters [64]uint64

func (f *firstLetters) place(folded string) (word, bit int) {
	hash := 0
	for i := range min(len(folded), 3) {
		hash = hash*37 + int(folded[i])
	}
	return hash >> 6 % len(f), hash % 64
}

func (f *firstLetters) add(folded string) {
	word, bit := f.place(folded)
	f[word] |= 1 << bit
}

func (f *firstLetters) has(folded string) bool {
	word, bit := f.place(folded)
	return f[word]&(1<<bit) != 0
}

// step is a place in a tree of words: what may follow, and the concepts that a label ending here names.
type step struct {
	next     map[string]*step
	concepts []*Concept
	single   []string // labels of one word that end here, folded; in the tree of forms alone
}

// to gives the step after a word, made where it is not there.
func (s *step) to(word string) *step {
	if s.next == nil {
		s.next = map[string]*step{}
	}
	if s.next[word] == nil {
		s.next[word] = &step{}
	}
	return s.next[word]
}

func (s *step) name(c *Concept) {
	if !slices.Contains(s.concepts, c) {
		s.concepts = append(s.concepts, c)
	}
}

// newMatcher makes the matcher of a language with the labels of some, and those of no language.
func (t *Thesaurus) newMatcher(tag string, labels []string) *matcher {
	m := &matcher{
		language: t.languages.Of(knowledge.LanguageTag(tag)), written: &step{}, formed: &step{},
		excluded: map[string]bool{},
	}
	if m.language.Suffix() == text.Undetermined {
		m.starts = beginnings{}
	}
	for _, word := range falseFriends(tag) {
		m.excluded[text.Fold(word)] = true
	}
	for _, l := range t.labels[text.Undetermined] {
		m.addWritten(fold(wordsOf(l.text)), l.concept)
	}
	ends := map[*step]*step{} // where a label ends in the tree of forms, and in the other one
	ambiguous := map[*step]bool{}
	for _, from := range labels {
		for _, l := range t.labels[from] {
			words := wordsOf(l.text)
			folded := fold(words)
			formed := m.addFormed(words, folded, l.concept)
			written := m.addWritten(folded, l.concept)
			ambiguous[formed] = len(formed.concepts) > 1
			if ends[formed] == nil || len(written.concepts) > 1 {
				ends[formed] = written
			}
		}
	}
	// A form of words that belong to several concepts names none, unless one label names just these.
	for formed, is := range ambiguous {
		if is && len(ends[formed].concepts) != len(formed.concepts) {
			formed.concepts = nil
		}
	}
	return m
}

// addWritten enters a label as it is written.
func (m *matcher) addWritten(folded []string, c *Concept) *step {
	at := m.written
	m.firsts.add(folded[0])
	for _, w := range folded {
		at = at.to(w)
	}
	at.name(c)
	return at
}

// addFormed enters a label with what the forms of its words share.
func (m *matcher) addFormed(words, folded []string, c *Concept) *step {
	at := m.formed
	for i, w := range words {
		key := folded[i]
		if m.starts == nil {
			key = m.term(w, folded[i])
		} else if start := beginning(folded[i]); start != "" {
			m.starts.add(start)
			key = start
		}
		at = at.to(key)
	}
	if len(folded) == 1 {
		at.single = append(at.single, folded[0])
	}
	at.name(c)
	return at
}

// wordsOf cuts a label into its words in lower case, as texts are cut.
func wordsOf(s string) []string {
	var out []string
	text.EachWord(s, func(t text.Token) { out = append(out, t.Lower) })
	return out
}

func fold(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = text.Fold(w)
	}
	return out
}

// term is what a word is looked up by in the tree of forms.
func (m *matcher) term(lower, folded string) string {
	if m.starts != nil {
		if start := m.starts.of(folded); start != "" {
			return start
		}
		return folded
	}
	if term := m.language.Term(lower); term != "" {
		return term
	}
	return folded // A word without meaning inside a label: "gens du voyage".
}

// longest finds the longest label that begins at a word, and its last word; nil where none does. With a number of
// letters of a form, the words are taken to be in another language: a single word with fewer letters, or with a stem
// in common with a label and no more, is taken as it is written or not at all.
func (m *matcher) longest(words []string, first, lettersOfForm int) ([]*Concept, int) {
	var found []*Concept
	last := -1
	folded := text.Fold(words[first])
	if !m.firsts.has(folded) {
		return nil, -1
	}
	at := m.written.next[folded]
	for i := first; at != nil; {
		if at.concepts != nil {
			found, last = at.concepts, i
		}
		if i++; i == len(words) || at.next == nil {
			break
		}
		at = at.next[text.Fold(words[i])]
	}
	at = m.formed.next[m.term(words[first], folded)]
	for i := first; at != nil; {
		if at.concepts != nil && i > last && (i > first || m.mayBeForm(folded, at, lettersOfForm)) {
			found, last = at.concepts, i
		}
		if i++; i == len(words) || at.next == nil {
			break
		}
		at = at.next[m.term(words[i], text.Fold(words[i]))]
	}
	return found, last
}

// mayBeForm tells whether a word is a form of the labels of one word that share its stem.
func (m *matcher) mayBeForm(folded string, at *step, letters int) bool {
	if m.excluded[folded] || letters == 0 {
		return !m.excluded[folded]
	}
	return utf8.RuneCountInString(folded) >= letters &&
		slices.ContainsFunc(at.single, func(label string) bool { return hasEnding(folded, label) })
}
