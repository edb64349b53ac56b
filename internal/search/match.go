package search

import (
	"context"
	"fmt"
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
	phrases []*phrase // that are in must and not, wherever
	maxRead int       // texts whose places of words may be read
	isEmpty bool      // there is a text, and nothing can match it
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
	scopes, err := p.scopes(ctx, v, f)
	if err != nil {
		return err
	}
	for i := range scopes {
		within := &scopes[i]
		if len(p.clauses) > 0 {
			if err := p.score(ctx, within, scratch); err != nil {
				return err
			}
		}
		if err := p.constrain(ctx, within, true); err != nil {
			return err
		}
		within.passing.and(within.documents)
		if err := to.bind(within.segmentView); err != nil {
			return err
		}
		if err := scratch.show(ctx, within.passing, len(p.clauses) > 0, to); err != nil {
			return err
		}
	}
	return nil
}

// scope is what may still match of a segment.
type scope struct {
	*segmentView

	number    int
	passing   *passing
	documents bitset
}

// scopes are the segments with what may match by all that is known without scores and places of words.
func (p *plan) scopes(ctx context.Context, v *view, f *filter) ([]scope, error) {
	var out []scope
	for i, s := range v.segments {
		if err := expired(ctx); err != nil {
			return nil, err
		}
		passing, err := f.in(s)
		if err != nil {
			return nil, err
		}
		within := scope{s, i, passing, passing.any()}
		if err := p.constrain(ctx, &within, false); err != nil {
			return nil, err
		}
		if !within.documents.isEmpty() {
			out = append(out, within)
		}
	}
	return out, p.measure(out)
}

// score scores the documents of a segment, and leaves those that have enough of what the words tell. Where something
// must hold and no word is required, words decide about the order alone.
func (p *plan) score(ctx context.Context, within *scope, a *accumulator) error {
	a.reset(within.size)
	for i := range p.clauses {
		if err := expired(ctx); err != nil {
			return err
		}
		if err := a.add(&p.clauses[i], p.stats, within.segmentView, within.number); err != nil {
			return err
		}
	}
	switch {
	case p.least > 0:
		within.documents.keep(func(doc uint32) bool { return a.covered[doc] >= p.least })
	case len(p.must) == 0:
		within.documents.keep(func(doc uint32) bool { return a.score[doc] != 0 })
	}
	return nil
}

// show hands over what matches, many documents at a time.
func (a *accumulator) show(ctx context.Context, matching *passing, scored bool, to visitor) error {
	hand := func(set bitset, over func()) error {
		for doc := range set.all() {
			if a.docs = append(a.docs, doc); len(a.docs) == checkEvery {
				if over(); ctx.Err() != nil {
					break
				}
			}
		}
		over()
		return expired(ctx)
	}
	if err := hand(matching.all, func() {
		if scored {
			for _, doc := range a.docs {
				a.scores = append(a.scores, a.score[doc])
			}
			to.see(a.docs, a.scores)
		} else {
			to.see(a.docs, nil)
		}
		a.docs, a.scores = a.docs[:0], a.scores[:0]
	}); err != nil {
		return err
	}
	for choice, set := range matching.aside {
		if err := hand(set, func() {
			to.aside(choice, a.docs)
			a.docs = a.docs[:0]
		}); err != nil {
			return err
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
