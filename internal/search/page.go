package search

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
)

// page collects the hits of one page while all matching documents pass by. Its cost for each of them is
// the same on every page.
type page struct {
	order    order
	size     int // 0: none wanted
	fromEnd  bool
	after    *key
	before   *key
	total    int
	earlier  int // documents up to after
	later    int // documents from before on
	best     []key
	worst    *key // nothing beyond it can be on the page
	withText bool
	scores   map[string]float64 // of best, in orders other than relevance
	frozen   *frozen            // goes into the cursors; nil where the order depends on the records alone
}

// newPage checks the arguments of a page. The second result is what the order of the list depended on when the
// cursor was made; nil without one.
func newPage(p knowledge.Page, o order, hash [cursorHashBytes]byte) (*page, *frozen, error) {
	out := &page{order: o, scores: map[string]float64{}}
	if p.CountOnly {
		return out, nil, nil
	}
	refuse := func(argument, message string) error {
		return &knowledge.Error{Kind: knowledge.Invalid, Path: []string{argument}, Message: message}
	}
	limit := fmt.Sprintf("Ask for 1 to %d records.", knowledge.MaxPageSize)
	switch {
	case p.First != 0 && p.Last != 0:
		return nil, nil, refuse("last", "Ask for the first records or for the last ones, not for both.")
	case p.Last != 0:
		out.size, out.fromEnd = p.Last, true
		if p.Last < 0 || p.Last > knowledge.MaxPageSize {
			return nil, nil, refuse("last", limit)
		}
	default:
		out.size = p.First
		if p.First <= 0 || p.First > knowledge.MaxPageSize {
			return nil, nil, refuse("first", limit)
		}
	}
	var before, after *frozen
	var err error
	if p.After != "" {
		if out.after, after, err = decodeCursor(p.After, hash, o, "after"); err != nil {
			return nil, nil, err
		}
	}
	if p.Before != "" {
		if out.before, before, err = decodeCursor(p.Before, hash, o, "before"); err != nil {
			return nil, nil, err
		}
	}
	return out, cmp.Or(after, before), nil
}

// compare is negative where a is nearer to the end that the page starts from.
func (p *page) compare(a, b *key) int {
	if p.fromEnd {
		return p.order.compare(b, a)
	}
	return p.order.compare(a, b)
}

// add sees one matching document. Its id is looked up only where that decides.
func (p *page) add(doc uint32, score float64, k *keys) {
	p.total++
	x := k.of(doc, score)
	if p.after != nil && p.against(&x, doc, k, p.after) <= 0 {
		p.earlier++
		return
	}
	if p.before != nil && p.against(&x, doc, k, p.before) >= 0 {
		p.later++
		return
	}
	if p.worst != nil && (p.against(&x, doc, k, p.worst) >= 0) != p.fromEnd {
		return
	}
	x.id = k.ids.of(doc)
	p.best = append(p.best, x)
	if p.withText && p.order.field != knowledge.OrderRelevance {
		p.scores[x.id] = score
	}
	if len(p.best) >= 4*p.size+64 {
		p.trim()
	}
}

// against compares the key of a document, still without its id, with another key.
func (p *page) against(x *key, doc uint32, k *keys, other *key) int {
	c := p.order.compareValues(x, other)
	if c == 0 {
		c = strings.Compare(k.ids.of(doc), other.id)
	}
	return c
}

// trim keeps the best of what has been seen. Sorting now and then is cheaper than a heap.
func (p *page) trim() {
	slices.SortFunc(p.best, func(a, b key) int { return p.compare(&a, &b) })
	if len(p.best) >= p.size {
		for _, k := range p.best[p.size:] {
			delete(p.scores, k.id)
		}
		p.best = p.best[:p.size]
		worst := p.best[p.size-1]
		p.worst = &worst
	}
}

// hits gives the page in the order of the list.
func (p *page) hits(hash [cursorHashBytes]byte) knowledge.Found {
	found := knowledge.Found{Total: p.total, Hits: []knowledge.Hit{}}
	if p.size == 0 {
		return found
	}
	p.trim()
	more := p.total-p.earlier-p.later > len(p.best)
	if p.fromEnd {
		slices.Reverse(p.best)
	}
	for i := range p.best {
		k := &p.best[i]
		hit := knowledge.Hit{ID: knowledge.ID(strings.Clone(k.id)), Cursor: encodeCursor(hash, p.order, k, p.frozen)}
		if p.withText {
			hit.Score = k.number
			if p.order.field != knowledge.OrderRelevance {
				hit.Score = p.scores[k.id]
			}
		}
		found.Hits = append(found.Hits, hit)
	}
	found.HasNext = p.later > 0 || more && !p.fromEnd
	found.HasPrevious = p.earlier > 0 || more && p.fromEnd
	return found
}
