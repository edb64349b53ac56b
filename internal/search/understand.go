package search

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/query"
	"goodpractice/internal/search/text"
	"goodpractice/internal/search/thesaurus"
)

// question is a search text as it is understood: what the words are, in which language, what else stands for
// them, and what must hold beside them.
type question struct {
	listing        *knowledge.Listing
	linguist       *linguist
	known          *learned
	view           *view
	classes        []class
	visible        func(*segmentView, uint32) (bool, error)
	parsed         query.Query
	typed          []placedWord
	words          []wanted // each once
	filters        map[query.Place]constraint
	told           map[query.Place][]knowledge.TextFilter // what filters mean
	languages      []*text.Language                       // whose stems are looked up, the likely ones first
	likely         int
	concepts       []string
	phrases        map[string]*phrase // at most maxPhrases different ones, wherever they stand
	prefixes       int                // expanded so far
	mentions       int                // of terms so far
	byLabels       uint64             // which mentions of terms words of labels stand for, by their numbers, one bit each
	labelled       int                // words of labels of terms so far
	corrections    map[query.Place]string
	instead        map[string]string // the same by the folded words
	interpretation *knowledge.Interpretation
}

// understand reads the text of a listing.
func (x *Index) understand(v *view, k *learned, l *knowledge.Listing, f *filter, before *frozen) (*question, error) {
	q := &question{
		listing: l, linguist: x.linguist, known: k, view: v, classes: classesOf(l.Kinds),
		filters: map[query.Place]constraint{}, told: map[query.Place][]knowledge.TextFilter{}, corrections: map[query.Place]string{}, instead: map[string]string{}, phrases: map[string]*phrase{},
		interpretation: &knowledge.Interpretation{},
	}
	q.visible = f.sees()
	q.parsed = query.ParseFunc(l.Text, q.isFilter)
	q.typed = positiveWords(q.parsed)
	q.detect(before)
	if err := q.correct(before); err != nil {
		return nil, err
	}
	q.collect()
	var err error
	if q.words, err = q.choose(before); err != nil {
		return nil, err
	}
	q.skipStopWords()
	if !l.Reading.NoSynonyms {
		names, err := q.addNames()
		if err != nil {
			return nil, err
		}
		if err := q.addConcepts(names, before); err != nil {
			return nil, err
		}
	}
	if err := q.expandPrefixes(); err != nil {
		return nil, err
	}
	q.tellFilters()
	q.interpretation.Text = query.Parse(q.parsed.Rewrite(q.corrections)).String()
	return q, nil
}

// classesOf are the classes of texts that records of the kinds have.
func classesOf(kinds []knowledge.Kind) []class {
	nouns := 0
	for _, k := range kinds {
		if isNoun(k) {
			nouns++
		}
	}
	switch {
	case nouns == 0 && len(kinds) > 0:
		return []class{classTitle, classLead, classBody, classLabel, classHidden}
	case nouns == len(kinds) && nouns > 0:
		return []class{className, classLabel, classHidden}
	default:
		return []class{classTitle, classLead, classBody, classLabel, classHidden, className}
	}
}

// isNoun tells whether records of the kind are names for others to be filed under, and no texts to read.
func isNoun(k knowledge.Kind) bool {
	switch k {
	case knowledge.KindTheme, knowledge.KindTargetGroup, knowledge.KindAuthority, knowledge.KindCountry,
		knowledge.KindOrganisation, knowledge.KindPartner, knowledge.KindToken:
		return true
	default:
		return false
	}
}

// detect finds the likely language, whose stems are looked up; where no language is likely, those of every
// language that the index has texts in.
func (q *question) detect(before *frozen) {
	all := q.linguist.suffixes(q.view)
	switch {
	case before != nil:
		q.interpretation.Language = before.language
	case !q.listing.Reading.NoLanguage:
		lower := make([]string, len(q.typed))
		for i, w := range q.typed {
			lower[i] = w.lower
		}
		q.interpretation.Language, _ = q.known.detector.Detect(lower, q.listing.Languages)
	}
	if tag := q.interpretation.Language; tag != "" {
		q.languages, q.likely = []*text.Language{q.linguist.languages.Of(tag)}, 1
		return
	}
	q.languages, q.likely = all, len(all)
}

// suffixes lists the languages that the index has texts in.
func (l *linguist) suffixes(v *view) []*text.Language {
	var out []*text.Language
	for _, x := range l.languages.Fields() {
		isKnown := slices.ContainsFunc(out, func(y *text.Language) bool { return x.Suffix() == y.Suffix() })
		if !isKnown && (v.has(classTitle.field(x.Suffix())) || v.has(classBody.field(x.Suffix())) ||
			v.has(classLead.field(x.Suffix())) || v.has(className.field(x.Suffix()))) {
			out = append(out, x)
		}
	}
	return out
}

