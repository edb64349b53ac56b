package bundle

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"goodpractice/internal/knowledge"
)

// Store is where Import and Plant read and save.
type Store interface {
	// Load gives the entities in that order, nil for one that is not there.
	Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error)
	// Save saves each entity on its own; knowledge.SaveErrors tells which failed.
	Save(ctx context.Context, entities ...knowledge.Entity) error
}

// Source is what Export reads.
type Source interface {
	// Changes yields every live entity after the empty cursor, and then marks that it has caught up.
	Changes(ctx context.Context, after knowledge.Cursor) iter.Seq2[knowledge.Change, error]
	// Load gives the entities in that order, nil for one that is not there.
	Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error)
	// History gives the states before a revision, newest first.
	History(ctx context.Context, id knowledge.ID, before knowledge.Revision, limit int) ([]knowledge.Entity, error)
	// EachDeleted calls fn for every entity that was deleted, in any order, until fn returns an error,
	// which it returns.
	EachDeleted(ctx context.Context, fn func(knowledge.ID) error) error
}

// batchSize is how many entities are loaded, or lines are read, before the next call to the store.
const batchSize = 500

// Plant saves the entities that the store does not have, as they are, and tells how many these were.
// What is there already, changed or not, stays as it is, so a planting that was interrupted is
// finished by the next one. Deleted records stay deleted, and a record whose slug has been given to
// another one is left out.
func Plant(ctx context.Context, store Store, entities []knowledge.Entity) (int, error) {
	planted := 0
	for start := 0; start < len(entities); start += batchSize {
		batch := entities[start:min(start+batchSize, len(entities))]
		missing, err := missingOf(ctx, store, batch)
		if err != nil {
			return planted, err
		}
		for _, err := range knowledge.SaveErrors(store.Save(ctx, missing...), len(missing)) {
			switch {
			case err == nil:
				planted++
			case errors.Is(err, knowledge.ErrConflict), errors.Is(err, knowledge.ErrSlugTaken):
				// Deleted, planted by another at the same time, or made here under the same slug.
			default:
				return planted, fmt.Errorf("plant the seed: %w", err)
			}
		}
	}
	return planted, nil
}

// missingOf lists the entities that the store does not have.
func missingOf(ctx context.Context, store Store, entities []knowledge.Entity) ([]knowledge.Entity, error) {
	ids := make([]knowledge.ID, len(entities))
	for i, e := range entities {
		ids[i] = e.Head().ID
	}
	stored, err := store.Load(ctx, ids...)
	if err != nil {
		return nil, fmt.Errorf("load records: %w", err)
	}
	var missing []knowledge.Entity
	for i, e := range entities {
		if stored[i] == nil {
			missing = append(missing, e)
		}
	}
	return missing, nil
}
