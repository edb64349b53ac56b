package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// phrase wants folded words side by side in one text.
type phrase struct {
	view    *view
	classes []class
	words   []string

	// lenders are the public nouns that have the phrase in a name; nil before the first look.
	lenders []string

	looked map[*segmentView]*looked // no document is read twice, however often the phrase is asked for
	// isLoose is set where too many texts would have to be read: the words need only be in one of them.
	isLoose bool
	// lendsLoosely is the same for the names of linked records, where too many nouns have all words in theirs.
	lendsLoosely bool
}

// maxLenders is how many nouns may lend a record a name with a phrase in it: what refers to each of them is looked up in
// every segment, 2 µs each. "city council" is in the names of thousands of authorities: it stands for its words there.
const maxLenders = 500

// maxRead is in how many texts the places of words are read for one query: those in a class, of a record, that have
// all words of a phrase. The commonest words of 100,000 records take 0.4 µs a text, so that a query takes 45 ms more
// at most. A phrase that would exceed it stands for its words, in any order, in one class.
const maxRead = 110_000

// measure finds the phrases that would take too long. It is decided for a phrase as a whole, by what may match.
func (p *plan) measure(scopes []scope) error {
	texts := make(map[*phrase]int, len(p.phrases))
	for _, c := range p.phrases {
		for i := range scopes {
			for _, class := range c.classes {
				if class.isLent() {
					continue // See maxLenders.
				}
				_, together, err := c.together(class.field(plainSuffix), &scopes[i])
				if err != nil {
					return err
				}
				texts[c] += int(together.GetCardinality())
			}
		}
	}
	slices.SortStableFunc(p.phrases, func(a, b *phrase) int { return cmp.Compare(texts[a], texts[b]) })
	left := p.maxRead
	for _, c := range p.phrases {
		if c.isLoose = len(c.words) > 1 && texts[c] > left; !c.isLoose {
			left -= texts[c]
		}
		if err := c.countLenders(); err != nil {
			return err
		}
	}
	return nil
}

// countLenders finds out whether too many nouns may lend a name, without a look at the places of words.
func (c *phrase) countLenders() error {
	c.lendsLoosely = c.isLoose || len(c.words) == 1
	nouns := 0
	for i := 0; i < len(c.view.segments) && !c.lendsLoosely; i++ {
		s := c.view.segments[i]
		public, err := s.public()
		if err != nil {
			return err
		}
		_, together, err := c.together(classCalled.field(plainSuffix), &scope{segmentView: s, number: i, documents: public})
		if err != nil {
			return err
		}
		nouns += int(together.GetCardinality())
		c.lendsLoosely = nouns > maxLenders
	}
	return nil
}

// looked is what is known of a phrase in a segment.
type looked struct {
	in    bitset // the documents that were looked at
	found bitset
}

// fulfilling implements constraint. Which documents have all words is known without a look at their places, which
// are read of those documents alone. Later passes ask about others than the first, which has left what scored.
func (c *phrase) fulfilling(ctx context.Context, within *scope) (bitset, error) {
	if c.looked == nil {
		c.looked = map[*segmentView]*looked{}
	}
	known := c.looked[within.segmentView]
	if known == nil {
		known = &looked{newBitset(within.size), newBitset(within.size)}
		c.looked[within.segmentView] = known
	}
	rest := *within
	rest.documents = slices.Clone(within.documents)
	if rest.documents.without(known.in); rest.documents.isEmpty() {
		return known.found, nil
	}
	for _, class := range c.classes {
		if class.isLent() && !c.lendsLoosely {
			continue
		}
		if err := c.in(ctx, class.field(plainSuffix), &rest, known.found); err != nil {
			return nil, err
		}
	}
	if !c.lendsLoosely {
		if err := c.lent(ctx, &rest, known.found); err != nil {
			return nil, err
		}
	}
	known.in.or(rest.documents)
	return known.found, nil
}

// in adds the documents that have the words side by side in a field.
func (c *phrase) in(ctx context.Context, field string, within *scope, to bitset) error {
	readers, together, err := c.together(field, within)
	if err != nil {
		return err
	}
	if len(c.words) == 1 || c.isLoose || !hasPlacesIn(field) {
		for docs := together.Iterator(); docs.HasNext(); {
			to.add(docs.Next())
		}
		return nil
	}
	for i := range readers {
		readers[i].places.ReplaceActual(together)
	}
	var begins []uint64
	for docs, n := together.Iterator(), 0; docs.HasNext(); n++ {
		if n%1024 == 0 {
			if err := expired(ctx); err != nil {
				return err
			}
		}
		doc := docs.Next()
		begins = begins[:0]
		for i := range readers {
			if begins, err = readers[i].follow(doc, i == 0, begins); err != nil {
				return err
			}
			if len(begins) == 0 {
				break
			}
		}
		if len(begins) > 0 {
			to.add(doc)
		}
	}
	return nil
}

