package boltstore

import (
	"bytes"
	"context"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"goodpractice/internal/knowledge"
)

// Load reads the current states of the entities, in the order of the ids. The place of an id that does
// not exist or has been deleted is nil; an id given twice is loaded twice. What comes back shares
// nothing with the store or with other results.
func (s *Store) Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	raw := make([][]byte, len(ids))
	err := s.db.View(func(tx *bolt.Tx) error {
		b := open(tx)
		for i, id := range ids {
			raw[i] = bytes.Clone(b.entities.Get([]byte(id)))
		}
		return nil
	})
	if err != nil {
		return nil, failed("load", err)
	}
	entities := make([]knowledge.Entity, len(ids))
	for i, r := range raw {
		if r == nil {
			continue
		}
		e, err := decode(r)
		if err != nil {
			return nil, fmt.Errorf("load %s: %w", ids[i], err)
		}
		if !e.Head().Deleted {
			entities[i] = e
		}
	}
	return entities, nil
}

// History reads at most limit states of the entity, newest first: those with a revision below before,
// or all of them for 0. The current state is one of them, and so is a tombstone. It is empty for an id
// that does not exist and for a limit below 1.
func (s *Store) History(ctx context.Context, id knowledge.ID, before knowledge.Revision, limit int) ([]knowledge.Entity, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var raw [][]byte
	err := s.db.View(func(tx *bolt.Tx) error {
		var err error
		raw, err = states(open(tx), id, before, limit)
		return err
	})
	if err != nil {
		return nil, failed("read the history of "+string(id), err)
	}
	entities := make([]knowledge.Entity, len(raw))
	for i, r := range raw {
		if entities[i], err = decode(r); err != nil {
			return nil, fmt.Errorf("read the history of %s: %w", id, err)
		}
	}
	return entities, nil
}

// states copies the records that History asks for.
func states(b buckets, id knowledge.ID, before knowledge.Revision, limit int) ([][]byte, error) {
	current := b.entities.Get([]byte(id))
	if current == nil || limit < 1 || before < 0 {
		return nil, nil
	}
	r, err := parse(current)
	if err != nil {
		return nil, err
	}
	var raw [][]byte
	if before == 0 || before > r.revision {
		raw = append(raw, bytes.Clone(current))
		before = r.revision
	}
	c, prefix := b.history.Cursor(), historyPrefix(id)
	step := c.Prev
	if key, _ := c.Seek(historyKey(id, before)); key == nil {
		step = c.Last
	}
	for key, value := step(); len(raw) < limit && bytes.HasPrefix(key, prefix); key, value = c.Prev() {
		raw = append(raw, bytes.Clone(value))
	}
	return raw, nil
}
