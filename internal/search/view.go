package search

import (
	"context"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// view is the index at one moment: segments that never change, each with the documents that have been
// deleted from it since. It belongs to one search.
type view struct {
	snapshot *scorch.IndexSnapshot
	segments []*segmentView
	docs     float64     // living documents
	stats    *statistics // nil before the first look
}

// segmentView is one segment of a view.
type segmentView struct {
	snapshot     *scorch.SegmentSnapshot
	columns      *segmentColumns
	size         uint32 // documents, deleted ones included
	dictionaries map[string]segment.TermDictionary
	hidden       *roaring.Bitmap // what is not public; nil before the first look
}

func (g *Generation) view(snapshot *scorch.IndexSnapshot) *view {
	v := &view{snapshot: snapshot}
	segments := snapshot.Segments()
	columns := g.columns.of(segments)
	for i, s := range segments {
		v.segments = append(v.segments, &segmentView{
			snapshot: s, columns: columns[i], size: uint32(s.FullSize()),
			dictionaries: map[string]segment.TermDictionary{},
		})
		v.docs += float64(s.Count())
	}
	return v
}

// isDeleted tells whether the document is no longer part of the index.
func (s *segmentView) isDeleted(doc uint32) bool {
	deleted := s.snapshot.Deleted()
	return deleted != nil && deleted.Contains(doc)
}

// postings lists the living documents that hold the term; nil for none.
func (s *segmentView) postings(field, term string) (segment.PostingsList, error) {
	dictionary, ok := s.dictionaries[field]
	if !ok {
		var err error
		if dictionary, err = s.snapshot.Segment().Dictionary(field); err != nil {
			return nil, fmt.Errorf("read the terms of %s: %w", field, err)
		}
		s.dictionaries[field] = dictionary
	}
	list, err := dictionary.PostingsList([]byte(term), s.snapshot.Deleted(), nil)
	if err != nil {
		return nil, fmt.Errorf("read a term of %s: %w", field, err)
	}
	if list.Count() == 0 {
		return nil, nil //nolint:nilnil // A term that is not there is no error.
	}
	return list, nil
}

// eachPosted visits every living document that holds one of the terms, once for each term.
func (v *view) eachPosted(ctx context.Context, field string, terms []string, visit func(*segmentView, uint32) error) error {
	for _, s := range v.segments {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("read the index: %w", err)
		}
		for _, term := range terms {
			list, err := s.postings(field, term)
			if err != nil {
				return err
			}
			if err := eachDoc(list, func(doc uint32) error { return visit(s, doc) }); err != nil {
				return err
			}
		}
	}
	return nil
}

// eachDoc visits the documents of a list, which may be nil.
func eachDoc(list segment.PostingsList, visit func(doc uint32) error) error {
	if list == nil {
		return nil
	}
	it := list.Iterator(false, false, false, nil)
	for {
		p, err := it.Next()
		if err != nil {
			return fmt.Errorf("read the index: %w", err)
		}
		if p == nil {
			return nil
		}
		if err := visit(uint32(p.Number())); err != nil {
			return err
		}
	}
}
