package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// recommendationResolver answers the fields of a recommendation.
type recommendationResolver struct{ *resolver }

// Permalink is the address to cite.
func (r recommendationResolver) Permalink(_ context.Context, obj *knowledge.Recommendation) (string, error) {
	return r.permalink(obj)
}

// Themes are the subjects.
func (r recommendationResolver) Themes(ctx context.Context, obj *knowledge.Recommendation) ([]*knowledge.Theme, error) {
	return all[*knowledge.Theme](ctx, obj.ThemeIDs)
}

// PrimaryTheme is the main subject.
func (r recommendationResolver) PrimaryTheme(ctx context.Context, obj *knowledge.Recommendation) (*knowledge.Theme, error) {
	return one[*knowledge.Theme](ctx, obj.PrimaryThemeID)
}

// TargetGroups are whom it is for or about.
func (r recommendationResolver) TargetGroups(ctx context.Context, obj *knowledge.Recommendation) ([]*knowledge.TargetGroup, error) {
	return all[*knowledge.TargetGroup](ctx, obj.TargetGroupIDs)
}

// Authorities are who contributed it.
func (r recommendationResolver) Authorities(ctx context.Context, obj *knowledge.Recommendation) ([]*knowledge.Authority, error) {
	return contributors(ctx, obj.Core())
}

// Contributions are the same with their parts.
func (r recommendationResolver) Contributions(
	ctx context.Context, obj *knowledge.Recommendation,
) ([]*knowledge.Contributor, error) {
	return contributions(ctx, obj.Core())
}

// Countries are the countries that it is about.
func (r recommendationResolver) Countries(ctx context.Context, obj *knowledge.Recommendation) ([]*knowledge.Country, error) {
	return all[*knowledge.Country](ctx, countryIDs(obj.CountryCodes))
}

// Partnerships are the organisations that took part.
func (r recommendationResolver) Partnerships(ctx context.Context, obj *knowledge.Recommendation) ([]*knowledge.Partnership, error) {
	return partnerships(ctx, obj.Core())
}

// Attribution is the line to print beside a quotation.
func (r recommendationResolver) Attribution(ctx context.Context, obj *knowledge.Recommendation) (string, error) {
	return r.attribution(ctx, obj)
}

// Evidence are the studies that looked at it.
func (r recommendationResolver) Evidence(ctx context.Context, obj *knowledge.Recommendation) ([]*knowledge.Evidence, error) {
	return evidence(ctx, obj.Core())
}

// History are its earlier revisions.
func (r recommendationResolver) History(
	ctx context.Context, obj *knowledge.Recommendation, first, before *int,
) ([]*relay.Version, error) {
	return r.history(ctx, obj, first, before)
}

// Events are those that it came out of.
func (r recommendationResolver) Events(
	ctx context.Context, obj *knowledge.Recommendation, first *int, after *string, last *int, before *string,
) (*relay.EventConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelOutput), knowledge.KindEvent)
	return connection[*knowledge.Event](ctx, r.resolver, l, window{first, after, last, before})
}

// AdoptedAt is the event at which it was adopted.
func (r recommendationResolver) AdoptedAt(ctx context.Context, obj *knowledge.Recommendation) (*knowledge.Event, error) {
	return one[*knowledge.Event](ctx, obj.AdoptedAtID)
}

// RestsOn is what it rests on.
func (r recommendationResolver) RestsOn(ctx context.Context, obj *knowledge.Recommendation) ([]*knowledge.Basis, error) {
	return visible(ctx, obj.RestsOn, func(x knowledge.Basis) knowledge.ID { return x.TargetID })
}

// SupersededBy is the recommendation that replaced it.
func (r recommendationResolver) SupersededBy(ctx context.Context, obj *knowledge.Recommendation) (*knowledge.Recommendation, error) {
	return one[*knowledge.Recommendation](ctx, obj.SupersededByID)
}

// Supersedes are the recommendations that it replaced.
func (r recommendationResolver) Supersedes(
	ctx context.Context, obj *knowledge.Recommendation, first *int, after *string, last *int, before *string,
) (*relay.RecommendationConnection, error) {
	l := entries(nil, nil, linked(obj.ID, knowledge.RelSupersededBy), knowledge.KindRecommendation)
	return connection[*knowledge.Recommendation](ctx, r.resolver, l, window{first, after, last, before})
}

// FollowUp is what authorities did about it.
func (r recommendationResolver) FollowUp(
	ctx context.Context, obj *knowledge.Recommendation,
) ([]*knowledge.FollowUp, error) {
	return visible(ctx, obj.FollowUp, func(x knowledge.FollowUp) knowledge.ID { return x.AuthorityID })
}
