package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// authorityResolver answers the fields of an authority.
type authorityResolver struct{ *resolver }

// Permalink is the address to cite.
func (r authorityResolver) Permalink(_ context.Context, obj *knowledge.Authority) (string, error) {
	return r.permalink(obj)
}

// Country is where it lies.
func (r authorityResolver) Country(ctx context.Context, obj *knowledge.Authority) (*knowledge.Country, error) {
	return one[*knowledge.Country](ctx, countryID(&obj.CountryCode))
}

// Parent is the authority that it is part of.
func (r authorityResolver) Parent(ctx context.Context, obj *knowledge.Authority) (*knowledge.Authority, error) {
	return one[*knowledge.Authority](ctx, obj.ParentID)
}

// Parts are the authorities that are part of it.
func (r authorityResolver) Parts(
	ctx context.Context, obj *knowledge.Authority, first *int, after *string, last *int, before *string,
) (*relay.AuthorityConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelParent), knowledge.KindAuthority)
	return connection[*knowledge.Authority](ctx, r.resolver, l, window{first, after, last, before})
}

// Practices are those that it or a part of it contributed.
func (r authorityResolver) Practices(
	ctx context.Context, obj *knowledge.Authority, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.PracticeConnection, error) {
	l := entries(filter, orderBy, nil, knowledge.KindPractice)
	l.Within.Authorities = []string{string(obj.ID)}
	return connection[*knowledge.Practice](ctx, r.resolver, l, window{first, after, last, before})
}

// Lessons are those that it or a part of it contributed.
func (r authorityResolver) Lessons(
	ctx context.Context, obj *knowledge.Authority, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.LessonConnection, error) {
	l := entries(filter, orderBy, nil, knowledge.KindLesson)
	l.Within.Authorities = []string{string(obj.ID)}
	return connection[*knowledge.LessonLearnt](ctx, r.resolver, l, window{first, after, last, before})
}

// Recommendations are those that it or a part of it contributed.
func (r authorityResolver) Recommendations(
	ctx context.Context, obj *knowledge.Authority, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.RecommendationConnection, error) {
	l := entries(filter, orderBy, nil, knowledge.KindRecommendation)
	l.Within.Authorities = []string{string(obj.ID)}
	return connection[*knowledge.Recommendation](ctx, r.resolver, l, window{first, after, last, before})
}

// FollowedUp are the recommendations that it follows up.
func (r authorityResolver) FollowedUp(
	ctx context.Context, obj *knowledge.Authority, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.RecommendationConnection, error) {
	l := entries(filter, orderBy, linked(obj.ID, knowledge.RelFollowUp), knowledge.KindRecommendation)
	return connection[*knowledge.Recommendation](ctx, r.resolver, l, window{first, after, last, before})
}

// Events are those that it took part in or hosted.
func (r authorityResolver) Events(
	ctx context.Context, obj *knowledge.Authority, first *int, after *string, last *int, before *string,
) (*relay.EventConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelParticipant, knowledge.RelPlace), knowledge.KindEvent)
	return connection[*knowledge.Event](ctx, r.resolver, l, window{first, after, last, before})
}

// Organisations are those that belong to it.
func (r authorityResolver) Organisations(
	ctx context.Context, obj *knowledge.Authority, first *int, after *string, last *int, before *string,
) (*relay.OrganisationConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelParent), knowledge.KindOrganisation)
	return connection[*knowledge.Organisation](ctx, r.resolver, l, window{first, after, last, before})
}
