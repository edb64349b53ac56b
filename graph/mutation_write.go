package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// CreatePractice posts a practice.
func (r mutationResolver) CreatePractice(
	ctx context.Context, input relay.CreatePracticeInput,
) (*relay.CreatePracticePayload, error) {
	return payload[*knowledge.Practice](ctx)(
		r.catalog.Create(ctx, knowledge.KindPractice, input.Language, &input.PracticeChanges, input.Request))
}

// UpdatePractice changes a practice.
func (r mutationResolver) UpdatePractice(
	ctx context.Context, input relay.UpdatePracticeInput,
) (*relay.UpdatePracticePayload, error) {
	return payload[*knowledge.Practice](ctx)(
		r.catalog.Update(ctx, target(input.Target, knowledge.KindPractice), input.Language, input.Changes, input.Request))
}

// TranslatePractice adds a translation of a practice, or changes one.
func (r mutationResolver) TranslatePractice(
	ctx context.Context, input relay.TranslatePracticeInput,
) (*relay.TranslatePracticePayload, error) {
	t := target(input.Target, knowledge.KindPractice)
	return payload[*knowledge.Practice](ctx)(
		r.catalog.Translate(ctx, t, input.Language, input.Origin, input.Text, input.Request))
}

// CreateLesson posts a lesson.
func (r mutationResolver) CreateLesson(
	ctx context.Context, input relay.CreateLessonInput,
) (*relay.CreateLessonPayload, error) {
	return payload[*knowledge.LessonLearnt](ctx)(
		r.catalog.Create(ctx, knowledge.KindLesson, input.Language, &input.LessonChanges, input.Request))
}

// UpdateLesson changes a lesson.
func (r mutationResolver) UpdateLesson(
	ctx context.Context, input relay.UpdateLessonInput,
) (*relay.UpdateLessonPayload, error) {
	return payload[*knowledge.LessonLearnt](ctx)(
		r.catalog.Update(ctx, target(input.Target, knowledge.KindLesson), input.Language, input.Changes, input.Request))
}

// TranslateLesson adds a translation of a lesson, or changes one.
func (r mutationResolver) TranslateLesson(
	ctx context.Context, input relay.TranslateLessonInput,
) (*relay.TranslateLessonPayload, error) {
	t := target(input.Target, knowledge.KindLesson)
	return payload[*knowledge.LessonLearnt](ctx)(
		r.catalog.Translate(ctx, t, input.Language, input.Origin, input.Text, input.Request))
}

// CreateRecommendation posts a recommendation.
func (r mutationResolver) CreateRecommendation(
	ctx context.Context, input relay.CreateRecommendationInput,
) (*relay.CreateRecommendationPayload, error) {
	return payload[*knowledge.Recommendation](ctx)(
		r.catalog.Create(ctx, knowledge.KindRecommendation, input.Language, &input.RecommendationChanges, input.Request))
}

// UpdateRecommendation changes a recommendation.
func (r mutationResolver) UpdateRecommendation(
	ctx context.Context, input relay.UpdateRecommendationInput,
) (*relay.UpdateRecommendationPayload, error) {
	return payload[*knowledge.Recommendation](ctx)(
		r.catalog.Update(ctx, target(input.Target, knowledge.KindRecommendation), input.Language, input.Changes, input.Request))
}

// TranslateRecommendation adds a translation of a recommendation, or changes one.
func (r mutationResolver) TranslateRecommendation(
	ctx context.Context, input relay.TranslateRecommendationInput,
) (*relay.TranslateRecommendationPayload, error) {
	t := target(input.Target, knowledge.KindRecommendation)
	return payload[*knowledge.Recommendation](ctx)(
		r.catalog.Translate(ctx, t, input.Language, input.Origin, input.Text, input.Request))
}
