package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// Practices lists what cities and regions did.
func (r queryResolver) Practices(
	ctx context.Context, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.PracticeConnection, error) {
	l := entries(filter, orderBy, nil, knowledge.KindPractice)
	return connection[*knowledge.Practice](ctx, r.resolver, l, window{first, after, last, before})
}

// Lessons lists what they learnt.
func (r queryResolver) Lessons(
	ctx context.Context, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.LessonConnection, error) {
	l := entries(filter, orderBy, nil, knowledge.KindLesson)
	return connection[*knowledge.LessonLearnt](ctx, r.resolver, l, window{first, after, last, before})
}

// Recommendations lists what is recommended.
func (r queryResolver) Recommendations(
	ctx context.Context, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.RecommendationConnection, error) {
	l := entries(filter, orderBy, nil, knowledge.KindRecommendation)
	return connection[*knowledge.Recommendation](ctx, r.resolver, l, window{first, after, last, before})
}

// Authorities lists authorities.
func (r queryResolver) Authorities(
	ctx context.Context, text *string, orderBy *relay.NounOrder, first *int, after *string, last *int, before *string,
) (*relay.AuthorityConnection, error) {
	l := nouns(text, orderBy, nil, knowledge.KindAuthority)
	return connection[*knowledge.Authority](ctx, r.resolver, l, window{first, after, last, before})
}

// Countries lists countries.
func (r queryResolver) Countries(
	ctx context.Context, text *string, orderBy *relay.NounOrder, first *int, after *string, last *int, before *string,
) (*relay.CountryConnection, error) {
	l := nouns(text, orderBy, nil, knowledge.KindCountry)
	return connection[*knowledge.Country](ctx, r.resolver, l, window{first, after, last, before})
}

// Themes lists themes.
func (r queryResolver) Themes(
	ctx context.Context, text *string, orderBy *relay.NounOrder, first *int, after *string, last *int, before *string,
) (*relay.ThemeConnection, error) {
	l := nouns(text, orderBy, nil, knowledge.KindTheme)
	return connection[*knowledge.Theme](ctx, r.resolver, l, window{first, after, last, before})
}

// TargetGroups lists target groups.
func (r queryResolver) TargetGroups(
	ctx context.Context, text *string, orderBy *relay.NounOrder, first *int, after *string, last *int, before *string,
) (*relay.TargetGroupConnection, error) {
	l := nouns(text, orderBy, nil, knowledge.KindTargetGroup)
	return connection[*knowledge.TargetGroup](ctx, r.resolver, l, window{first, after, last, before})
}

// Events lists events.
func (r queryResolver) Events(
	ctx context.Context, text *string, orderBy *relay.NounOrder, first *int, after *string, last *int, before *string,
) (*relay.EventConnection, error) {
	l := nouns(text, orderBy, nil, knowledge.KindEvent)
	return connection[*knowledge.Event](ctx, r.resolver, l, window{first, after, last, before})
}

// Studies lists studies.
func (r queryResolver) Studies(
	ctx context.Context, text *string, orderBy *relay.NounOrder, first *int, after *string, last *int, before *string,
) (*relay.StudyConnection, error) {
	l := nouns(text, orderBy, nil, knowledge.KindStudy)
	return connection[*knowledge.Study](ctx, r.resolver, l, window{first, after, last, before})
}

// Organisations lists organisations.
func (r queryResolver) Organisations(
	ctx context.Context, text *string, orderBy *relay.NounOrder, first *int, after *string, last *int, before *string,
) (*relay.OrganisationConnection, error) {
	l := nouns(text, orderBy, nil, knowledge.KindOrganisation)
	return connection[*knowledge.Organisation](ctx, r.resolver, l, window{first, after, last, before})
}

// Tokens lists the tokens that were given out.
func (r queryResolver) Tokens(
	ctx context.Context, first *int, after *string, last *int, before *string,
) (*relay.TokenConnection, error) {
	l := nouns(nil, nil, nil, knowledge.KindToken)
	return connection[*knowledge.Token](ctx, r.resolver, l, window{first, after, last, before})
}
