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
	see(docs []uint32, scores []float64)
}

// match shows every matching document to the visitor. Without a text all documents match that pass the
// filter, with a score of 0.
func (x *Index) match(ctx context.Context, v *view, words []word, f *filter, to visitor) error {
	var clauses []clause
	least := 0
	if len(words) > 0 {
		var err error
		if clauses, least, err = x.linguist.clauses(v, words); err != nil {
			return err
		}
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
		if err := to.bind(s); err != nil {
			return err
		}
		if len(words) == 0 {
			err = s.matchAll(ctx, bound, scratch, to)
		} else {
			err = s.matchWords(ctx, i, clauses, least, bound, scratch, to)
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
			if f.test(doc) {
				a.found = append(a.found, doc)
			}
		}
		to.see(a.found, nil)
		a.found = a.found[:0]
		return expired(ctx)
	}
	deleted := s.snapshot.Deleted()
	for from := uint32(0); from < s.size; from += checkEvery {
		if err := expired(ctx); err != nil {
			return err
		}
		for doc := from; doc < min(from+checkEvery, s.size); doc++ {
			if f.test(doc) && (deleted == nil || !deleted.Contains(doc)) {
				a.found = append(a.found, doc)
			}
		}
		to.see(a.found, nil)
		a.found = a.found[:0]
	}
	return nil
}

// matchWords shows the documents that pass the filter and match enough of the words.
func (s *segmentView) matchWords(
	ctx context.Context, number int, clauses []clause, least int, f *segmentFilter, a *accumulator, to visitor,
) error {
	a.reset(s.size)
	for i := range clauses {
		if err := expired(ctx); err != nil {
			return err
		}
		if err := a.add(&clauses[i], s, number); err != nil {
			return err
		}
	}
	deleted := s.snapshot.Deleted()
	touched := a.inOrder(s.size)
	for part := range slices.Chunk(touched, checkEvery) {
		if err := expired(ctx); err != nil {
			return err
		}
		for _, doc := range part {
			if int(a.matched[doc]) >= least && (f.candidates == nil || f.candidates.has(doc)) && f.test(doc) &&
				(deleted == nil || !deleted.Contains(doc)) {
				a.found, a.scores = append(a.found, doc), append(a.scores, a.score[doc])
			}
		}
		to.see(a.found, a.scores)
		a.found, a.scores = a.found[:0], a.scores[:0]
	}
	return nil
}

// expired is the error of a search that has been given up.
func expired(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("search: %w", err)
	}
	return nil
}
