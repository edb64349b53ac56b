package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// practiceResolver answers the fields of a practice.
type practiceResolver struct{ *resolver }

// Permalink is the address to cite.
func (r practiceResolver) Permalink(_ context.Context, obj *knowledge.Practice) (string, error) {
	return r.permalink(obj)
}

// Themes are the subjects.
func (r practiceResolver) Themes(ctx context.Context, obj *knowledge.Practice) ([]*knowledge.Theme, error) {
	return all[*knowledge.Theme](ctx, obj.ThemeIDs)
}

// PrimaryTheme is the main subject.
func (r practiceResolver) PrimaryTheme(ctx context.Context, obj *knowledge.Practice) (*knowledge.Theme, error) {
	return one[*knowledge.Theme](ctx, obj.PrimaryThemeID)
}

// TargetGroups are whom it is for or about.
func (r practiceResolver) TargetGroups(ctx context.Context, obj *knowledge.Practice) ([]*knowledge.TargetGroup, error) {
	return all[*knowledge.TargetGroup](ctx, obj.TargetGroupIDs)
}

// Authorities are who contributed it.
func (r practiceResolver) Authorities(ctx context.Context, obj *knowledge.Practice) ([]*knowledge.Authority, error) {
	return contributors(ctx, obj.Core())
}

// Contributions are the same with their parts.
func (r practiceResolver) Contributions(
	ctx context.Context, obj *knowledge.Practice,
) ([]*knowledge.Contributor, error) {
	return contributions(ctx, obj.Core())
}

// Countries are the countries that it is about.
func (r practiceResolver) Countries(ctx context.Context, obj *knowledge.Practice) ([]*knowledge.Country, error) {
	return all[*knowledge.Country](ctx, countryIDs(obj.CountryCodes))
}

// Partnerships are the organisations that took part.
func (r practiceResolver) Partnerships(ctx context.Context, obj *knowledge.Practice) ([]*knowledge.Partnership, error) {
	return partnerships(ctx, obj.Core())
}

// Attribution is the line to print beside a quotation.
func (r practiceResolver) Attribution(ctx context.Context, obj *knowledge.Practice) (string, error) {
	return r.attribution(ctx, obj)
}

// Evidence are the studies that looked at it.
func (r practiceResolver) Evidence(ctx context.Context, obj *knowledge.Practice) ([]*knowledge.Evidence, error) {
	return evidence(ctx, obj.Core())
}

// History are its earlier revisions.
func (r practiceResolver) History(
	ctx context.Context, obj *knowledge.Practice, first, before *int,
) ([]*relay.Version, error) {
	return r.history(ctx, obj, first, before)
}

// Events are those that presented it.
func (r practiceResolver) Events(
	ctx context.Context, obj *knowledge.Practice, first *int, after *string, last *int, before *string,
) (*relay.EventConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelPresented), knowledge.KindEvent)
	return connection[*knowledge.Event](ctx, r.resolver, l, window{first, after, last, before})
}

// Lessons are those that come from it.
func (r practiceResolver) Lessons(
	ctx context.Context, obj *knowledge.Practice, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.LessonConnection, error) {
	l := entries(filter, orderBy, linked(obj.ID, knowledge.RelComesFrom), knowledge.KindLesson)
	return connection[*knowledge.LessonLearnt](ctx, r.resolver, l, window{first, after, last, before})
}

// Recommendations are those that rest on it.
func (r practiceResolver) Recommendations(
	ctx context.Context, obj *knowledge.Practice, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.RecommendationConnection, error) {
	l := entries(filter, orderBy, linked(obj.ID, knowledge.RelRestsOn), knowledge.KindRecommendation)
	return connection[*knowledge.Recommendation](ctx, r.resolver, l, window{first, after, last, before})
}

// VariantOf are the practices that it is a variant of.
func (r practiceResolver) VariantOf(ctx context.Context, obj *knowledge.Practice) ([]*knowledge.Practice, error) {
	return all[*knowledge.Practice](ctx, obj.VariantOfIDs)
}

// Variants are its variants.
func (r practiceResolver) Variants(
	ctx context.Context, obj *knowledge.Practice, first *int, after *string, last *int, before *string,
) (*relay.PracticeConnection, error) {
	l := entries(nil, nil, linked(obj.ID, knowledge.RelVariantOf), knowledge.KindPractice)
	return connection[*knowledge.Practice](ctx, r.resolver, l, window{first, after, last, before})
}

// InspiredBy are the practices that gave the idea.
func (r practiceResolver) InspiredBy(ctx context.Context, obj *knowledge.Practice) ([]*knowledge.Practice, error) {
	return all[*knowledge.Practice](ctx, obj.InspiredByIDs)
}

// Inspired are the practices that took the idea from it.
func (r practiceResolver) Inspired(
	ctx context.Context, obj *knowledge.Practice, first *int, after *string, last *int, before *string,
) (*relay.PracticeConnection, error) {
	l := entries(nil, nil, linked(obj.ID, knowledge.RelInspiredBy), knowledge.KindPractice)
	return connection[*knowledge.Practice](ctx, r.resolver, l, window{first, after, last, before})
}

// Supersedes are the practices that it replaces.
func (r practiceResolver) Supersedes(ctx context.Context, obj *knowledge.Practice) ([]*knowledge.Practice, error) {
	return all[*knowledge.Practice](ctx, obj.SupersedesIDs)
}

// SupersededBy are the practices that replace it.
func (r practiceResolver) SupersededBy(
	ctx context.Context, obj *knowledge.Practice, first *int, after *string, last *int, before *string,
) (*relay.PracticeConnection, error) {
	l := entries(nil, nil, linked(obj.ID, knowledge.RelSupersedes), knowledge.KindPractice)
	return connection[*knowledge.Practice](ctx, r.resolver, l, window{first, after, last, before})
}
