package catalog_test

import (
	"context"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// scripted is a search engine that answers what the test says, and otherwise like the real one.
type scripted struct {
	catalog.Search

	found     *knowledge.Found
	asked     *knowledge.Listing // the last listing, where it is not nil
	similar   []knowledge.Hit
	suggested []knowledge.Suggestion
}

// Find implements catalog.Search. Lookups by slug and by id are the real engine's.
func (s scripted) Find(ctx context.Context, l knowledge.Listing) (knowledge.Found, error) {
	if s.found == nil || l.Slug != "" || l.IDs != nil {
		return s.Search.Find(ctx, l)
	}
	if s.asked != nil {
		*s.asked = l
	}
	return *s.found, nil
}

// Similar implements catalog.Search.
func (s scripted) Similar(_ context.Context, _ knowledge.ID, first int, _ knowledge.Actor) ([]knowledge.Hit, error) {
	return s.similar[:min(first, len(s.similar))], nil
}

// Suggest implements catalog.Search.
func (s scripted) Suggest(
	_ context.Context, _ string, first int, _ []knowledge.LanguageTag,
) ([]knowledge.Suggestion, error) {
	return s.suggested[:min(first, len(s.suggested))], nil
}
