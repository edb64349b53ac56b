package search

import (
	"context"
	"math"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/semantics"
)

// frozen is what the order of a list depends on beside its records: what the words told when its first page
// was made. A cursor carries it, so that the pages after it go on in the same order, whatever has been written
// since, and on any server.
type frozen struct {
	model       uint32 // of the meanings
	language    knowledge.LanguageTag
	corrections map[string]string // what was searched for in the place of folded words

	byLabels  uint64    // see question
	words     []int     // which of a long text are searched for, by their places among the different ones
	weights   []float64 // of the clauses; 0 for a word that no record had
	averages  map[class]float64
	threshold float64        // the score from which on the meaning counts
	examples  []knowledge.ID // the public records that the meaning of the query was moved towards
	related   float64        // how near records must be that have none of the words
}

// rank makes the page of a list in the order of relevance. The best by all else get their meaning and the bonus
// for the title; what is added is never negative, so they stay before the others.
func (s *search) rank(ctx context.Context, g *Generation, f *finder, before *frozen) error {
	r := &frozen{averages: s.plan.stats.averages, threshold: f.threshold(meant), words: s.question.chosen()}
	r.language, r.corrections, r.byLabels = s.question.interpretation.Language, s.question.instead, s.question.byLabels
	for i := range s.plan.clauses {
		r.weights = append(r.weights, s.plan.clauses[i].weight)
	}
	var err error
	if before != nil && len(before.weights) == len(r.weights) {
		r.threshold = before.threshold
		r.examples, err = s.published(ctx, before.examples)
	} else {
		r.examples, err = f.best(examples)
	}
	if err != nil {
		return err
	}
	s.page.frozen = r
	signals := s.signals(g, before)
	r.model = signals.meanings.name
	defer signals.release()
	signals.learnFrom(r.examples)
	if err := s.relate(ctx, f, r, before, signals); err != nil {
		return err
	}
	if err := s.addMeaning(f, r, signals); err != nil {
		return err
	}
	if before != nil && (before.model != r.model || len(before.examples) != len(r.examples)) {
		s.page.anchor(f)
	}
	isFirst := s.page.after == nil && s.page.before == nil && !s.page.fromEnd && f.above(r.threshold) >= s.page.size
	for i := range f.parts {
		p := &f.parts[i]
		for j, doc := range p.docs {
			if p.scores[j] < r.threshold && isFirst {
				s.page.total++ // Enough others come before it.
				continue
			}
			s.page.add(doc, p.scores[j], &p.keys)
		}
	}
	return nil
}

// addMeaning adds to the scores of the best what their meaning and their titles give.
func (s *search) addMeaning(f *finder, r *frozen, signals signals) error {
	for i := range f.parts {
		p := &f.parts[i]
		titles, err := s.titles(p.segment)
		if err != nil {
			return err
		}
		for j, doc := range p.docs {
			if p.scores[j] < r.threshold {
				continue
			}
			p.scores[j] += signals.meaning(knowledge.ID(p.keys.ids.of(doc)))
			if titles.haveAll(doc) {
				p.scores[j] += titleBonus
			}
		}
	}
	return nil
}

// anchor finds the places of a cursor again whose scores were made with what is not here: the model of meanings of
// another server, or one from before the last but one, or an example that is not public any more. The list goes on
// behind the same record, in the order that it has here.
func (p *page) anchor(f *finder) {
	for _, k := range []*key{p.after, p.before} {
		if k == nil {
			continue
		}
		for i := range f.parts {
			x := &f.parts[i]
			for j, doc := range x.docs {
				if x.keys.ids.of(doc) == k.id {
					k.number = x.scores[j]
				}
			}
		}
	}
}

// relate adds records that have none of the words, and are about the same, where few records have any.
func (s *search) relate(ctx context.Context, f *finder, r, before *frozen, signals signals) error {
	r.related = math.Inf(1)
	if before != nil {
		r.related = before.related
	}
	if !signals.isKnown || s.page.size == 0 || before != nil && math.IsInf(r.related, 1) {
		return nil
	}
	upTo := min(maxRelated, int(s.plan.stats.records*relatedShare))
	matched := map[knowledge.ID]bool{}
	for i := range f.parts {
		for _, doc := range f.parts[i].docs {
			if len(matched) == upTo && before == nil {
				break
			}
			matched[knowledge.ID(f.parts[i].keys.ids.of(doc))] = true
		}
	}
	if len(matched) >= upTo && before == nil {
		return nil
	}
	to := &relatives{signals: signals, matched: matched, order: s.page.order}
	err := s.index.match(ctx, s.view, &plan{must: s.plan.must, not: s.plan.not}, s.filter, to)
	if err != nil {
		return err
	}
	if before == nil {
		r.related = to.bound(upTo - len(matched))
	}
	s.related, err = to.into(f, r.related)
	return err
}