// lent adds the nouns that have the phrase in a name, hidden or not, and what is filed under such a noun: names that are
// lent have no places in the index, but the nouns that they are of do.
func (c *phrase) lent(ctx context.Context, within *scope, to bitset) error {
	if err := c.in(ctx, classCalled.field(plainSuffix), within, to); err != nil {
		return err
	}
	if c.lenders == nil {
		var err error
		if c.lenders, err = c.findLenders(ctx); err != nil {
			return err
		}
	}
	if !within.columns.fields[fieldRef] {
		return nil
	}
	for _, id := range c.lenders { // maxLenders at most.
		list, err := within.postings(fieldRef, id)
		if err != nil {
			return err
		}
		if err := eachDoc(list, func(doc uint32) error { to.add(doc); return nil }); err != nil {
			return err
		}
	}
	return nil
}

// findLenders looks for the nouns that everyone may read and that have the phrase in a name.
func (c *phrase) findLenders(ctx context.Context) ([]string, error) {
	out := []string{}
	for i, s := range c.view.segments {
		if !s.columns.fields[classCalled.field(plainSuffix)] {
			continue
		}
		public, err := s.public()
		if err != nil {
			return nil, err
		}
		found := newBitset(s.size)
		if err := c.in(ctx, classCalled.field(plainSuffix), &scope{segmentView: s, number: i, documents: public}, found); err != nil {
			return nil, err
		}
		if found.isEmpty() {
			continue
		}
		ids, err := s.ids()
		if err != nil {
			return nil, err
		}
		for doc := range found.all() {
			out = append(out, ids.of(doc))
		}
	}
	return out, nil
}

// hasPlacesIn tells whether the index keeps the places of words in a field.
func hasPlacesIn(field string) bool {
	return field != classLabel.field(plainSuffix) && field != classHidden.field(plainSuffix)
}

// together reads the words of the phrase in a field, the rarest first, and finds the documents that have all of them.
func (c *phrase) together(field string, within *scope) ([]wordReader, *roaring.Bitmap, error) {
	if !within.columns.fields[field] {
		return nil, roaring.New(), nil
	}
	docs := roaring.FromDense(within.documents, false)
	out := make([]wordReader, len(c.words))
	for i, w := range c.words {
		list, err := within.postings(field, w)
		if err != nil || list == nil {
			return nil, roaring.New(), err
		}
		it, ok := list.Iterator(true, false, true, nil).(narrowed)
		if !ok || it.ActualBitmap() == nil {
			return nil, nil, fmt.Errorf("read the places of a word: unknown postings %T", list)
		}
		docs = roaring.And(docs, it.ActualBitmap())
		out[i] = wordReader{it, uint64(i), list.Count()}
	}
	slices.SortStableFunc(out, func(a, b wordReader) int { return cmp.Compare(a.count, b.count) })
	return out, docs, nil
}

// narrowed are postings that can be narrowed to some documents.
type narrowed interface {
	segment.PostingsIterator
	segment.OptimizablePostingsIterator
}

// wordReader reads where a word of a phrase is, document by document.
type wordReader struct {
	places narrowed
	at     uint64 // its place in the phrase
	count  uint64 // of documents
}

// follow keeps those of the places where the phrase may begin in the document that the word agrees with: all of the
// word's own for the first word that is read. Places come in their order.
func (r *wordReader) follow(doc uint32, isFirst bool, begins []uint64) ([]uint64, error) {
	p, err := r.places.Advance(uint64(doc))
	if err != nil {
		return nil, fmt.Errorf("read the places of a word: %w", err)
	}
	if p == nil || p.Number() != uint64(doc) {
		return nil, nil
	}
	kept := begins[:0]
	for _, l := range p.Locations() {
		if l.Pos() <= r.at {
			continue // The phrase would begin before the text.
		}
		begin := l.Pos() - r.at
		if isFirst {
			kept = append(kept, begin)
			continue
		}
		for len(begins) > 0 && begins[0] < begin {
			begins = begins[1:]
		}
		if len(begins) > 0 && begins[0] == begin {
			kept, begins = append(kept, begin), begins[1:]
		}
	}
	return kept, nil
}
