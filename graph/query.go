package graph

import (
	"context"
	"strings"

	"goodpractice/internal/knowledge"
)

// queryResolver answers the fields of Query.
type queryResolver struct{ *resolver }

// Node is any record by its id.
func (r queryResolver) Node(ctx context.Context, id knowledge.ID) (knowledge.Entity, error) {
	if err := checkID(id, "", "id"); err != nil {
		return nil, err
	}
	return one[knowledge.Entity](ctx, &id)
}

// Nodes are several records by id.
func (r queryResolver) Nodes(ctx context.Context, ids []knowledge.ID) ([]knowledge.Entity, error) {
	if err := checkIDs(ids, "ids"); err != nil {
		return nil, err
	}
	return each(ctx, ids)
}

// lookup finds one record by its id or by its slug; the zero value where there is none that the reader may see.
func lookup[T knowledge.Entity](
	ctx context.Context, r *resolver, kind knowledge.Kind, id *knowledge.ID, slug *string,
) (T, error) {
	var none T
	if (id == nil) == (slug == nil) {
		return none, invalid("Give either the id or the slug.", "id")
	}
	if id != nil {
		if err := checkID(*id, kind, "id"); err != nil {
			return none, err
		}
		return one[T](ctx, id)
	}
	e, err := r.catalog.BySlug(ctx, kind, *slug)
	if err != nil && !knowledge.IsKind(err, knowledge.NotFound) {
		return none, err
	}
	found, _ := e.(T)
	return found, nil
}

// Country is one country by its code.
func (r queryResolver) Country(ctx context.Context, code knowledge.CountryCode) (*knowledge.Country, error) {
	upper := strings.ToUpper(string(code))
	if len(upper) != 2 || strings.Trim(upper, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return nil, invalid("Give an ISO 3166-1 alpha-2 code, such as ES.", "code")
	}
	id := knowledge.CountryID(knowledge.CountryCode(upper))
	return one[*knowledge.Country](ctx, &id)
}

// Practice is one by id or by slug.
func (r queryResolver) Practice(ctx context.Context, id *knowledge.ID, slug *string) (*knowledge.Practice, error) {
	return lookup[*knowledge.Practice](ctx, r.resolver, knowledge.KindPractice, id, slug)
}

// Lesson is one by id or by slug.
func (r queryResolver) Lesson(ctx context.Context, id *knowledge.ID, slug *string) (*knowledge.LessonLearnt, error) {
	return lookup[*knowledge.LessonLearnt](ctx, r.resolver, knowledge.KindLesson, id, slug)
}

// Recommendation is one by id or by slug.
func (r queryResolver) Recommendation(
	ctx context.Context, id *knowledge.ID, slug *string,
) (*knowledge.Recommendation, error) {
	return lookup[*knowledge.Recommendation](ctx, r.resolver, knowledge.KindRecommendation, id, slug)
}

// Authority is one by id or by slug.
func (r queryResolver) Authority(ctx context.Context, id *knowledge.ID, slug *string) (*knowledge.Authority, error) {
	return lookup[*knowledge.Authority](ctx, r.resolver, knowledge.KindAuthority, id, slug)
}

// Theme is one by id or by slug.
func (r queryResolver) Theme(ctx context.Context, id *knowledge.ID, slug *string) (*knowledge.Theme, error) {
	return lookup[*knowledge.Theme](ctx, r.resolver, knowledge.KindTheme, id, slug)
}

// TargetGroup is one by id or by slug.
func (r queryResolver) TargetGroup(
	ctx context.Context, id *knowledge.ID, slug *string,
) (*knowledge.TargetGroup, error) {
	return lookup[*knowledge.TargetGroup](ctx, r.resolver, knowledge.KindTargetGroup, id, slug)
}

// Event is one by id or by slug.
func (r queryResolver) Event(ctx context.Context, id *knowledge.ID, slug *string) (*knowledge.Event, error) {
	return lookup[*knowledge.Event](ctx, r.resolver, knowledge.KindEvent, id, slug)
}

// Study is one by id or by slug.
func (r queryResolver) Study(ctx context.Context, id *knowledge.ID, slug *string) (*knowledge.Study, error) {
	return lookup[*knowledge.Study](ctx, r.resolver, knowledge.KindStudy, id, slug)
}

// Organisation is one by id or by slug.
func (r queryResolver) Organisation(
	ctx context.Context, id *knowledge.ID, slug *string,
) (*knowledge.Organisation, error) {
	return lookup[*knowledge.Organisation](ctx, r.resolver, knowledge.KindOrganisation, id, slug)
}