// relatives collects records by their meaning alone.
type relatives struct {
	signals signals
	matched map[knowledge.ID]bool
	order   order
	parts   []part
}

func (x *relatives) bind(s *segmentView) error {
	keys, err := x.order.bind(s)
	x.parts = append(x.parts, part{segment: s, keys: keys})
	return err
}

func (*relatives) aside(int, []uint32) {}

func (x *relatives) see(docs []uint32, _ []float32) {
	p := &x.parts[len(x.parts)-1]
	for _, doc := range docs {
		id := knowledge.ID(p.keys.ids.of(doc))
		if c := x.signals.meanings.cosine(x.signals.query, id); c > 0 && !x.matched[id] {
			p.docs, p.scores = append(p.docs, doc), append(p.scores, c)
		}
	}
}

// bound is the cosine of the nearest but so many.
func (x *relatives) bound(n int) float64 {
	var all []float64
	for i := range x.parts {
		all = append(all, x.parts[i].scores...)
	}
	if len(all) <= n {
		return 0
	}
	return largest(all, n)
}

// into adds what is within the bound to what was found, with no score for words, and tells which that is.
func (x *relatives) into(f *finder, bound float64) (map[knowledge.ID]bool, error) {
	added := map[knowledge.ID]bool{}
	for i := range x.parts {
		p := &x.parts[i]
		if err := f.bind(p.segment); err != nil {
			return nil, err
		}
		for j, doc := range p.docs {
			if p.scores[j] >= bound {
				f.keep([]uint32{doc}, []float32{0}) // Not counted: it is no match.
				added[knowledge.ID(strings.Clone(p.keys.ids.of(doc)))] = true
			}
		}
	}
	return added, nil
}

// published leaves those of the records that are public: what others are about must not show in the order of a list,
// whoever wrote its cursor.
func (s *search) published(ctx context.Context, ids []knowledge.ID) ([]knowledge.ID, error) {
	public := map[knowledge.ID]bool{}
	err := s.view.eachPosted(ctx, fieldID, texts(ids), func(v *segmentView, doc uint32) error {
		set, err := v.public()
		if err != nil {
			return err
		}
		known, err := v.ids()
		if err != nil {
			return err
		}
		public[knowledge.ID(known.of(doc))] = set.has(doc)
		return nil
	})
	return slices.DeleteFunc(slices.Clone(ids), func(id knowledge.ID) bool { return !public[id] }), err
}

// signals is what is known of the meaning of the query. Release it.
type signals struct {
	meanings *placed
	query    semantics.Vector
	isKnown  bool
	release  func()
}

// signals takes the model that a list was begun with, as long as it is there.
func (s *search) signals(g *Generation, of *frozen) signals {
	g.meanings.mu.RLock()
	out := signals{meanings: &g.meanings.placed, release: g.meanings.mu.RUnlock}
	switch {
	case of == nil || of.model == g.meanings.name:
	case of.model == 0: // There was none.
		out.meanings = &placed{}
	case of.model == g.meanings.before.name:
		out.meanings = &g.meanings.before
	}
	out.query, out.isKnown = out.meanings.vector(s.question)
	return out
}

// learnFrom moves the query towards the records that its words found.
func (s *signals) learnFrom(ids []knowledge.ID) {
	var like []semantics.Vector
	for _, id := range ids {
		if v, ok := s.meanings.vectorOf(id); ok {
			like = append(like, v)
		}
	}
	if s.isKnown && len(like) > 0 {
		s.query = s.query.Toward(like, exampleWeight)
	}
}

// meaning is the part of the score that the meaning of a record gives.
func (s signals) meaning(id knowledge.ID) float64 {
	if !s.isKnown {
		return 0
	}
	return meaningWeight * s.meanings.cosine(s.query, id)
}

// titleWords is which documents of a segment have each of the words that count in their titles.
type titleWords struct{ of [][]*occurrences }

// titles reads them. A word that no record has is in no title.
func (s *search) titles(v *segmentView) (titleWords, error) {
	var out titleWords
	number := slices.Index(s.view.segments, v)
	for i := range s.plan.clauses {
		c := &s.plan.clauses[i]
		if !c.isRequired {
			continue
		}
		var lists []*occurrences
		for j := range c.alternatives {
			a := &c.alternatives[j]
			if a.class != classTitle || !a.isDirect || a.postings[number] == nil {
				continue
			}
			o, err := v.occurrences(a, a.postings[number])
			if err != nil {
				return out, err
			}
			lists = append(lists, o)
		}
		out.of = append(out.of, lists)
	}
	return out, nil
}

// haveAll tells whether all words are in the title of the document.
func (t titleWords) haveAll(doc uint32) bool {
	for _, lists := range t.of {
		if !slices.ContainsFunc(lists, func(o *occurrences) bool {
			_, found := slices.BinarySearch(o.docs, doc)
			return found
		}) {
			return false
		}
	}
	return len(t.of) > 0
}