// correct puts known words in the place of those that no record has that the reader may see, and finds what
// rare ones may have been meant to be. What an earlier page corrected is corrected again, and nothing else.
func (q *question) correct(before *frozen) error {
	better := map[query.Place]string{}
	var typed []placedWord
	for i, w := range q.typed {
		known, err := q.isKnown(w.word)
		if err != nil {
			return err
		}
		if w.isUnseen = !known; w.isUnseen {
			if w.isUnseen, err = q.hasNoForm(w.word); err != nil {
				return err
			}
		}
		instead := q.instead[w.folded]
		switch {
		case instead != "" && !w.inPhrase && !w.isPrefix:
		case before != nil && (w.inPhrase || w.isPrefix):
		case before != nil:
			instead = before.corrections[w.folded]
		case q.listing.Reading.NoCorrections || w.inPhrase || w.isPrefix || q.linguist.labels[w.folded]:
		case known:
			if err := q.doubt(i, better); err != nil {
				return err
			}
		case len(q.instead) < maxWords:
			if instead, err = q.mend(i, better); err != nil {
				return err
			}
		}
		if instead == "" {
			typed = append(typed, w)
			continue
		}
		q.instead[w.folded] = instead
		q.interpretation.Corrections = append(q.interpretation.Corrections, knowledge.Correction{
			Word: q.parsed.Text[w.at.Start:w.at.End], Instead: instead,
		})
		q.corrections[w.at] = instead
		for _, x := range wordsIn(instead, 0) {
			x.at, x.inOr = w.at, w.inOr
			typed = append(typed, x)
		}
	}
	q.typed = typed
	if len(better) > 0 {
		maps.Copy(better, q.corrections)
		q.interpretation.DidYouMean = q.parsed.Rewrite(better)
	}
	return nil
}

// mend is what is searched for in the place of a word that no record has; "" where a term of the thesaurus
// explains the word, and where nothing likely is near. What may be asked about is noted.
func (q *question) mend(at int, better map[query.Place]string) (string, error) {
	w := q.typed[at]
	if ok, err := q.isTerm(at); ok || err != nil {
		return "", err
	}
	instead, doubt, err := q.intended(at)
	if doubt != "" {
		better[w.at] = doubt
	}
	return instead, err
}

// doubt notes a word that is much more usual than a rare one and differs by a letter.
func (q *question) doubt(at int, better map[query.Place]string) error {
	w := q.typed[at]
	records := 0
	for _, c := range q.classes {
		n, err := q.view.count(c.field(plainSuffix), w.folded)
		if err != nil {
			return err
		}
		records = max(records, n)
	}
	if c, ok := q.known.spelling.Rare(w.folded, string(q.interpretation.Language), records); ok {
		instead := q.known.write(c.Text)
		ok, err := q.finds(at, instead)
		if ok {
			better[w.at] = instead
		}
		return err
	}
	return nil
}

// write is a folded word as it is mostly written.
func (x *learned) write(folded string) string {
	if w, ok := x.written[folded]; ok {
		return w
	}
	return folded
}

