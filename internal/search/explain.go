package search

import (
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
)

// explain takes the scores of a page apart.
func (s *search) explain(g *Generation, found *knowledge.Found) error {
	if s.question == nil {
		return nil
	}
	signals := s.signals(g, s.page.frozen)
	defer signals.release()
	if s.page.frozen != nil {
		signals.learnFrom(s.page.frozen.examples)
	}
	for i := range found.Hits {
		hit := &found.Hits[i]
		hit.Parts = []knowledge.ScorePart{}
		for number, v := range s.view.segments {
			list, err := v.postings(fieldID, string(hit.ID))
			if err != nil {
				return err
			}
			if err := eachDoc(list, func(doc uint32) error {
				hit.Parts, err = s.parts(v, number, doc, signals, hit)
				return err
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// parts are the reasons for the score of one document.
func (s *search) parts(v *segmentView, number int, doc uint32, of signals, hit *knowledge.Hit) ([]knowledge.ScorePart, error) {
	out := []knowledge.ScorePart{}
	base := 0.0
	add := func(p knowledge.ScorePart) {
		if base += p.Value; p.Value != 0 {
			out = append(out, p)
		}
	}
	for i := range s.plan.clauses {
		parts, err := s.wordParts(&s.plan.clauses[i], v, number, doc)
		if err != nil {
			return nil, err
		}
		for _, p := range parts {
			add(p)
		}
	}
	if s.page.frozen == nil { // In another order, the score is that of the words.
		return out, nil
	}
	years, err := v.column(fieldYear)
	if err != nil {
		return nil, err
	}
	if place, ok := years.value(doc); ok {
		add(knowledge.ScorePart{Signal: knowledge.SignalRecency, Value: recencyOf(years.numbers[place], int64(s.index.now().Year()))})
	}
	evidence, err := v.column(fieldEvidence)
	if err != nil {
		return nil, err
	}
	if place, ok := evidence.value(doc); ok {
		add(knowledge.ScorePart{Signal: knowledge.SignalEditorial, Value: editorial(evidence.terms[place])})
	}
	if base < s.page.frozen.threshold-1e-6 {
		return out, nil
	}
	add(knowledge.ScorePart{Signal: knowledge.SignalMeaning, Value: of.meaning(hit.ID)})
	titles, err := s.titles(v)
	if err != nil {
		return nil, err
	}
	if titles.haveAll(doc) {
		add(knowledge.ScorePart{Signal: knowledge.SignalTitle, Value: titleBonus})
	}
	return out, nil
}

// wordParts shares out what a word gives among the fields that it is in.
func (s *search) wordParts(c *clause, v *segmentView, number int, doc uint32) ([]knowledge.ScorePart, error) {
	var direct, indirect []knowledge.ScorePart
	tf, other := 0.0, 0.0
	for i := range c.alternatives {
		a := &c.alternatives[i]
		if a.postings[number] == nil {
			continue
		}
		o, err := v.occurrences(a, a.postings[number])
		if err != nil {
			return nil, err
		}
		j, ok := slices.BinarySearch(o.docs, doc)
		if !ok {
			continue
		}
		norm, err := v.norms(a.class, s.plan.stats.averages[a.class])
		if err != nil {
			return nil, err
		}
		worth := a.weight * float64(o.times[j])
		if norm != nil {
			worth *= float64(norm[doc])
		}
		p := knowledge.ScorePart{Signal: knowledge.SignalWords, Word: c.word, Field: fieldName(a), Value: worth}
		if a.isDirect {
			tf += worth
			direct = addPart(direct, p)
		} else {
			other += worth
			indirect = addPart(indirect, p)
		}
	}
	share := c.weight / s.plan.most
	word := dampened(tf)
	for i := range direct {
		direct[i].Value *= share * word / tf
	}
	for i := range indirect {
		indirect[i].Value *= share * (withSynonyms(word, dampened(other)) - word) / other
	}
	return append(direct, indirect...), nil
}

// addPart adds a part, or its value to the one of the same field.
func addPart(parts []knowledge.ScorePart, p knowledge.ScorePart) []knowledge.ScorePart {
	for i := range parts {
		if parts[i].Field == p.Field {
			parts[i].Value += p.Value
			return parts
		}
	}
	return append(parts, p)
}

// fieldName says where an alternative matches.
func fieldName(a *alternative) string {
	switch {
	case strings.HasSuffix(a.field, "_"+conceptSuffix):
		return "thesaurus"
	case a.class == "":
		return "links"
	case a.class == classLead:
		return "summary"
	case a.class == classHidden:
		return "labels"
	case a.class == classLabel:
		return "labels"
	default:
		return string(a.class)
	}
}
