package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

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
	return x.find(ctx, l, maxRead)
}

// find is Find, which reads the places of words in so many texts at most.
func (x *Index) find(ctx context.Context, l knowledge.Listing, maxRead int) (knowledge.Found, error) {
	o, err := orderOf(&l)
	if err != nil {
		return knowledge.Found{}, err
	}
	hash, err := listHash(&l, o)
	if err != nil {
		return knowledge.Found{}, err
	}
	p, frozen, err := newPage(l.Page, o, hash)
	if err != nil {
		return knowledge.Found{}, err
	}
	if err := checkText(l.Text); err != nil {
		return knowledge.Found{}, err
	}
	f := compileFilter(&l)
	var found knowledge.Found
	err = x.read(ctx, func(g *Generation, v *view) error {
		s := &search{index: x, view: v, listing: &l, filter: &f, page: *p, hash: hash, maxRead: maxRead}
		var err error
		found, err = s.run(ctx, g, frozen)
		return err
	})
	if err != nil {
		return knowledge.Found{}, err
	}
	return found, nil
}

// search is one run of Find.
type search struct {
	index    *Index
	view     *view
	listing  *knowledge.Listing
	filter   *filter
	page     page
	hash     [cursorHashBytes]byte
	question *question // nil without a text
	related  map[knowledge.ID]bool
	plan     *plan
	maxRead  int
}

func (s *search) run(ctx context.Context, g *Generation, frozen *frozen) (knowledge.Found, error) {
	s.plan = &plan{}
	if s.listing.Text != "" {
		known, err := g.knowledge(ctx, s.view)
		if err != nil {
			return knowledge.Found{}, err
		}
		if s.question, err = s.index.understand(s.view, known, s.listing, s.filter, frozen); err != nil {
			return knowledge.Found{}, err
		}
		if s.plan, err = s.question.plan(frozen); err != nil {
			return knowledge.Found{}, err
		}
		s.plan.maxRead = s.maxRead
	}
	counters, err := newCounters(s.listing.Facets, s.filter)
	if err != nil {
		return knowledge.Found{}, err
	}
	s.page.withText = s.question != nil
	to := &finder{page: &s.page, counters: counters, plan: s.plan, year: int64(s.index.now().Year())}
	to.byScore = s.page.withText && s.page.order.field == knowledge.OrderRelevance
	if err := s.index.match(ctx, s.view, s.plan, s.filter, to); err != nil {
		return knowledge.Found{}, err
	}
	if to.byScore {
		if err := s.rank(ctx, g, to, frozen); err != nil {
			return knowledge.Found{}, err
		}
	}
	found := s.page.hits(s.hash)
	found.Total -= len(s.related)
	for i := range found.Hits {
		found.Hits[i].IsRelated = s.related[found.Hits[i].ID]
	}
	for _, c := range counters {
		found.Facets = append(found.Facets, c.facet())
	}
	if s.question != nil {
		found.Interpretation = s.question.interpretation
		found.Marker = s.question.marker()
	}
	if s.listing.Explain {
		if err := s.explain(g, &found); err != nil {
			return knowledge.Found{}, err
		}
	}
	return found, nil
}

// finder collects a page and the counts in one pass.
type finder struct {
	page     *page
	counters []*counter
	keys     keys
	plan     *plan
	year     int64

	// In the order of relevance, the page can be made only when the best are known.
	byScore  bool
	parts    []part
	years    *column
	evidence *column
	worth    []float64 // of evidence
}

// part is what was found in one segment.
type part struct {
	segment *segmentView
	keys    keys
	docs    []uint32
	scores  []float64
}

