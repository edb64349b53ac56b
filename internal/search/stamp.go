package search

import (
	"context"
	"fmt"
	"slices"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"goodpractice/internal/knowledge"
)

// Stamp is which state of an entity the index holds.
type Stamp struct {
	Revision          knowledge.Revision
	Status            knowledge.EditorialStatus
	PublishedRevision knowledge.Revision // 0 for what is no entry or was never public
}

// Revisions tells which state of each entity is indexed. An entity that is not indexed is not in the
// map. The cost grows with the number of ids only.
func (g *Generation) Revisions(ctx context.Context, ids []knowledge.ID) (map[knowledge.ID]Stamp, error) {
	out := make(map[knowledge.ID]Stamp, len(ids))
	terms := make([]string, len(ids))
	for i, id := range ids {
		terms[i] = string(id)
	}
	err := g.read(func(v *view) error {
		return v.eachPosted(ctx, fieldID, terms, func(s *segmentView, doc uint32) error {
			id, stamp, err := s.stamp(doc)
			out[id] = stamp
			return err
		})
	})
	if err != nil {
		return nil, public(err)
	}
	return out, nil
}

// EachStamp calls visit for every indexed entity, in no particular order, until it returns an error,
// which EachStamp returns. Visit must not call the index.
func (g *Generation) EachStamp(ctx context.Context, visit func(knowledge.ID, Stamp) error) error {
	return public(g.read(func(v *view) error {
		for _, s := range v.segments {
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("list the index: %w", err)
			}
			for doc := range s.size {
				if s.isDeleted(doc) {
					continue
				}
				id, stamp, err := s.stamp(doc)
				if err != nil {
					return err
				}
				if err := visit(id, stamp); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

// Dependents lists the indexed entities whose text or dimensions depend on any of these nouns: those
// that point at one, or at something below one. They come in the order of their ids.
func (g *Generation) Dependents(ctx context.Context, ids []knowledge.ID) ([]knowledge.ID, error) {
	terms := make([]string, len(ids))
	for i, id := range ids {
		terms[i] = string(id)
	}
	var out []knowledge.ID
	err := g.read(func(v *view) error {
		return v.eachPosted(ctx, fieldRef, terms, func(s *segmentView, doc uint32) error {
			id, err := s.snapshot.DocID(uint64(doc))
			out = append(out, knowledge.ID(id))
			return err
		})
	})
	if err != nil {
		return nil, public(err)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// stamp reads what is stored of a document.
func (s *segmentView) stamp(doc uint32) (knowledge.ID, Stamp, error) {
	var id knowledge.ID
	var stamp Stamp
	var broken error
	err := s.snapshot.VisitDocument(uint64(doc), segment.StoredFieldValueVisitor(
		func(field string, _ byte, value []byte, _ []uint64) bool {
			switch field {
			case fieldID:
				id = knowledge.ID(value)
			case fieldStamp:
				stamp, broken = decodeStamp(value)
			}
			return broken == nil
		}))
	if err == nil {
		err = broken
	}
	if err != nil {
		return "", Stamp{}, fmt.Errorf("read the index: %w", err)
	}
	return id, stamp, nil
}
