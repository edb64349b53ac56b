package search

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
	"goodpractice/internal/search/thesaurus"
)

// Limits of what is highlighted of one record.
const (
	maxHighlights = 5
	maxFragments  = 3
	fragmentSize  = 200 // letters, roughly
)

// marker finds the words of a query in texts. It never changes.
type marker struct {
	linguist *linguist
	words    map[string]bool            // folded
	others   map[string]bool            // folded words that stand for them
	stems    map[string]map[string]bool // by the suffix of the field
	starts   *starts                    // how words of the query begin: stemmers change their ends only
	concepts map[string]bool

	mu    sync.Mutex
	named map[namedKey][]match
}

// namedKey is a linked record with how it is linked. The hits of a page share many of them.
type namedKey struct {
	record     knowledge.Entity
	field      string
	isAncestor bool
	meaningful bool
}

// marker makes what shows why records match the question.
func (q *question) marker() *marker {
	m := &marker{
		linguist: q.linguist, words: map[string]bool{}, others: map[string]bool{}, stems: map[string]map[string]bool{}, starts: &starts{},
		concepts: map[string]bool{}, named: map[namedKey][]match{},
	}
	add := func(folded string) {
		m.words[folded] = true
		m.starts.add(start(folded))
	}
	for i := range q.words {
		w := &q.words[i]
		add(w.folded)
		for _, v := range w.variants {
			add(v.folded)
		}
		for _, o := range w.others {
			m.others[o.term] = true
			m.starts.add(start(o.term))
		}
	}
	for _, x := range q.languages {
		for i := range q.words {
			if term := x.Term(q.words[i].lower); term != "" {
				m.addStem(x.Suffix(), term)
			}
		}
	}
	for i := range q.words {
		for _, l := range q.words[i].labels {
			m.addStem(l.suffix, l.term)
		}
	}
	for _, c := range q.concepts {
		m.concepts[c] = true
	}
	return m
}

// addStem lets the words with a stem in a language be marked.
func (m *marker) addStem(suffix, term string) {
	if m.stems[suffix] == nil {
		m.stems[suffix] = map[string]bool{}
	}
	m.stems[suffix][term] = true
	m.starts.add(start(term))
}

// Highlight shows why a record matches: the fields that do, the best first, each with the passages in which the
// words are marked. Languages are the reader's preferences: of texts that say the same, the one in the best
// language is shown.
//
// The item must be what was indexed, or a part of it. Where a record matches by a hidden label, or by the
// name of something broader, the preferred name of that record is shown and marked as a whole. Where no word
// of the query is in its texts, words are marked that stand for the same term of the thesaurus. Highlight does
// not ask the index.
func (m *marker) Highlight(languages []knowledge.LanguageTag, item knowledge.Indexable) []knowledge.Highlight {
	s := &marking{marker: m, languages: languages}
	matches := s.matches(item, true)
	if len(matches) == 0 {
		matches = s.matches(item, false)
	}
	if !slices.ContainsFunc(matches, func(f match) bool { return f.class.isRunning() }) {
		matches = append(matches, s.mentions(item, len(matches) == 0)...)
	}
	return s.show(matches)
}

// marking is a marker at work for a reader.
type marking struct {
	*marker

	languages []knowledge.LanguageTag
}

// mentions finds the passages of an item where the terms of the thesaurus are named that words of the query
// stand for.
func (m *marking) mentions(item knowledge.Indexable, inLabels bool) []match {
	if len(m.concepts) == 0 {
		return nil
	}
	var out []match
	m.linguist.eachPassage(item, func(p *passage) {
		if !p.class.isRunning() && !(inLabels && p.class == classLabel) {
			return
		}
		var words []string
		var spans []span
		text.EachWord(p.text, func(t text.Token) {
			words, spans = append(words, t.Lower), append(spans, span{t.Start, t.End})
		})
		found := match{words: 1}
		m.linguist.thesaurus.EachMention(words, p.language, func(c *thesaurus.Concept, first, last int) {
			at := span{spans[first].start, spans[last].end}
			isWanted := m.concepts[c.ID]
			for broader := range c.Ancestors() {
				isWanted = isWanted || m.concepts[broader.ID]
			}
			if n := len(found.spans); isWanted && (n == 0 || found.spans[n-1].end <= at.start) {
				found.spans = append(found.spans, at)
			}
		})
		if len(found.spans) > 0 {
			found.passage = *p
			found.score = m.worth(&found)
			out = append(out, found)
		}
	})
	return out
}

