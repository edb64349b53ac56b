package boltstore

import (
	"context"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"goodpractice/internal/knowledge"
)

// maxRevisions is how many revisions are read in one transaction.
const maxRevisions = 1024

// EachRevision calls fn for every entity that is not deleted with its id and its stored revision, in
// the order of the ids, until fn returns an error, which EachRevision returns. It reads no bodies. What
// is saved meanwhile is seen in its state before or after that; whatever is there from the beginning to
// the end comes once. Fn is called outside of any transaction and may use the store. The error is that
// of ctx when it ends, and of the kind Unavailable when the store is closed.
func (s *Store) EachRevision(ctx context.Context, fn func(knowledge.ID, knowledge.Revision) error) error {
	return s.each(ctx, func(r revisionOf) error {
		if r.isDeleted {
			return nil
		}
		return fn(r.id, r.revision)
	})
}

// EachDeleted calls fn for every entity that was deleted, as EachRevision does for the others.
func (s *Store) EachDeleted(ctx context.Context, fn func(knowledge.ID) error) error {
	return s.each(ctx, func(r revisionOf) error {
		if !r.isDeleted {
			return nil
		}
		return fn(r.id)
	})
}

// each calls fn for every entity and every tombstone, outside of any transaction.
func (s *Store) each(ctx context.Context, fn func(revisionOf) error) error {
	var after []byte
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		page, last, err := s.revisions(after)
		if err != nil {
			return failed("list revisions", err)
		}
		for _, r := range page {
			if err := fn(r); err != nil {
				return err
			}
		}
		if last == nil {
			return nil
		}
		after = last
	}
}

// revisionOf is an entity and its stored revision.
type revisionOf struct {
	id        knowledge.ID
	revision  knowledge.Revision
	isDeleted bool
}

// revisions reads the entities that follow the key, nil for the beginning. It gives the key up to which
// it got, nil at the end.
func (s *Store) revisions(after []byte) (page []revisionOf, last []byte, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		c := open(tx).entities.Cursor()
		key, value := c.Seek(append(after, 0)) // No key lies between these two.
		for read := 0; key != nil; key, value = c.Next() {
			if read++; read > maxRevisions {
				return nil
			}
			r, err := parse(value)
			if err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
			page = append(page, revisionOf{knowledge.ID(key), r.revision, r.deleted})
			last = append(last[:0], key...)
		}
		last = nil
		return nil
	})
	return page, last, err
}
