package graph

import (
	"context"
	"strings"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// cite is the line to print beside what is taken from a record that is no entry: "Madrid. CC-BY-4.0. Permalink".
func (r *resolver) cite(e knowledge.Entity) (string, error) {
	link, err := r.permalink(e)
	return strings.TrimSuffix(catalog.NameOf(e), ".") + ". " + knowledge.DefaultLicence + ". " + link, err
}

// The licence and the attribution of records that are no entries. All have the licence that entries have by default.

func (authorityResolver) Licence(context.Context, *knowledge.Authority) (string, error) {
	return knowledge.DefaultLicence, nil
}

func (r authorityResolver) Attribution(_ context.Context, obj *knowledge.Authority) (string, error) {
	return r.cite(obj)
}

func (countryResolver) Licence(context.Context, *knowledge.Country) (string, error) {
	return knowledge.DefaultLicence, nil
}

func (r countryResolver) Attribution(_ context.Context, obj *knowledge.Country) (string, error) {
	return r.cite(obj)
}

func (themeResolver) Licence(context.Context, *knowledge.Theme) (string, error) {
	return knowledge.DefaultLicence, nil
}

func (r themeResolver) Attribution(_ context.Context, obj *knowledge.Theme) (string, error) {
	return r.cite(obj)
}

func (targetGroupResolver) Licence(context.Context, *knowledge.TargetGroup) (string, error) {
	return knowledge.DefaultLicence, nil
}

func (r targetGroupResolver) Attribution(_ context.Context, obj *knowledge.TargetGroup) (string, error) {
	return r.cite(obj)
}

func (eventResolver) Licence(context.Context, *knowledge.Event) (string, error) {
	return knowledge.DefaultLicence, nil
}

func (r eventResolver) Attribution(_ context.Context, obj *knowledge.Event) (string, error) {
	return r.cite(obj)
}

func (r studyResolver) Attribution(_ context.Context, obj *knowledge.Study) (string, error) {
	return r.cite(obj)
}

func (organisationResolver) Licence(context.Context, *knowledge.Organisation) (string, error) {
	return knowledge.DefaultLicence, nil
}

func (r organisationResolver) Attribution(_ context.Context, obj *knowledge.Organisation) (string, error) {
	return r.cite(obj)
}
