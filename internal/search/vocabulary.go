package search

import (
	"container/heap"
	"context"
	"fmt"
	"slices"
	"strings"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// row is the terms of one field in one segment, in their order.
type row struct {
	segment    int
	dictionary segment.TermDictionary
	terms      segment.DictionaryIterator
	term       string
	count      uint64 // documents, deleted ones included
}

// next goes to the next term; false at the end.
func (r *row) next() (bool, error) {
	entry, err := r.terms.Next()
	if err != nil {
		return false, fmt.Errorf("read the words of the index: %w", err)
	}
	if entry == nil {
		return false, nil
	}
	r.term, r.count = entry.Term, entry.Count
	return true, nil
}

// rows are the fields of segments that are read side by side, the smallest term first.
type rows []*row

func (r rows) Len() int { return len(r) }
func (r rows) Less(i, j int) bool {
	return r[i].term < r[j].term || r[i].term == r[j].term && r[i].segment < r[j].segment
}
func (r rows) Swap(i, j int) { r[i], r[j] = r[j], r[i] }
func (r *rows) Push(x any)   { *r = append(*r, x.(*row)) } //nolint:forcetypeassert // Only rows are pushed.
func (r *rows) Pop() any {
	last := (*r)[len(*r)-1]
	*r = (*r)[:len(*r)-1]
	return last
}

// eachTerm visits the terms of some fields in their order, each once with every place where it is.
func (v *view) eachTerm(ctx context.Context, fields []string, visit func(term string, in []*row) error) error {
	return v.eachTermIn(ctx, nil, fields, visit)
}

// eachTermIn is eachTerm without the segments that are to be skipped; nil skips none.
func (v *view) eachTermIn(ctx context.Context, skips []bool, fields []string, visit func(term string, in []*row) error) error {
	var all rows
	for i, s := range v.segments {
		if skips != nil && skips[i] {
			continue
		}
		for _, field := range fields {
			if !s.columns.fields[field] {
				continue
			}
			dictionary, err := s.snapshot.Segment().Dictionary(field)
			if err != nil {
				return fmt.Errorf("read the words of %s: %w", field, err)
			}
			r := &row{segment: i, dictionary: dictionary, terms: dictionary.AutomatonIterator(nil, nil, nil)}
			ok, err := r.next()
			if err != nil {
				return err
			}
			if ok {
				all = append(all, r)
			}
		}
	}
	heap.Init(&all)
	var in []*row
	for n := 0; len(all) > 0; n++ {
		if n%checkEvery == 0 {
			if err := expired(ctx); err != nil {
				return err
			}
		}
		term := all[0].term
		in = in[:0]
		for len(all) > 0 && all[0].term == term {
			in = append(in, heap.Pop(&all).(*row)) //nolint:forcetypeassert // Only rows are in it.
		}
		if err := visit(term, in); err != nil {
			return err
		}
		for _, r := range in {
			ok, err := r.next()
			if err != nil {
				return err
			}
			if ok {
				heap.Push(&all, r)
			}
		}
	}
	return nil
}

// living is how many living documents have the term at hand. Words of deleted documents, such as those that
// were withdrawn, must not be learned.
func (v *view) living(in []*row) (int, error) {
	n := 0
	for _, r := range in {
		deleted := v.segments[r.segment].snapshot.Deleted()
		if deleted == nil || deleted.IsEmpty() {
			n += int(r.count)
			continue
		}
		list, err := r.dictionary.PostingsList([]byte(r.term), deleted, nil)
		if err != nil {
			return 0, fmt.Errorf("count a word of the index: %w", err)
		}
		n += int(list.Count())
	}
	return n, nil
}

// suffixesOf lists what follows the prefix in the names of the fields that the index has, in order.
func (v *view) suffixesOf(prefix string) []string {
	var out []string
	for _, s := range v.segments {
		for field := range s.columns.fields {
			if suffix, ok := strings.CutPrefix(field, prefix); ok && !slices.Contains(out, suffix) {
				out = append(out, suffix)
			}
		}
	}
	slices.Sort(out)
	return out
}
