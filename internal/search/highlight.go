package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
)

// Limits of what is highlighted of one record.
const (
	maxHighlights = 5
	maxFragments  = 3
	fragmentSize  = 200 // letters, roughly
)

// Highlight shows why a record matches a text: the fields that do, the best first, each with the
// passages in which the words are marked. Languages are the reader's preferences: of texts that say the
// same, the one in the best language is shown.
//
// The item must be what was indexed, or a part of it. Where a record matches by a hidden label, or by
// the name of something broader, the preferred name of that record is shown and marked as a whole.
// Highlight does not ask the index. A text that is too long or has no words gives nothing.
func (x *Index) Highlight(text string, languages []knowledge.LanguageTag, item knowledge.Indexable) []knowledge.Highlight {
	m := x.marker(text)
	if m == nil {
		return nil
	}
	m.languages = languages
	matches := m.matches(item, true)
	if len(matches) == 0 {
		matches = m.matches(item, false)
	}
	return m.show(matches)
}

// marker makes what finds the words of a text; nil where it has none. A page asks for the same text once
// for each of its hits, so the last one is kept.
func (x *Index) marker(text string) *marker {
	last := x.marked.Load()
	if last == nil || last.text != text {
		words, err := queryWords(text)
		if err != nil || len(words) == 0 {
			return nil
		}
		last = &marker{linguist: x.linguist, text: text, words: map[string]bool{}, stems: map[string]map[string]bool{}}
		last.learn(words)
		x.marked.Store(last)
	}
	m := *last
	return &m
}

// marker finds the words of a query in texts. It is not changed after learn, but for the languages of a
// copy.
type marker struct {
	linguist  *linguist
	text      string
	words     map[string]bool            // folded
	stems     map[string]map[string]bool // by the suffix of the field
	starts    *starts                    // how words of the query begin: stemmers change their ends only
	languages []knowledge.LanguageTag
}

func (m *marker) learn(words []word) {
	m.starts = &starts{}
	for _, w := range words {
		m.words[w.folded] = true
		m.starts.add(start(w.folded))
	}
	for _, x := range append([]*language{m.linguist.other}, m.linguist.languages...) {
		if m.stems[x.field()] != nil {
			continue
		}
		set := map[string]bool{}
		for _, w := range words {
			if term := x.term(w.lower); term != "" {
				set[term] = true
				m.starts.add(start(term))
			}
		}
		m.stems[x.field()] = set
	}
}

// start is how every word begins that has the folded word or stem s: its first three letters, without
// its last one, which stemmers may have changed.
func start(s string) string { return cut(s, max(1, min(3, utf8.RuneCountInString(s)-1))) }

// span is a piece of a text, in bytes.
type span struct{ start, end int }

// match is a passage with the places of the query's words in it.
type match struct {
	passage
	spans []span
	words int // different ones
	score float64
}

// matches finds the passages of an item that hold words of the query. With meaningful set, words without
// meaning in the language of a passage do not count.
func (m *marker) matches(item knowledge.Indexable, meaningful bool) []match {
	var out []match
	m.linguist.eachPassage(item, func(p *passage) {
		x := m.linguist.language(p.language)
		var found match
		var distinct []string
		m.starts.eachCandidate(p.text, func(t token) {
			folded := fold(t.lower)
			if !m.starts.fits(folded) || meaningful && x.stop[folded] {
				return
			}
			if term, ok := m.marks(t.lower, folded, x, p.class); ok {
				found.spans = append(found.spans, span{t.start, t.end})
				if !slices.Contains(distinct, term) {
					distinct = append(distinct, term)
				}
			}
		})
		if found.words = len(distinct); found.words > 0 {
			found.passage = *p
			found.score = m.worth(&found)
			out = append(out, found)
		}
	})
	return out
}

// marks tells whether a token is one of the query's words, as it is or as a stem.
func (m *marker) marks(lower, folded string, x *language, c class) (string, bool) {
	if c.isStemmed() {
		if stem := x.term(lower); m.stems[x.field()][stem] {
			return stem, true
		}
	}
	return folded, m.words[folded]
}

// worth orders matches: more words first, then the weightier field, then the reader's language.
func (m *marker) worth(f *match) float64 {
	score := float64(f.words)
	for _, spec := range classes() {
		if spec.Class == f.class {
			score *= spec.Weight
		}
	}
	if f.instead != nil {
		score /= 2
	}
	for i, l := range m.languages {
		if baseLanguage(l) == baseLanguage(f.language) {
			return score * (1 + 0.5/float64(i+1))
		}
	}
	return score
}

// show turns the best matches into highlights: one for each path and language, and of the names of a
// linked record only the best.
func (m *marker) show(matches []match) []knowledge.Highlight {
	slices.SortStableFunc(matches, func(a, b match) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	var out []knowledge.Highlight
	for j := range matches {
		f := &matches[j]
		i := slices.IndexFunc(out, func(x knowledge.Highlight) bool { return slices.Equal(x.Path, f.path) })
		if i < 0 && len(out) == maxHighlights || i >= 0 && len(out[i].Fragments) == maxFragments {
			continue
		}
		h := m.highlight(f)
		if len(h.Fragments) == 0 {
			continue
		}
		switch {
		case i < 0:
			out = append(out, h)
		case i >= 0 && out[i].Language == h.Language:
			out[i].Fragments = addFragments(out[i].Fragments, h.Fragments)
		}
	}
	return out
}

func addFragments(have, more []string) []string {
	for _, f := range more {
		if len(have) < maxFragments && !slices.Contains(have, f) {
			have = append(have, f)
		}
	}
	return have
}

func (m *marker) highlight(f *match) knowledge.Highlight {
	h := knowledge.Highlight{Path: f.path, Language: f.language, Fragments: fragments(f.text, f.spans)}
	if f.instead != nil {
		name, language := nameOf(f.instead, m.languages)
		h.Language, h.Fragments = language, nil
		if strings.TrimSpace(name) != "" {
			h.Fragments = []string{mark(name, []span{{0, len(name)}})}
		}
	}
	return h
}
