package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"goodpractice/internal/knowledge"
)

// EachDeleted calls fn for every entity that was deleted, in the order of the ids, until fn returns an
// error, which it returns. What is deleted meanwhile may be left out.
func (s *Store) EachDeleted(ctx context.Context, fn func(knowledge.ID) error) error {
	deleted := bson.D{{Key: fieldDeleted, Value: true}}
	return eachPage(ctx, s, s.entities, pages{maxRevisions, deleted, fields(fieldID), nil},
		func(d stored) (any, error) { return d.ID, fn(d.ID) })
}
