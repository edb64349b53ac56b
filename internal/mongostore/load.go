package mongostore

import (
	"context"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"goodpractice/internal/knowledge"
)

const (
	// maxLoad is how many records are asked for in one round trip.
	maxLoad = 500
	// maxRevisions is how many ids and revisions are.
	maxRevisions = 5000
)

// Load reads the current states of the entities, in the order of the ids: one round trip for each 500 of
// them. The place of an id that does not exist or has been deleted is nil; an id given twice is loaded
// twice. What comes back shares nothing with other results.
func (s *Store) Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	found := make(map[knowledge.ID]stored, len(ids))
	for chunk := range slices.Chunk(distinct(ids), maxLoad) {
		docs, err := s.fetch(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			found[d.ID] = d
		}
	}
	entities := make([]knowledge.Entity, len(ids))
	for i, id := range ids {
		d, ok := found[id]
		if !ok || d.Deleted {
			continue
		}
		e, err := decode(d.Kind, d.Body)
		if err != nil {
			return nil, fmt.Errorf("load %s: %w", id, err)
		}
		entities[i] = e
	}
	return entities, s.usable()
}

// usable fails after Close, also for a call that needed nothing of the database.
func (s *Store) usable() error {
	done, err := s.begin()
	if err != nil {
		return unavailable(messageAway, "load", err)
	}
	done()
	return nil
}

// distinct are the ids without repetitions, sorted.
func distinct(ids []knowledge.ID) []knowledge.ID {
	return slices.Compact(slices.Sorted(slices.Values(ids)))
}

// whole is what a reader of a record needs.
func whole() bson.D {
	return fields(fieldKind, fieldRevision, fieldDeleted, fieldBody)
}

// fetch reads documents in one round trip, in any order.
func (s *Store) fetch(ctx context.Context, ids []knowledge.ID) ([]stored, error) {
	var docs []stored
	err := s.read(ctx, "load records", func(ctx context.Context) error {
		return find(ctx, s.entities, query{filter: in(ids), projection: whole()}, &docs)
	})
	return docs, err
}

func in(ids []knowledge.ID) bson.D {
	return bson.D{{Key: fieldID, Value: bson.D{{Key: "$in", Value: ids}}}}
}

// EachRevision calls fn for every entity that is not deleted, in the order of the ids, until fn returns an
// error, which it returns. What is saved meanwhile may come in either state. Bodies are not read.
func (s *Store) EachRevision(ctx context.Context, fn func(knowledge.ID, knowledge.Revision) error) error {
	return eachPage(ctx, s, s.entities, pages{maxRevisions, live(), fields(fieldRevision), nil},
		func(d stored) (any, error) { return d.ID, fn(d.ID, d.Revision) })
}

// live lets through what is not deleted.
func live() bson.D {
	return bson.D{{Key: fieldDeleted, Value: bson.D{{Key: "$ne", Value: true}}}}
}

// pages says how a collection is read.
type pages struct {
	size               int
	filter, projection bson.D
	after              any // The id after which to begin; nil for the beginning.
}

// eachPage walks through a collection in the order of the ids, one round trip a page, so that no cursor has
// to live on the server between two of them. Fn gives the id of the document.
func eachPage[T any](ctx context.Context, s *Store, c *mongo.Collection, p pages, fn func(T) (id any, err error)) error {
	last := any(bson.MinKey{}) // With a bound from the start, so that the index gives the order.
	if p.after != nil {
		last = p.after
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		filter := append(bson.D{{Key: fieldID, Value: bson.D{{Key: "$gt", Value: last}}}}, p.filter...)
		var docs []T
		err := s.read(ctx, "read all of "+c.Name(), func(ctx context.Context) error {
			return find(ctx, c, query{filter, p.projection, 1, p.size}, &docs)
		})
		if err != nil {
			return err
		}
		for _, d := range docs {
			if last, err = fn(d); err != nil {
				return err
			}
		}
		if len(docs) < p.size {
			return nil
		}
	}
}
