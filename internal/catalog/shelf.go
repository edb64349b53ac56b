package catalog

import (
	"fmt"

	lru "github.com/hashicorp/golang-lru/v2"

	"goodpractice/internal/knowledge"
)

// shelf keeps records by id, up to a number of them and up to a number of bytes, and drops those that were
// not asked for longest. It may be read concurrently; its user sees to it that one goroutine writes at a
// time.
type shelf struct {
	kept            *lru.Cache[knowledge.ID, weighed]
	capacity, limit int // Records, and bytes.
	bytes           int // What is kept weighs so much.
}

// weighed is a record and how many bytes it takes.
type weighed struct {
	knowledge.Entity

	bytes int
}

func newShelf(capacity, limit int) (*shelf, error) {
	s := &shelf{capacity: capacity, limit: limit}
	var err error
	s.kept, err = lru.NewWithEvict(capacity, func(_ knowledge.ID, w weighed) { s.bytes -= w.bytes })
	if err != nil {
		return nil, fmt.Errorf("make the cache of records: %w", err)
	}
	return s, nil
}

// get gives a record, and notes that it was asked for.
func (s *shelf) get(id knowledge.ID) (knowledge.Entity, bool) {
	w, ok := s.kept.Get(id)
	return w.Entity, ok
}

// peek gives a record and notes nothing.
func (s *shelf) peek(id knowledge.ID) (knowledge.Entity, bool) {
	w, ok := s.kept.Peek(id)
	return w.Entity, ok
}

func (s *shelf) has(id knowledge.ID) bool { return s.kept.Contains(id) }

// add keeps a record in the place of an earlier state. Others make room for it. What is too large for the
// whole shelf is not kept.
func (s *shelf) add(e knowledge.Entity) {
	id, w := e.Head().ID, weighed{e, weigh(e)}
	if w.bytes > s.limit {
		s.remove(id)
		return
	}
	earlier, _ := s.kept.Peek(id)
	s.kept.Add(id, w)
	s.bytes += w.bytes - earlier.bytes
	for s.bytes > s.limit {
		s.kept.RemoveOldest()
	}
}

// offer keeps a record where an earlier state is kept, or where nothing has to make room for it.
func (s *shelf) offer(e knowledge.Entity) {
	if s.has(e.Head().ID) || s.kept.Len() < s.capacity && s.bytes+weigh(e) <= s.limit {
		s.add(e)
	}
}

func (s *shelf) remove(id knowledge.ID) { s.kept.Remove(id) }
