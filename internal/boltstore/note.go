package boltstore

import (
	"context"

	bolt "go.etcd.io/bbolt"
)

// Note reads a short text that SetNote has kept under the name, "" where there is none. The error is of
// the kind Unavailable when the store is closed.
func (s *Store) Note(ctx context.Context, name string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	var text string
	err := s.db.View(func(tx *bolt.Tx) error {
		text = string(open(tx).meta.Get(noteKey(name)))
		return nil
	})
	if err != nil {
		return "", failed("read a note", err)
	}
	return text, nil
}

// SetNote keeps a short text under a name, in place of the one before; "" removes it. It is meant for
// marks of the program, such as a seeding that was begun. A note is no record: it has no revision and
// no history, and no feed tells of it. It has reached the disk when SetNote returns, and backups have it.
// The error is of the kind Unavailable when the store is closed.
func (s *Store) SetNote(ctx context.Context, name, text string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := s.db.Update(func(tx *bolt.Tx) error {
		if text == "" {
			return open(tx).meta.Delete(noteKey(name))
		}
		return open(tx).meta.Put(noteKey(name), []byte(text))
	})
	if err != nil {
		return failed("keep a note", err)
	}
	return nil
}

// noteKey is the key of a note in the bucket meta.
func noteKey(name string) []byte { return []byte(prefixNote + name) }
