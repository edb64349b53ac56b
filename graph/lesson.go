package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// lessonResolver answers the fields of a lesson.
type lessonResolver struct{ *resolver }

// Permalink is the address to cite.
func (r lessonResolver) Permalink(_ context.Context, obj *knowledge.LessonLearnt) (string, error) {
	return r.permalink(obj)
}

// Themes are the subjects.
func (r lessonResolver) Themes(ctx context.Context, obj *knowledge.LessonLearnt) ([]*knowledge.Theme, error) {
	return all[*knowledge.Theme](ctx, obj.ThemeIDs)
}

// PrimaryTheme is the main subject.
func (r lessonResolver) PrimaryTheme(ctx context.Context, obj *knowledge.LessonLearnt) (*knowledge.Theme, error) {
	return one[*knowledge.Theme](ctx, obj.PrimaryThemeID)
}

// TargetGroups are whom it is for or about.
func (r lessonResolver) TargetGroups(ctx context.Context, obj *knowledge.LessonLearnt) ([]*knowledge.TargetGroup, error) {
	return all[*knowledge.TargetGroup](ctx, obj.TargetGroupIDs)
}

// Authorities are who contributed it.
func (r lessonResolver) Authorities(ctx context.Context, obj *knowledge.LessonLearnt) ([]*knowledge.Authority, error) {
	return contributors(ctx, obj.Core())
}

// Contributions are the same with their parts.
func (r lessonResolver) Contributions(
	ctx context.Context, obj *knowledge.LessonLearnt,
) ([]*knowledge.Contributor, error) {
	return contributions(ctx, obj.Core())
}

// Countries are the countries that it is about.
func (r lessonResolver) Countries(ctx context.Context, obj *knowledge.LessonLearnt) ([]*knowledge.Country, error) {
	return all[*knowledge.Country](ctx, countryIDs(obj.CountryCodes))
}

// Partnerships are the organisations that took part.
func (r lessonResolver) Partnerships(ctx context.Context, obj *knowledge.LessonLearnt) ([]*knowledge.Partnership, error) {
	return partnerships(ctx, obj.Core())
}

// Attribution is the line to print beside a quotation.
func (r lessonResolver) Attribution(ctx context.Context, obj *knowledge.LessonLearnt) (string, error) {
	return r.attribution(ctx, obj)
}

// Evidence are the studies that looked at it.
func (r lessonResolver) Evidence(ctx context.Context, obj *knowledge.LessonLearnt) ([]*knowledge.Evidence, error) {
	return evidence(ctx, obj.Core())
}

// History are its earlier revisions.
func (r lessonResolver) History(
	ctx context.Context, obj *knowledge.LessonLearnt, first, before *int,
) ([]*relay.Version, error) {
	return r.history(ctx, obj, first, before)
}

// Events are those that it came out of.
func (r lessonResolver) Events(
	ctx context.Context, obj *knowledge.LessonLearnt, first *int, after *string, last *int, before *string,
) (*relay.EventConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelOutput), knowledge.KindEvent)
	return connection[*knowledge.Event](ctx, r.resolver, l, window{first, after, last, before})
}

// Practices are those that it comes from.
func (r lessonResolver) Practices(ctx context.Context, obj *knowledge.LessonLearnt) ([]*knowledge.Practice, error) {
	return all[*knowledge.Practice](ctx, obj.PracticeIDs)
}

// ConfirmedBy are others whose experience supports it.
func (r lessonResolver) ConfirmedBy(ctx context.Context, obj *knowledge.LessonLearnt) ([]*knowledge.Confirmation, error) {
	return visible(ctx, obj.ConfirmedBy, func(x knowledge.Confirmation) knowledge.ID { return x.AuthorityID })
}

// ContradictedBy are others whose experience contradicts it.
func (r lessonResolver) ContradictedBy(ctx context.Context, obj *knowledge.LessonLearnt) ([]*knowledge.Confirmation, error) {
	return visible(ctx, obj.ContradictedBy, func(x knowledge.Confirmation) knowledge.ID { return x.AuthorityID })
}

// Recommendations are those that rest on it.
func (r lessonResolver) Recommendations(
	ctx context.Context, obj *knowledge.LessonLearnt, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.RecommendationConnection, error) {
	l := entries(filter, orderBy, linked(obj.ID, knowledge.RelRestsOn), knowledge.KindRecommendation)
	return connection[*knowledge.Recommendation](ctx, r.resolver, l, window{first, after, last, before})
}
