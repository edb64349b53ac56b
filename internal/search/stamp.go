package search

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"goodpractice/internal/knowledge"
)

// Revisions tells which state of each entity is indexed. An entity that is not indexed is not in the
// map. The cost grows with the number of ids only.
func (g *Generation) Revisions(ctx context.Context, ids []knowledge.ID) (map[knowledge.ID]knowledge.Stamp, error) {
	out := make(map[knowledge.ID]knowledge.Stamp, len(ids))
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
func (g *Generation) EachStamp(ctx context.Context, visit func(knowledge.ID, knowledge.Stamp) error) error {
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
func (s *segmentView) stamp(doc uint32) (knowledge.ID, knowledge.Stamp, error) {
	var id knowledge.ID
	var stamp knowledge.Stamp
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
		return "", knowledge.Stamp{}, fmt.Errorf("read the index: %w", err)
	}
	return id, stamp, nil
}

// encodeStamp writes the stamp as it is stored.
func encodeStamp(s knowledge.Stamp) string {
	return strconv.Itoa(s.Revision) + " " + strconv.Itoa(s.PublishedRevision) + " " + string(s.Status)
}

func decodeStamp(b []byte) (knowledge.Stamp, error) {
	parts := strings.SplitN(string(b), " ", 3)
	if len(parts) != 3 {
		return knowledge.Stamp{}, fmt.Errorf("stamp %q: want three parts", b)
	}
	revision, err := strconv.Atoi(parts[0])
	if err != nil {
		return knowledge.Stamp{}, fmt.Errorf("stamp %q: %w", b, err)
	}
	published, err := strconv.Atoi(parts[1])
	if err != nil {
		return knowledge.Stamp{}, fmt.Errorf("stamp %q: %w", b, err)
	}
	return knowledge.Stamp{Revision: revision, PublishedRevision: published, Status: knowledge.EditorialStatus(parts[2])}, nil
}

func stampOf(e knowledge.Entity) knowledge.Stamp {
	s := knowledge.Stamp{Revision: e.Head().Revision, Status: e.Head().Status}
	if entry, ok := e.(knowledge.Entry); ok {
		s.PublishedRevision = entry.Core().PublishedRevision
	}
	return s
}
