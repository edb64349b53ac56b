package graph

import (
	"context"
	"strconv"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// similarResolver answers the fields of a similar entry.
type similarResolver struct{}

// Similar are the entries about the same as a practice.
func (r practiceResolver) Similar(ctx context.Context, obj *knowledge.Practice, first int) ([]*relay.SimilarEntry, error) {
	return r.similar(ctx, obj, first)
}

// Similar are the entries about the same as a lesson.
func (r lessonResolver) Similar(ctx context.Context, obj *knowledge.LessonLearnt, first int) ([]*relay.SimilarEntry, error) {
	return r.similar(ctx, obj, first)
}

// Similar are the entries about the same as a recommendation.
func (r recommendationResolver) Similar(
	ctx context.Context, obj *knowledge.Recommendation, first int,
) ([]*relay.SimilarEntry, error) {
	return r.similar(ctx, obj, first)
}

// similar are the entries about the same as an entry.
func (r *resolver) similar(ctx context.Context, e knowledge.Entry, first int) ([]*relay.SimilarEntry, error) {
	l := loaderFrom(ctx)
	if l.compared.Add(1) > maxCompared {
		return nil, invalid("Ask for the similar entries of at most " + strconv.Itoa(maxCompared) + " entries in one operation.")
	}
	found, err := r.catalog.Similar(ctx, e, first, l.loads)
	if found == nil {
		return nil, err
	}
	out := make([]*relay.SimilarEntry, len(found))
	for i, n := range found {
		out[i] = &relay.SimilarEntry{
			Node: n.Entry, Score: n.Score, ThemeIDs: n.ThemeIDs, TargetGroupIDs: n.TargetGroupIDs,
		}
	}
	return out, partly(ctx, err)
}

// SharedThemes are the themes that both are filed under.
func (similarResolver) SharedThemes(ctx context.Context, obj *relay.SimilarEntry) ([]*knowledge.Theme, error) {
	return all[*knowledge.Theme](ctx, obj.ThemeIDs)
}

// SharedTargetGroups are the groups that both are for or about.
func (similarResolver) SharedTargetGroups(
	ctx context.Context, obj *relay.SimilarEntry,
) ([]*knowledge.TargetGroup, error) {
	return all[*knowledge.TargetGroup](ctx, obj.TargetGroupIDs)
}
