package search

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/RoaringBitmap/roaring/v2"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/semantics"
)

// selection is which documents and terms are read.
type selection struct {
	except []*roaring.Bitmap // by segment: documents that are left out
	skips  []bool            // by segment: whether all are left out; nil for none
	knows  func(term string) bool
}

// public selects what may be learned from: all documents that everyone may read.
func (v *view) public() (selection, error) {
	out := selection{knows: func(string) bool { return true }}
	for _, s := range v.segments {
		except, err := s.notPublic()
		if err != nil {
			return selection{}, err
		}
		out.except = append(out.except, except)
	}
	return out, nil
}

// stems visits the stems of the records selected with their postings, which are numbered through all segments.
func (v *view) stems(ctx context.Context, l *linguist, of selection, failed *error) iter.Seq2[string, []semantics.Posting] {
	bases := make([]uint32, len(v.segments))
	next := uint32(0)
	for i, s := range v.segments {
		bases[i], next = next, next+s.size
	}
	return func(yield func(string, []semantics.Posting) bool) {
		for _, language := range l.suffixes(v) {
			var fields []string
			for _, c := range runningClasses() {
				fields = append(fields, c.field(language.Suffix()))
			}
			var list gathered
			*failed = v.eachTermIn(ctx, of.skips, fields, func(term string, in []*row) error {
				name := meaningTerm(language.Suffix(), term)
				if !of.knows(name) {
					return nil
				}
				list.reset()
				for _, r := range in {
					if err := list.add(r, bases[r.segment], of.except[r.segment]); err != nil {
						return err
					}
				}
				if !yield(name, list.all) {
					return errStopped
				}
				return nil
			})
			if *failed != nil {
				return
			}
		}
	}
}

var errStopped = errors.New("no more terms are wanted")

// gathered are the postings of a term, in the order of the documents.
type gathered struct {
	all     []semantics.Posting
	from    int // where those of the segment begin that were added last
	segment int
	room    []semantics.Posting
}

func (x *gathered) reset() { x.all, x.from, x.segment = x.all[:0], 0, -1 }

// add puts in a row. Rows come segment by segment; the counts of a document in several fields are added up.
func (x *gathered) add(r *row, base uint32, except *roaring.Bitmap) error {
	if r.segment != x.segment {
		x.segment, x.from = r.segment, len(x.all)
	}
	second := len(x.all)
	list, err := r.dictionary.PostingsList([]byte(r.term), except, nil)
	if err != nil {
		return fmt.Errorf("read the stems of the index: %w", err)
	}
	for it := list.Iterator(true, false, false, nil); ; {
		p, err := it.Next()
		if err != nil {
			return fmt.Errorf("read the stems of the index: %w", err)
		}
		if p == nil {
			break
		}
		x.all = append(x.all, semantics.Posting{Doc: base + uint32(p.Number()), Count: uint32(p.Frequency())})
	}
	if x.from < second && second < len(x.all) {
		x.merge(second)
	}
	return nil
}

// merge joins two rows of one segment, each of which is in order; the second begins at a place. What is written never
// reaches what is still to be read of it.
func (x *gathered) merge(second int) {
	x.room = append(x.room[:0], x.all[x.from:second]...)
	a, b, out := x.room, x.all[second:], x.all[:x.from]
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].Doc < b[0].Doc:
			out, a = append(out, a[0]), a[1:]
		case a[0].Doc > b[0].Doc:
			out, b = append(out, b[0]), b[1:]
		default:
			out = append(out, semantics.Posting{Doc: a[0].Doc, Count: a[0].Count + b[0].Count})
			a, b = a[1:], b[1:]
		}
	}
	x.all = append(append(out, a...), b...)
}

// notPublic are the documents that nothing is learned from: deleted ones, and those that not everyone may read.
func (s *segmentView) notPublic() (*roaring.Bitmap, error) {
	if s.hidden != nil {
		return s.hidden, nil
	}
	status, err := s.columnTest(fieldStatus, []string{string(knowledge.StatusPublished)})
	if err != nil {
		return nil, err
	}
	s.hidden = roaring.New()
	for doc := range s.size {
		if s.isDeleted(doc) || !status.test(doc) {
			s.hidden.Add(doc)
		}
	}
	return s.hidden, nil
}
