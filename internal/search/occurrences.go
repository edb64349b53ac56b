package search

import (
	"fmt"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// fewOccurrences is how many are read anew each time, and not kept.
const fewOccurrences = 64

// occurrences is where a term occurs in a segment, and how often. Deleted documents may be among them.
type occurrences struct {
	docs  []uint32
	times []float32
}

// bytes is what they take.
func (o *occurrences) bytes() int { return 4*cap(o.docs) + 4*cap(o.times) }

// occurrences reads the postings of a term, or finds them in the cache.
func (s *segmentView) occurrences(a *alternative, list segment.PostingsList) (*occurrences, error) {
	isKeyword := a.class == ""
	if list.Count() < fewOccurrences {
		return read(list, isKeyword)
	}
	name := a.field + " " + a.term
	if o, ok := s.columns.terms.get(name); ok {
		return o, nil
	}
	if s.snapshot.Deleted() != nil {
		var err error
		if list, err = s.dictionaries[a.field].PostingsList([]byte(a.term), nil, nil); err != nil {
			return nil, fmt.Errorf("read a term of %s: %w", a.field, err)
		}
	}
	o, err := read(list, isKeyword)
	if err == nil {
		s.columns.terms.keep(name, o, o.bytes())
	}
	return o, err
}

// read copies postings out of a segment. A keyword occurs once.
func read(list segment.PostingsList, isKeyword bool) (*occurrences, error) {
	n := list.Count()
	o := &occurrences{docs: make([]uint32, 0, n), times: make([]float32, 0, n)}
	it := list.Iterator(!isKeyword, false, false, nil)
	for {
		p, err := it.Next()
		if err != nil {
			return nil, fmt.Errorf("read the postings of a word: %w", err)
		}
		if p == nil {
			return o, nil
		}
		times := float32(1)
		if !isKeyword {
			times = float32(p.Frequency())
		}
		o.docs, o.times = append(o.docs, uint32(p.Number())), append(o.times, times)
	}
}
