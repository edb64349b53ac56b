package search

import (
	"context"

	"goodpractice/internal/knowledge"
)

// Find gives one page of the records that match and that the viewer may see, how many there are, and
// the counts asked for. Without Statuses only public records match; with them, those of the states
// named that the viewer may see. Without Kinds everything but tokens is searched. A text without any
// word in it matches nothing.
//
// A wrong argument is an Error of kind Invalid with its path; a cursor of another list is one. A
// closed index is one of kind Unavailable. The end of the context ends the search.
func (x *Index) Find(ctx context.Context, l knowledge.Listing) (knowledge.Found, error) {
	o, err := orderOf(&l)
	if err != nil {
		return knowledge.Found{}, err
	}
	hash, err := listHash(&l, o)
	if err != nil {
		return knowledge.Found{}, err
	}
	p, err := newPage(l.Page, o, hash)
	if err != nil {
		return knowledge.Found{}, err
	}
	words, err := queryWords(l.Text)
	if err != nil {
		return knowledge.Found{}, err
	}
	f := compileFilter(&l)
	f.isEmpty = f.isEmpty || l.Text != "" && len(words) == 0
	var result *finder
	err = x.read(ctx, func(v *view) error {
		counters, err := newCounters(l.Facets)
		if err != nil {
			return err
		}
		attempt := *p
		attempt.withText, attempt.scores = len(words) > 0, map[string]float64{}
		result = &finder{page: &attempt, counters: counters}
		return x.match(ctx, v, words, &f, result)
	})
	if err != nil {
		return knowledge.Found{}, err
	}
	found := result.page.hits(hash)
	for _, c := range result.counters {
		found.Facets = append(found.Facets, c.facet())
	}
	return found, nil
}

// finder collects a page and the counts in one pass.
type finder struct {
	page     *page
	counters []*counter
	keys     keys
}

func (f *finder) bind(s *segmentView) error {
	if f.page.size > 0 {
		var err error
		if f.keys, err = f.page.order.bind(s); err != nil {
			return err
		}
	}
	for _, c := range f.counters {
		if err := c.bind(s); err != nil {
			return err
		}
	}
	return nil
}

func (f *finder) see(docs []uint32, scores []float64) {
	for _, c := range f.counters {
		c.add(docs)
	}
	if f.page.size == 0 {
		f.page.total += len(docs)
		return
	}
	for i, doc := range docs {
		score := 0.0
		if scores != nil {
			score = scores[i]
		}
		f.page.add(doc, score, &f.keys)
	}
}