func (f *finder) bind(s *segmentView) error {
	if f.page.size > 0 || f.byScore {
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
	if !f.byScore {
		return nil
	}
	f.parts = append(f.parts, part{segment: s, keys: f.keys})
	var err error
	if f.years, err = s.column(fieldYear); err != nil {
		return err
	}
	if f.evidence, err = s.column(fieldEvidence); err != nil {
		return err
	}
	f.worth = f.worth[:0]
	for _, level := range f.evidence.terms {
		f.worth = append(f.worth, editorial(level))
	}
	return nil
}

func (f *finder) aside(choice int, docs []uint32) {
	for _, c := range f.counters {
		if c.choice == choice {
			c.add(docs)
		}
	}
}

func (f *finder) see(docs []uint32, scores []float32) {
	for _, c := range f.counters {
		c.add(docs)
	}
	switch {
	case f.byScore:
		f.keep(docs, scores)
	case f.page.size == 0:
		f.page.total += len(docs)
	default:
		for i, doc := range docs {
			score := 0.0
			if scores != nil {
				score = f.words(scores[i])
			}
			f.page.add(doc, score, &f.keys)
		}
	}
}

// words is the part of the score that the words give.
func (f *finder) words(sum float32) float64 {
	if f.plan.most == 0 {
		return 0
	}
	return float64(sum) / f.plan.most
}

// keep remembers documents with all parts of their scores but the meaning.
func (f *finder) keep(docs []uint32, scores []float32) {
	p := &f.parts[len(f.parts)-1]
	for i, doc := range docs {
		score := 0.0
		if scores != nil {
			score = f.words(scores[i])
		}
		if place, ok := f.years.value(doc); ok {
			score += recencyOf(f.years.numbers[place], f.year)
		}
		if place, ok := f.evidence.value(doc); ok {
			score += f.worth[place]
		}
		p.docs, p.scores = append(p.docs, doc), append(p.scores, score)
	}
}

// threshold is the score of the best but so many; everything is below it where there are fewer. Where too
// many are equal, it is just above them.
func (f *finder) threshold(n int) float64 {
	total := 0
	for i := range f.parts {
		total += len(f.parts[i].scores)
	}
	if total <= n {
		return math.Inf(-1)
	}
	scores := make([]float64, 0, total)
	for i := range f.parts {
		scores = append(scores, f.parts[i].scores...)
	}
	nth := largest(scores, n)
	equal := 0
	for _, s := range scores {
		if s >= nth {
			equal++
		}
	}
	if equal > 2*n {
		return math.Nextafter(nth, math.Inf(1))
	}
	return nth
}

// best lists the public records with the highest scores, the best first.
func (f *finder) best(n int) ([]knowledge.ID, error) {
	var out []key
	for i := range f.parts {
		p := &f.parts[i]
		public, err := p.segment.public()
		if err != nil {
			return nil, err
		}
		for j, doc := range p.docs {
			if len(out) == n && p.scores[j] < out[n-1].number || !public.has(doc) {
				continue
			}
			k := key{number: p.scores[j], id: p.keys.ids.of(doc)}
			at, _ := slices.BinarySearchFunc(out, k, func(a, b key) int {
				return cmp.Or(cmp.Compare(b.number, a.number), strings.Compare(a.id, b.id))
			})
			if out = slices.Insert(out, at, k); len(out) > n {
				out = out[:n]
			}
		}
	}
	ids := make([]knowledge.ID, len(out))
	for i := range out {
		ids[i] = knowledge.ID(strings.Clone(out[i].id))
	}
	return ids, nil
}

// above is how many are not below the score.
func (f *finder) above(threshold float64) int {
	n := 0
	for i := range f.parts {
		for _, s := range f.parts[i].scores {
			if s >= threshold {
				n++
			}
		}
	}
	return n
}

// largest is the score that n-1 others are not below: quickselect, on a copy that is the caller's to lose.
func largest(scores []float64, n int) float64 {
	for len(scores) > 64 {
		pivot := median(scores[0], scores[len(scores)/2], scores[len(scores)-1])
		above := 0
		for i, s := range scores {
			if s > pivot {
				scores[i], scores[above] = scores[above], scores[i]
				above++
			}
		}
		equal := above
		for i := above; i < len(scores); i++ {
			if scores[i] == pivot {
				scores[i], scores[equal] = scores[equal], scores[i]
				equal++
			}
		}
		switch {
		case n <= above:
			scores = scores[:above]
		case n <= equal:
			return pivot
		default:
			scores, n = scores[equal:], n-equal
		}
	}
	slices.SortFunc(scores, func(a, b float64) int { return cmp.Compare(b, a) })
	return scores[n-1]
}

func median(a, b, c float64) float64 { return max(min(a, b), min(max(a, b), c)) }
