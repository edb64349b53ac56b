package search

import (
	"fmt"
	"slices"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// accumulator adds up the scores of the documents of one segment, word by word. It is all zero between
// uses, and is kept for the next search.
type accumulator struct {
	score   []float32
	covered []float32      // idf of the required words that a document has
	words   []*occurrences // that have been added
	part    []float32      // of the word at hand
	current []uint32       // documents with a part

	docs   []uint32 // what is about to be shown, with its scores
	scores []float32
}

// reset makes room for a segment of the size.
func (a *accumulator) reset(size uint32) {
	for _, o := range a.words {
		if len(o.docs) > len(a.score)/16 {
			clear(a.score)
			clear(a.covered)
			break
		}
		for _, doc := range o.docs {
			a.score[doc], a.covered[doc] = 0, 0
		}
	}
	a.words = a.words[:0]
	for _, doc := range a.current {
		a.part[doc] = 0
	}
	a.current = a.current[:0]
	if len(a.score) < int(size) {
		a.score, a.part, a.covered = make([]float32, size), make([]float32, size), make([]float32, size)
	}
}

// add scores one word in the segment with the number, see score.go. Deleted documents may get a score too.
func (a *accumulator) add(c *clause, stats *statistics, s *segmentView, number int) error {
	o, err := s.dampened(c, stats, number, a)
	if err != nil {
		return err
	}
	a.words = append(a.words, o)
	weight := float32(c.weight)
	for j, doc := range o.docs {
		a.score[doc] += weight * o.times[j]
	}
	if c.isRequired {
		for _, doc := range o.docs {
			a.covered[doc] += weight
		}
	}
	return nil
}

// gather adds the occurrences of one term. A norm of nil stands for 1 everywhere.
func (a *accumulator) gather(list segment.PostingsList, isKeyword bool, norm []float32, weight float32) error {
	part := a.part
	for it := list.Iterator(!isKeyword, false, false, nil); ; {
		p, err := it.Next()
		if err != nil {
			return fmt.Errorf("read the postings of a word: %w", err)
		}
		if p == nil {
			return nil
		}
		doc, worth := p.Number(), weight
		if !isKeyword {
			worth *= float32(p.Frequency())
		}
		if norm != nil {
			worth *= norm[doc]
		}
		if part[doc] == 0 {
			a.current = append(a.current, uint32(doc))
		}
		part[doc] += worth
	}
}

// dampened is what a word gives to each document of a segment that has it in any field, before it is weighed:
// all its terms in all fields in one list. Nearly all of the time of a search would go into making it, so that
// of common words is kept.
func (s *segmentView) dampened(c *clause, stats *statistics, number int, a *accumulator) (*occurrences, error) {
	total := uint64(0)
	for i := range c.alternatives {
		if list := c.alternatives[i].postings[number]; list != nil {
			total += list.Count()
		}
	}
	name := ""
	if total >= fewOccurrences {
		name = stats.name() + " " + c.name()
		if o, ok := s.columns.terms.get(name); ok {
			return o, nil
		}
	}
	out, err := s.gathered(c, true, stats, number, a)
	if err != nil {
		return nil, err
	}
	indirect, err := s.gathered(c, false, stats, number, a)
	if err != nil {
		return nil, err
	}
	out = together(out, indirect)
	if name != "" {
		s.columns.terms.keep(name, out, out.bytes())
	}
	return out, nil
}

// gathered is what the terms of a word give that are the word itself, or those that stand for it.
func (s *segmentView) gathered(c *clause, direct bool, stats *statistics, number int, a *accumulator) (*occurrences, error) {
	for i := range c.alternatives {
		alt := &c.alternatives[i]
		if alt.isDirect != direct || alt.postings[number] == nil {
			continue
		}
		norm, err := s.norms(alt.class, stats.averages[alt.class])
		if err != nil {
			return nil, err
		}
		if err := a.gather(alt.postings[number], alt.class == "", norm, float32(alt.weight)); err != nil {
			return nil, err
		}
	}
	out := &occurrences{docs: slices.Clone(a.current), times: make([]float32, len(a.current))}
	slices.Sort(out.docs)
	for i, doc := range out.docs {
		out.times[i] = float32(dampened(float64(a.part[doc])))
		a.part[doc] = 0
	}
	a.current = a.current[:0]
	return out, nil
}

// together adds what other terms give to what the word itself gives, see score.go.
func together(direct, indirect *occurrences) *occurrences {
	if len(indirect.docs) == 0 {
		return direct
	}
	n := len(direct.docs) + len(indirect.docs)
	out := &occurrences{docs: make([]uint32, 0, n), times: make([]float32, 0, n)}
	i, j := 0, 0
	for i < len(direct.docs) || j < len(indirect.docs) {
		switch {
		case j == len(indirect.docs) || i < len(direct.docs) && direct.docs[i] < indirect.docs[j]:
			out.docs, out.times = append(out.docs, direct.docs[i]), append(out.times, direct.times[i])
			i++
		case i == len(direct.docs) || direct.docs[i] > indirect.docs[j]:
			out.docs, out.times = append(out.docs, indirect.docs[j]), append(out.times, float32(withSynonyms(0, float64(indirect.times[j]))))
			j++
		default:
			both := withSynonyms(float64(direct.times[i]), float64(indirect.times[j]))
			out.docs, out.times = append(out.docs, direct.docs[i]), append(out.times, float32(both))
			i, j = i+1, j+1
		}
	}
	return out
}
