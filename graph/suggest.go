package graph

import (
	"context"

	"goodpractice/internal/knowledge"
)

// suggestionResolver answers the fields of a suggestion.
type suggestionResolver struct{}

// synonymResolver answers the fields of a synonym.
type synonymResolver struct{}

// Suggest completes what somebody is typing.
func (r queryResolver) Suggest(ctx context.Context, prefix string, first int) ([]*knowledge.Suggestion, error) {
	found, err := r.catalog.Suggest(ctx, prefix, first)
	if found == nil {
		return nil, err
	}
	return pointers(found), partly(ctx, err)
}

// Node is the record of that name.
func (suggestionResolver) Node(ctx context.Context, obj *knowledge.Suggestion) (knowledge.Entity, error) {
	return behind(ctx, obj.ID)
}

// Node is the record that the term names.
func (synonymResolver) Node(ctx context.Context, obj *knowledge.Synonym) (knowledge.Entity, error) {
	return behind(ctx, obj.ID)
}

// behind loads the record behind a name; nil for an empty id.
func behind(ctx context.Context, id knowledge.ID) (knowledge.Entity, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // There is none.
	}
	return one[knowledge.Entity](ctx, &id)
}
