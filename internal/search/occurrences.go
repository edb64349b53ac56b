package search

import (
	"fmt"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// Limits of the cache of occurrences. Reading postings is most of the cost of a search, and the common
// words of a knowledge base are the same all day.
const (
	fewOccurrences  = 64 // shorter lists are read anew each time
	cachedPerRecord = 48 // occurrences kept, on average, for each document of a segment; 8 bytes each
)

// occurrences is where a term occurs in a segment, and how often. Deleted documents may be among them.
type occurrences struct {
	docs  []uint32
	times []float32
}

// termKey names a term of a segment.
type termKey struct{ field, term string }

// occurrences reads the postings of a term, or finds them in the cache.
func (s *segmentView) occurrences(a *alternative, list segment.PostingsList) (*occurrences, error) {
	isKeyword := a.class == ""
	if list.Count() < fewOccurrences {
		return read(list, isKeyword)
	}
	key := termKey{a.field, a.term}
	if o := s.columns.cached(key); o != nil {
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
		s.columns.keep(key, o, int(s.size)*cachedPerRecord)
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

func (c *segmentColumns) cached(k termKey) *occurrences {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.terms[k]
}

// keep remembers the occurrences. A full cache starts again empty.
func (c *segmentColumns) keep(k termKey, o *occurrences, limit int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(o.docs) > limit {
		return
	}
	if c.kept+len(o.docs) > limit || c.terms == nil {
		c.terms, c.kept = map[termKey]*occurrences{}, 0
	}
	if c.terms[k] == nil {
		c.terms[k] = o
		c.kept += len(o.docs)
	}
}