// isKnown tells whether a record has the word, or another form of it, that the reader may see.
func (q *question) isKnown(w word) (bool, error) {
	for _, c := range []class{classBody, classLead, classTitle, classLabel, classHidden, className} {
		if ok, err := q.isSeen(c.field(plainSuffix), w.folded); ok || err != nil {
			return ok, err
		}
		if !c.isStemmed() || q.likely != 1 || q.languages[0].Suffix() == text.Undetermined {
			continue
		}
		if ok, err := q.isSeen(c.field(q.languages[0].Suffix()), q.languages[0].Term(w.lower)); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// hasNoForm tells that no record has a form of the word, in any of the languages whose stems are looked up, that
// the reader may see.
func (q *question) hasNoForm(w word) (bool, error) {
	for _, l := range q.languages {
		for _, c := range q.classes {
			if !c.isStemmed() {
				continue
			}
			if ok, err := q.isSeen(c.field(l.Suffix()), l.Term(w.lower)); ok || err != nil {
				return false, err
			}
		}
	}
	return true, nil
}

// isSeen tells whether a record has the term in the field that the reader may see.
func (q *question) isSeen(field, term string) (bool, error) {
	if term == "" {
		return false, nil
	}
	for _, s := range q.view.segments {
		if !s.columns.fields[field] {
			continue
		}
		list, err := s.postings(field, term)
		if err != nil {
			return false, err
		}
		if list == nil {
			continue
		}
		for it := list.Iterator(false, false, false, nil); ; {
			p, err := it.Next()
			if err != nil {
				return false, fmt.Errorf("look for a word: %w", err)
			}
			if p == nil {
				break
			}
			if ok, err := q.visible(s, uint32(p.Number())); ok || err != nil {
				return ok, err
			}
		}
	}
	return false, nil
}

// collect makes the words of the query, each once.
func (q *question) collect() {
	at := map[string]int{}
	for _, w := range q.typed {
		i, seen := at[w.folded]
		if !seen {
			at[w.folded] = len(q.words)
			q.words = append(q.words, wanted{
				word: w.word, isOptional: w.inOr || w.inPhrase, isPrefix: w.isPrefix, isUnseen: w.isUnseen,
			})
			continue
		}
		q.words[i].isOptional = q.words[i].isOptional && (w.inOr || w.inPhrase)
	}
}

// skipStopWords makes the words without meaning optional. A query of nothing else is taken at its word.
func (q *question) skipStopWords() {
	if q.likely != 1 {
		return
	}
	isStop := func(w wanted) bool { return q.languages[0].IsStop(w.folded) }
	if !slices.ContainsFunc(q.words, func(w wanted) bool { return !isStop(w) }) {
		return
	}
	for i := range q.words {
		if isStop(q.words[i]) {
			q.words[i].isOptional, q.words[i].isStop = true, true
		}
	}
}

// addConcepts lets the terms of the thesaurus stand for the words that name them in any language. What is named by
// a part of a longer name is not meant: Housing First is more than housing. Terms that find nothing are left out.
func (q *question) addConcepts(names []mention, before *frozen) error {
	lower := make([]string, len(q.words))
	folded := make([]string, len(q.words))
	for i, w := range q.words {
		lower[i], folded[i] = w.lower, w.folded
	}
	var failed error
	q.linguist.thesaurus.EachMentionAnywhere(lower, q.interpretation.Language, func(m thesaurus.Mention) {
		number := q.mentions
		q.mentions++
		isPart := slices.ContainsFunc(names, func(n mention) bool {
			return n.first <= m.First && m.Last <= n.last && m.Last-m.First < n.last-n.first
		})
		if isPart || failed != nil {
			return
		}
		var ok bool
		if ok, failed = q.standFor(m, number, before); !ok {
			return
		}
		q.concepts = append(q.concepts, m.Concept.ID)
		q.tell(knowledge.Synonym{
			Words: strings.Join(folded[m.First:m.Last+1], " "), Label: m.Concept.Label(q.listing.Languages...),
			Kind: knowledge.SynonymThesaurus, Link: knowledge.SynonymSame,
		})
	})
	return failed
}

// standFor lets a term stand for the words that name it or, where no record has it, the words of its labels: on later
// pages what did so on the first. False where neither finds anything.
func (q *question) standFor(m thesaurus.Mention, number int, before *frozen) (bool, error) {
	words := q.words[m.First : m.Last+1]
	ok, err := q.hasConcept(m.Concept.ID)
	if err != nil {
		return false, err
	}
	bit := uint64(1) << number // None for the 65th mention and those after it.
	byLabels := !ok && bit != 0 && q.isForeign(m)
	if before != nil {
		byLabels = before.byLabels&bit != 0
	}
	if !ok && !byLabels {
		return false, nil
	}
	if byLabels {
		q.byLabels |= bit
		labels, err := q.labelWords(m.Concept, maxLabelWords-q.labelled)
		q.labelled += len(labels)
		for i := range words {
			words[i].labels = append(words[i].labels, labels...)
		}
		return len(labels) > 0, err
	}
	concept := weighted{suffix: conceptSuffix, term: m.Concept.ID, weight: conceptWeight}
	for i := range words {
		for _, c := range append(runningClasses(), classLabel) {
			concept.class = c
			words[i].tokens = append(words[i].tokens, concept)
		}
	}
	return true, nil
}

// expandPrefixes finds the words that the beginnings with a star stand for.
func (q *question) expandPrefixes() error {
	for i := range q.words {
		w := &q.words[i]
		if !w.isPrefix || q.prefixes == maxPrefixes {
			continue
		}
		q.prefixes++
		found, err := q.view.expand(w.folded, q.classes)
		if err != nil {
			return err
		}
		for _, f := range found {
			seen, err := q.isKnown(word{folded: f})
			if err != nil {
				return err
			}
			if seen {
				w.variants = append(w.variants, word{folded: f})
			}
		}
	}
	return nil
}
