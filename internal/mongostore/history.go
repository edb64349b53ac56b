package mongostore

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"goodpractice/internal/knowledge"
)

// History reads at most limit states of the entity, newest first: those with a revision below before,
// or all of them for 0. The current state is one of them, and so is a tombstone. It is empty for an id
// that does not exist and for a limit below 1.
//
// The record is read before the history: a state that is not in the record any more has reached the history
// by then.
func (s *Store) History(ctx context.Context, id knowledge.ID, before knowledge.Revision, limit int) ([]knowledge.Entity, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	current, err := s.current(ctx, id)
	if err != nil || current == nil || limit < 1 || before < 0 {
		return nil, err
	}
	var states []state
	if before == 0 || before > current.Revision {
		states = append(states, state{Revision: current.Revision, Body: current.Body})
		before = current.Revision
	}
	if p := current.Previous; p != nil && len(states) < limit && p.Revision < before {
		states = append(states, *p)
		before = p.Revision
	}
	if len(states) < limit && before > 1 {
		earlier, err := s.earlier(ctx, id, before, limit-len(states))
		if err != nil {
			return nil, err
		}
		states = append(states, earlier...)
	}
	entities := make([]knowledge.Entity, len(states))
	for i, st := range states {
		if entities[i], err = decode(current.Kind, st.Body); err != nil {
			return nil, fmt.Errorf("read the history of %s: %w", id, err)
		}
	}
	return entities, nil
}

// current reads the document of a record with all it carries; nil for none.
func (s *Store) current(ctx context.Context, id knowledge.ID) (*stored, error) {
	var d *stored
	err := s.read(ctx, "read a record", func(ctx context.Context) error {
		return exceptNone(findOne(ctx, s.entities, query{filter: byID(id)}, &d))
	})
	return d, err
}

// earlier reads states from the history, newest first.
func (s *Store) earlier(ctx context.Context, id knowledge.ID, before knowledge.Revision, limit int) ([]state, error) {
	filter := bson.D{
		{Key: fieldID, Value: bson.D{{Key: "$gte", Value: historyID(id, 0)}, {Key: "$lt", Value: historyID(id, before)}}},
		{Key: fieldEntity, Value: id}, // The id of another record may lie in between.
	}
	var docs []state
	err := s.read(ctx, "read a history", func(ctx context.Context) error {
		return find(ctx, s.history, query{filter, fields(fieldRevision, fieldBody, fieldWrite), -1, limit}, &docs)
	})
	return docs, err
}
