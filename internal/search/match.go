package search

import (
	"context"
	"fmt"
)

// checkEvery is how many documents are looked at between two looks at the deadline.
const checkEvery = 4096

// visitor sees the matching documents of one segment after the other.
type visitor interface {
	bind(s *segmentView) error
	see(doc uint32, score float64)
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
			err = s.matchAll(ctx, bound, to)
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
func (s *segmentView) matchAll(ctx context.Context, f *segmentFilter, to visitor) error {
	if f.candidates != nil {
		for doc := range f.candidates.all() {
			if f.test(doc) {
				to.see(doc, 0)
			}
		}
		return expired(ctx)
	}
	deleted := s.snapshot.Deleted()
	for doc := range s.size {
		if doc%checkEvery == 0 {
			if err := expired(ctx); err != nil {
				return err
			}
		}
		if f.test(doc) && (deleted == nil || !deleted.Contains(doc)) {
			to.see(doc, 0)
		}
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
	for i, doc := range a.touched {
		if i%checkEvery == 0 {
			if err := expired(ctx); err != nil {
				return err
			}
		}
		if int(a.matched[doc]) >= least && (f.candidates == nil || f.candidates.has(doc)) && f.test(doc) &&
			(deleted == nil || !deleted.Contains(doc)) {
			to.see(doc, a.score[doc])
		}
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
