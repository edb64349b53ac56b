package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// eventResolver answers the fields of an event.
type eventResolver struct{ *resolver }

// Permalink is the address to cite.
func (r eventResolver) Permalink(_ context.Context, obj *knowledge.Event) (string, error) {
	return r.permalink(obj)
}

// Countries are the countries that it concerned.
func (r eventResolver) Countries(ctx context.Context, obj *knowledge.Event) ([]*knowledge.Country, error) {
	return all[*knowledge.Country](ctx, countryIDs(obj.CountryCodes))
}

// Themes are its subjects.
func (r eventResolver) Themes(ctx context.Context, obj *knowledge.Event) ([]*knowledge.Theme, error) {
	return all[*knowledge.Theme](ctx, obj.ThemeIDs)
}

// Organisers are who called it.
func (r eventResolver) Organisers(ctx context.Context, obj *knowledge.Event) ([]*knowledge.Organisation, error) {
	return all[*knowledge.Organisation](ctx, obj.OrganiserIDs)
}

// Presented is what was presented.
func (r eventResolver) Presented(ctx context.Context, obj *knowledge.Event) ([]knowledge.Entity, error) {
	return all[knowledge.Entity](ctx, obj.PresentedIDs)
}

// Outputs is what came out of it.
func (r eventResolver) Outputs(ctx context.Context, obj *knowledge.Event) ([]knowledge.Entry, error) {
	return all[knowledge.Entry](ctx, obj.OutputIDs)
}

// Adopted are the recommendations that were adopted there.
func (r eventResolver) Adopted(
	ctx context.Context, obj *knowledge.Event, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.RecommendationConnection, error) {
	l := entries(filter, orderBy, linked(obj.ID, knowledge.RelAdoptedAt), knowledge.KindRecommendation)
	return connection[*knowledge.Recommendation](ctx, r.resolver, l, window{first, after, last, before})
}
