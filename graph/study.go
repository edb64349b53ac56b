package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// studyResolver answers the fields of a study.
type studyResolver struct{ *resolver }

// Permalink is the address to cite.
func (r studyResolver) Permalink(_ context.Context, obj *knowledge.Study) (string, error) {
	return r.permalink(obj)
}

// AuthorOrganisations are the organisations behind it.
func (r studyResolver) AuthorOrganisations(ctx context.Context, obj *knowledge.Study) ([]*knowledge.Organisation, error) {
	return all[*knowledge.Organisation](ctx, obj.AuthorIDs)
}

// Themes are its subjects.
func (r studyResolver) Themes(ctx context.Context, obj *knowledge.Study) ([]*knowledge.Theme, error) {
	return all[*knowledge.Theme](ctx, obj.ThemeIDs)
}

// Countries are the countries that it is about.
func (r studyResolver) Countries(ctx context.Context, obj *knowledge.Study) ([]*knowledge.Country, error) {
	return all[*knowledge.Country](ctx, countryIDs(obj.CountryCodes))
}

// Evaluated are the entries that it looked at.
func (r studyResolver) Evaluated(
	ctx context.Context, obj *knowledge.Study, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.EntryConnection, error) {
	l := entries(filter, orderBy, linked(obj.ID, knowledge.RelEvidence), knowledge.EntryKinds()...)
	return connection[knowledge.Entry](ctx, r.resolver, l, window{first, after, last, before})
}

// Recommendations are those that rest on it.
func (r studyResolver) Recommendations(
	ctx context.Context, obj *knowledge.Study, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.RecommendationConnection, error) {
	l := entries(filter, orderBy, linked(obj.ID, knowledge.RelRestsOn), knowledge.KindRecommendation)
	return connection[*knowledge.Recommendation](ctx, r.resolver, l, window{first, after, last, before})
}

// Events are those that presented it.
func (r studyResolver) Events(
	ctx context.Context, obj *knowledge.Study, first *int, after *string, last *int, before *string,
) (*relay.EventConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelPresented), knowledge.KindEvent)
	return connection[*knowledge.Event](ctx, r.resolver, l, window{first, after, last, before})
}
