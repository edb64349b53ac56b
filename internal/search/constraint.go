package search

import (
	"context"
	"fmt"
	"slices"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// constraint is what a record must fulfil, or must not, whatever its score is.
type constraint interface {
	// documents are those of a segment that fulfil it. Deleted ones may be among them.
	documents(ctx context.Context, s *segmentView, number int) (bitset, error)
}

// constrain puts the constraints of the query into a filter that is bound to the segment.
func (p *plan) constrain(ctx context.Context, s *segmentView, number int, f *segmentFilter) error {
	for _, c := range p.must {
		set, err := c.documents(ctx, s, number)
		if err != nil {
			return err
		}
		if f.candidates == nil {
			f.candidates = set
		} else {
			f.candidates.and(set)
		}
	}
	for _, c := range p.not {
		set, err := c.documents(ctx, s, number)
		if err != nil {
			return err
		}
		if f.excluded == nil {
			f.excluded = set
		} else {
			f.excluded.or(set)
		}
	}
	if f.candidates != nil && s.snapshot.Deleted() != nil {
		for it := s.snapshot.Deleted().Iterator(); it.HasNext(); {
			f.candidates.remove(it.Next())
		}
	}
	return nil
}

// anyTerm wants one of the terms of a clause.
type anyTerm struct{ clause *clause }

func (c anyTerm) documents(_ context.Context, s *segmentView, number int) (bitset, error) {
	set := newBitset(s.size)
	for i := range c.clause.alternatives {
		a := &c.clause.alternatives[i]
		if a.postings == nil || a.postings[number] == nil {
			continue
		}
		o, err := s.occurrences(a, a.postings[number])
		if err != nil {
			return nil, err
		}
		for _, doc := range o.docs {
			set.add(doc)
		}
	}
	return set, nil
}

// anyValue wants one of the values in a keyword field.
type anyValue struct{ anyOf anyOf }

func (c anyValue) documents(_ context.Context, s *segmentView, _ int) (bitset, error) {
	return s.posted(posted{c.anyOf.field, c.anyOf.values})
}

// withinYears wants a year in one of the ranges.
type withinYears struct{ ranges []between }

func (c withinYears) documents(_ context.Context, s *segmentView, _ int) (bitset, error) {
	column, err := s.column(fieldYear)
	if err != nil {
		return nil, err
	}
	set := newBitset(s.size)
	for _, r := range c.ranges {
		t := numberTest{column, r.from, r.to}
		for doc := range s.size {
			if t.test(doc) {
				set.add(doc)
			}
		}
	}
	return set, nil
}

// all wants every one of several constraints.
type all []constraint

func (c all) documents(ctx context.Context, s *segmentView, number int) (bitset, error) {
	var set bitset
	for _, x := range c {
		more, err := x.documents(ctx, s, number)
		if err != nil {
			return nil, err
		}
		if set == nil {
			set = more
		} else {
			set.and(more)
		}
	}
	return set, nil
}

// either wants one of several constraints.
type either []constraint

func (c either) documents(ctx context.Context, s *segmentView, number int) (bitset, error) {
	set := newBitset(s.size)
	for _, x := range c {
		more, err := x.documents(ctx, s, number)
		if err != nil {
			return nil, err
		}
		set.or(more)
	}
	return set, nil
}

// none wants what does not fulfil the other.
type none struct{ constraint }

func (c none) documents(ctx context.Context, s *segmentView, number int) (bitset, error) {
	set, err := c.constraint.documents(ctx, s, number)
	if err != nil {
		return nil, err
	}
	set = slices.Clone(set)
	for i := range set {
		set[i] = ^set[i]
	}
	if rest := s.size % 64; rest != 0 {
		set[len(set)-1] &= 1<<rest - 1
	}
	return set, nil
}

// phrase wants folded words side by side in one text.
type phrase struct {
	classes []class
	words   []string

	found map[*segmentView]bitset // a phrase that is said twice is looked for once
}

func (c *phrase) documents(ctx context.Context, s *segmentView, _ int) (bitset, error) {
	if set, ok := c.found[s]; ok {
		return slices.Clone(set), nil
	}
	set := newBitset(s.size)
	for _, class := range c.classes {
		if err := s.phrase(ctx, class.field(plainSuffix), c.words, set); err != nil {
			return nil, err
		}
	}
	if c.found == nil {
		c.found = map[*segmentView]bitset{}
	}
	c.found[s] = slices.Clone(set)
	return set, nil
}

// wordReader reads the places of a word, document by document.
type wordReader struct {
	postings segment.PostingsIterator
	current  segment.Posting // nil at the end
}

// seek goes to the document, or to the next one that has the word.
func (p *wordReader) seek(doc uint64) (bool, error) {
	for p.current != nil && p.current.Number() < doc {
		var err error
		if p.current, err = p.postings.Advance(doc); err != nil {
			return false, fmt.Errorf("read the places of a word: %w", err)
		}
	}
	return p.current != nil && p.current.Number() == doc, nil
}

// phrase adds the documents that have the words side by side in the field.
func (s *segmentView) phrase(ctx context.Context, field string, words []string, to bitset) error {
	lists := make([]segment.PostingsList, len(words))
	rarest := 0
	for i, w := range words {
		if !s.columns.fields[field] {
			return nil
		}
		list, err := s.postings(field, w)
		if err != nil || list == nil {
			return err
		}
		if lists[i] = list; list.Count() < lists[rarest].Count() {
			rarest = i
		}
	}
	readers := make([]wordReader, len(words))
	for i, list := range lists {
		readers[i].postings = list.Iterator(true, false, true, nil)
		if i == rarest {
			continue
		}
		var err error
		if readers[i].current, err = readers[i].postings.Next(); err != nil {
			return fmt.Errorf("read the places of a word: %w", err)
		}
	}
	lead := &readers[rarest]
	var begins []uint64 // where the phrase would begin by the rarest word
	for n := 0; ; n++ {
		if n%1024 == 0 {
			if err := expired(ctx); err != nil {
				return err
			}
		}
		p, err := lead.postings.Next()
		if err != nil {
			return fmt.Errorf("read the places of a word: %w", err)
		}
		if p == nil {
			return nil
		}
		begins = begins[:0]
		for _, l := range p.Locations() {
			if l.Pos() > uint64(rarest) {
				begins = append(begins, l.Pos()-uint64(rarest))
			}
		}
		isThere, err := holds(readers, rarest, p.Number(), begins)
		if err != nil {
			return err
		}
		if isThere {
			to.add(uint32(p.Number()))
		}
	}
}

// holds tells whether all words but the rarest are in the document where the phrase wants them.
func holds(readers []wordReader, rarest int, doc uint64, begins []uint64) (bool, error) {
	for i := range readers {
		if i == rarest {
			continue
		}
		ok, err := readers[i].seek(doc)
		if err != nil || !ok {
			return false, err
		}
		places := readers[i].current.Locations()
		kept := begins[:0]
		for _, begin := range begins {
			if slices.ContainsFunc(places, func(l segment.Location) bool { return l.Pos() == begin+uint64(i) }) {
				kept = append(kept, begin)
			}
		}
		if begins = kept; len(begins) == 0 {
			return false, nil
		}
	}
	return len(begins) > 0, nil
}