// start is how every word begins that has the folded word or stem s: its first three letters, without
// its last one, which stemmers may have changed.
func start(s string) string { return text.Cut(s, max(1, min(3, utf8.RuneCountInString(s)-1))) }

// span is a piece of a text, in bytes.
type span struct{ start, end int }

// match is a passage with the places of the query's words in it.
type match struct {
	passage
	spans []span
	words int // different ones
	score float64

	isDirect bool // a word of the query itself is in it
}

// matches finds the passages of an item that hold words of the query. With meaningful set, words without
// meaning in the language of a passage do not count.
func (m *marking) matches(item knowledge.Indexable, meaningful bool) []match {
	var out []match
	add := func(found match) {
		found.score = m.worth(&found)
		out = append(out, found)
	}
	m.linguist.eachOwnPassage(item, func(p *passage) {
		if found, ok := m.match(p, meaningful); ok {
			add(found)
		}
	})
	eachLink(item, func(l *link) {
		for _, found := range m.inNames(l, meaningful) {
			add(found)
		}
	})
	return out
}

// inNames finds the names of a linked record that hold words of the query.
func (m *marker) inNames(l *link, meaningful bool) []match {
	if l.record == nil {
		return nil
	}
	key := namedKey{l.record, l.field, l.isAncestor, meaningful}
	m.mu.Lock()
	have, ok := m.named[key]
	m.mu.Unlock()
	if ok {
		return have
	}
	var out []match
	eachName(l, func(p *passage) {
		if found, ok := m.match(p, meaningful); ok {
			out = append(out, found)
		}
	})
	m.mu.Lock()
	m.named[key] = out
	m.mu.Unlock()
	return out
}

// match finds the words of the query in a passage; false where there is none.
func (m *marker) match(p *passage, meaningful bool) (match, bool) {
	x := m.linguist.languages.Of(p.language)
	var found match
	var distinct []string
	m.starts.eachCandidate(p.text, func(t text.Token) {
		folded := text.Fold(t.Lower)
		if !m.starts.fits(folded) || meaningful && x.IsStop(folded) {
			return
		}
		if term, ok := m.marks(t.Lower, folded, x, p.class); ok {
			found.spans = append(found.spans, span{t.Start, t.End})
			found.isDirect = found.isDirect || !m.others[term]
			if !slices.Contains(distinct, term) {
				distinct = append(distinct, term)
			}
		}
	})
	if found.words = len(distinct); found.words == 0 {
		return match{}, false
	}
	found.passage = *p
	return found, true
}

// marks tells whether a token is one of the query's words, as it is or as a stem.
func (m *marker) marks(lower, folded string, x *text.Language, c class) (string, bool) {
	if c.isStemmed() {
		if stem := x.Term(lower); m.stems[x.Suffix()][stem] {
			return stem, true
		}
	}
	return folded, m.words[folded] || m.others[folded]
}

// worth orders matches: more words first, then the weightier field, then the reader's language.
func (m *marking) worth(f *match) float64 {
	score := float64(f.words) * classWeight(f.class)
	if f.instead != nil || !f.isDirect {
		score /= 2
	}
	for i, l := range m.languages {
		if text.Base(l) == text.Base(f.language) {
			return score * (1 + 0.5/float64(i+1))
		}
	}
	return score
}

// show turns the best matches into highlights: one for each path and language, and of the names of a
// linked record only the best.
func (m *marking) show(matches []match) []knowledge.Highlight {
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
			addPassages(&out[i], h)
		}
	}
	return out
}

// addPassages adds the passages of more to those that there are, each once.
func addPassages(to *knowledge.Highlight, more knowledge.Highlight) {
	for i, f := range more.Fragments {
		if len(to.Fragments) < maxFragments && !slices.Contains(to.Fragments, f) {
			to.Fragments, to.Passages = append(to.Fragments, f), append(to.Passages, more.Passages[i])
		}
	}
}

func (m *marking) highlight(f *match) knowledge.Highlight {
	h := knowledge.Highlight{Path: f.path, Language: f.language}
	cut := pieces
	text, spans := f.text, f.spans
	if f.instead != nil {
		text, h.Language = nameOf(f.instead, m.languages)
		if text = strings.TrimSpace(text); text == "" {
			return h
		}
		spans = []span{{0, len(text)}}
		cut = func(text string, spans []span) []piece { return []piece{{text, spans}} }
	}
	for _, p := range cut(text, spans) {
		h.Fragments, h.Passages = append(h.Fragments, p.html()), append(h.Passages, p.passage())
	}
	return h
}
