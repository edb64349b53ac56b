package graph

import (
	"context"

	"goodpractice/internal/knowledge"
)

// one loads the record with the id; the zero value where there is none that the reader may see, or no id.
func one[T knowledge.Entity](ctx context.Context, id *knowledge.ID) (T, error) {
	var none T
	if id == nil {
		return none, nil
	}
	e, err := loaderFrom(ctx).one(ctx, *id)
	if err != nil {
		return none, err
	}
	found, _ := e.(T)
	return found, nil
}

// all loads the records with the ids, in that order, without those that the reader may not see. What cannot be read now is
// left out with an error beside the list.
func all[T knowledge.Entity](ctx context.Context, ids []knowledge.ID) ([]T, error) {
	entities, err := each(ctx, ids)
	if err != nil {
		return nil, err
	}
	found := make([]T, 0, len(ids))
	for _, e := range entities {
		if x, ok := e.(T); ok {
			found = append(found, x)
		}
	}
	return found, nil
}

// each loads the records with the ids; nil in the place of each that the reader may not see. So is what cannot be read now,
// with an error beside the list.
func each(ctx context.Context, ids []knowledge.ID) ([]knowledge.Entity, error) {
	entities, err := loaderFrom(ctx).many(ctx, ids)
	return entities, partly(ctx, err)
}

// visible keeps the items whose target the reader may see, as all does.
func visible[T any](ctx context.Context, items []T, target func(T) knowledge.ID) ([]*T, error) {
	ids := make([]knowledge.ID, len(items))
	for i, x := range items {
		ids[i] = target(x)
	}
	entities, err := each(ctx, ids)
	if err != nil {
		return nil, err
	}
	kept := make([]*T, 0, len(items))
	for i := range items {
		if entities[i] != nil {
			kept = append(kept, &items[i])
		}
	}
	return kept, nil
}

// countryIDs are the ids of the countries with the codes.
func countryIDs(codes []knowledge.CountryCode) []knowledge.ID {
	ids := make([]knowledge.ID, len(codes))
	for i, code := range codes {
		ids[i] = knowledge.CountryID(code)
	}
	return ids
}

// countryID is the id of the country with the code; nil for no code.
func countryID(code *knowledge.CountryCode) *knowledge.ID {
	if code == nil {
		return nil
	}
	id := knowledge.CountryID(*code)
	return &id
}
