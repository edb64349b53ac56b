package search

import (
	"math"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// clause is one word of a query against an index: the terms that stand for it, in the fields that may
// hold them.
type clause struct {
	alternatives []alternative
	documents    float64 // how many have it, in the field that has it most often
	weight       float64 // how telling the word is
	isRequired   bool    // counts towards the words that a record must match
}

// alternative is one term in one field, with its postings in each segment of the view.
type alternative struct {
	field, term     string
	weight, average float64
	postings        []segment.PostingsList // nil where a segment does not have it
}

// clauses turns the words into what to look up. A record must match at least the second result of
// those that are required.
func (l *linguist) clauses(v *view, words []word) ([]clause, int, error) {
	words, err := v.mostTelling(words)
	if err != nil {
		return nil, 0, err
	}
	optional, err := l.withoutMeaning(v, words)
	if err != nil {
		return nil, 0, err
	}
	suffixes := l.suffixes(v)
	var out []clause
	required := 0
	for _, w := range words {
		c, err := l.clause(v, w, suffixes)
		if err != nil {
			return nil, 0, err
		}
		c.isRequired = !optional[w.folded]
		switch {
		case c.isRequired:
			required++
		case c.documents > tooCommon*v.docs:
			continue
		}
		out = append(out, c)
	}
	return out, needed(required), nil
}

// withoutMeaning are the words that are stop words in the likely language of the query. A query of
// nothing else is taken at its word.
func (l *linguist) withoutMeaning(v *view, words []word) (map[string]bool, error) {
	likely, err := l.likelyLanguage(v, words)
	if err != nil || likely == nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, w := range words {
		if likely.stop[w.folded] {
			out[w.folded] = true
		}
	}
	if len(out) == len(words) {
		return nil, nil //nolint:nilnil // No word is without meaning.
	}
	return out, nil
}

// suffixes lists the languages that the index has texts in.
func (l *linguist) suffixes(v *view) []*language {
	var out []*language
	for _, x := range append(l.languages, l.other) {
		if x.stem == nil && x != l.other {
			continue // Shares the fields of the others.
		}
		if v.has(classTitle.field(x.field())) || v.has(classBody.field(x.field())) || v.has(classLead.field(x.field())) {
			out = append(out, x)
		}
	}
	return out
}

// clause looks a word up: as it is, folded, and as the stem that it has in each language.
func (l *linguist) clause(v *view, w word, languages []*language) (clause, error) {
	var c clause
	add := func(spec classSpec, suffix, term string, weight float64) error {
		a, count, err := v.alternative(spec.Class.field(suffix), term)
		if err != nil || count == 0 {
			return err
		}
		a.weight, a.average = spec.Weight*weight, spec.Average
		c.documents = max(c.documents, count)
		c.alternatives = append(c.alternatives, a)
		return nil
	}
	for _, spec := range classes() {
		if err := add(spec, plainSuffix, w.folded, 1); err != nil {
			return clause{}, err
		}
	}
	for _, x := range languages {
		term := x.term(w.lower)
		if term == "" {
			continue
		}
		for _, spec := range classes() {
			if !spec.Class.isStemmed() {
				continue
			}
			if err := add(spec, x.field(), term, stemWeight); err != nil {
				return clause{}, err
			}
		}
	}
	c.weight = math.Log(1 + (v.docs-c.documents+0.5)/(c.documents+0.5))
	return c, nil
}

// alternative finds the postings of a term, and how many living documents have it.
func (v *view) alternative(field, term string) (alternative, float64, error) {
	a := alternative{field: field, term: term}
	count := 0.0
	for i, s := range v.segments {
		if !s.columns.fields[field] {
			continue
		}
		list, err := s.postings(field, term)
		if err != nil {
			return alternative{}, 0, err
		}
		if list == nil {
			continue
		}
		if a.postings == nil {
			a.postings = make([]segment.PostingsList, len(v.segments))
		}
		a.postings[i] = list
		count += float64(list.Count())
	}
	return a, count, nil
}
