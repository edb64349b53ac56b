package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// noteID is the key of a note in meta.
func noteID(name string) string { return "note/" + name }

// Note reads the short text that is kept under a name, "" where there is none.
func (s *Store) Note(ctx context.Context, name string) (string, error) {
	var found note
	err := s.read(ctx, "read a note", func(ctx context.Context) error {
		return exceptNone(findOne(ctx, s.meta, query{filter: byID(noteID(name))}, &found))
	})
	return found.Text, err
}

// SetNote keeps a short text under a name, in place of the one before; "" removes it. It is meant for marks
// of the program itself, such as that a seeding has begun.
func (s *Store) SetNote(ctx context.Context, name, text string) error {
	return s.read(ctx, "keep a note", func(ctx context.Context) error {
		if text == "" {
			_, err := s.meta.DeleteOne(ctx, byID(noteID(name)))
			return err
		}
		_, err := s.meta.ReplaceOne(ctx, byID(noteID(name)), note{noteID(name), text},
			options.Replace().SetUpsert(true))
		return err
	})
}
