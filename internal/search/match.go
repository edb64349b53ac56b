package search

import (
	"context"
	"fmt"
	"slices"
)

// checkEvery is how many documents are looked at between two looks at the deadline.
const checkEvery = 4096

// visitor sees the matching documents of one segment after the other, many at a time. The scores are nil
// where there is no text.
type visitor interface {
	bind(s *segmentView) error
	see(docs []uint32, scores []float32)
	// aside sees documents that match but for the choice with the number.
	aside(choice int, docs []uint32)
}

// plan is a query against one view: what is looked up, and what must hold.
type plan struct {
	clauses []clause
	stats   *statistics
	most    float64 // sum of the weights of the clauses: no score is above it
	least   float32 // information that a record must have
	must    []constraint
	not     []constraint
	isEmpty bool // there is a text, and nothing can match it
}

// match shows every matching document to the visitor. Without clauses all documents match that fulfil the
// rest, with a score of 0.
func (x *Index) match(ctx context.Context, v *view, p *plan, f *filter, to visitor) error {
	if p.isEmpty {
		return nil
	}
	scratch, ok := x.scratch.Get().(*accumulator)
	if !ok {
		scratch = new(accumulator)
	}
	defer func() {
		scratch.reset(0)
		x.scratch.Put(scratch)
	}()
	for i, s := range v.segments {
		bound, err := f.bind(s)
		if err != nil {
			return err
		}
		if bound.isEmpty {
			continue
		}
		if err := p.constrain(ctx, s, i, bound); err != nil {
			return err
		}
		if err := to.bind(s); err != nil {
			return err
		}
		scratch.aside = slices.Grow(scratch.aside[:0], len(bound.choices))[:len(bound.choices)]
		if len(p.clauses) == 0 {
			err = s.matchAll(ctx, bound, scratch, to)
		} else {
			err = s.matchWords(ctx, i, p, bound, scratch, to)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// matchAll shows the documents that pass the filter.
func (s *segmentView) matchAll(ctx context.Context, f *segmentFilter, a *accumulator, to visitor) error {
	if f.candidates != nil {
		for doc := range f.candidates.all() {
			f.sort(doc, 0, a)
		}
		a.show(to, false)
		return expired(ctx)
	}
	deleted := s.snapshot.Deleted()
	for from := uint32(0); from < s.size; from += checkEvery {
		if err := expired(ctx); err != nil {
			return err
		}
		for doc := from; doc < min(from+checkEvery, s.size); doc++ {
			if deleted == nil || !deleted.Contains(doc) {
				f.sort(doc, 0, a)
			}
		}
		a.show(to, false)
	}
	return nil
}

// matchWords shows the documents that pass the filter and have enough of what the words tell.
func (s *segmentView) matchWords(
	ctx context.Context, number int, p *plan, f *segmentFilter, a *accumulator, to visitor,
) error {
	a.reset(s.size)
	for i := range p.clauses {
		if err := expired(ctx); err != nil {
			return err
		}
		if err := a.add(&p.clauses[i], p.stats, s, number); err != nil {
			return err
		}
	}
	if p.least == 0 && f.candidates != nil { // What must hold decides alone, and words only about the order.
		for doc := range f.candidates.all() {
			f.sort(doc, a.score[doc], a)
		}
		a.show(to, true)
		return expired(ctx)
	}
	deleted := s.snapshot.Deleted()
	touched := a.inOrder(s.size)
	for part := range slices.Chunk(touched, checkEvery) {
		if err := expired(ctx); err != nil {
			return err
		}
		for _, doc := range part {
			if a.covered[doc] >= p.least && (f.candidates == nil || f.candidates.has(doc)) &&
				(deleted == nil || !deleted.Contains(doc)) {
				f.sort(doc, a.score[doc], a)
			}
		}
		a.show(to, true)
	}
	return nil
}

// sort puts a document where it belongs: to those found, to those that fail one choice alone, or nowhere.
func (f *segmentFilter) sort(doc uint32, score float32, a *accumulator) {
	switch failed := f.test(doc); {
	case failed == passes:
		a.found, a.scores = append(a.found, doc), append(a.scores, score)
	case failed >= 0:
		a.aside[failed] = append(a.aside[failed], doc)
	}
}

// show hands over what has been collected.
func (a *accumulator) show(to visitor, scored bool) {
	if scored {
		to.see(a.found, a.scores)
	} else {
		to.see(a.found, nil)
	}
	for choice, docs := range a.aside {
		if len(docs) > 0 {
			to.aside(choice, docs)
			a.aside[choice] = docs[:0]
		}
	}
	a.found, a.scores = a.found[:0], a.scores[:0]
}

// expired is the error of a search that has been given up.
func expired(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("search: %w", err)
	}
	return nil
}
