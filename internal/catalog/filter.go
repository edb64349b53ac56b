package catalog

import (
	"context"
	"strings"

	"goodpractice/internal/knowledge"
)

// prepare completes a listing with its viewer and puts ids in the place of names. How scores are made is
// told to editors alone.
func (c *Catalog) prepare(ctx context.Context, l knowledge.Listing) (knowledge.Listing, error) {
	reader := knowledge.ReaderFrom(ctx)
	l.Viewer, l.Languages = reader.Actor, reader.Languages
	l.Text = strings.TrimSpace(l.Text)
	l.Explain = l.Explain && reader.Actor.IsEditor()
	filter, err := c.resolve(ctx, l.Filter)
	l.Filter = filter
	return l, err
}

// resolve puts ids in the place of slugs, and codes and tags into their standard form.
func (c *Catalog) resolve(ctx context.Context, f knowledge.EntryFilter) (knowledge.EntryFilter, error) {
	for _, x := range []struct {
		field string
		kind  knowledge.Kind
		names *[]string
	}{
		{"themes", knowledge.KindTheme, &f.Themes},
		{"targetGroups", knowledge.KindTargetGroup, &f.TargetGroups},
		{"authorities", knowledge.KindAuthority, &f.Authorities},
	} {
		ids := make([]string, len(*x.names))
		for i, name := range *x.names {
			id, ok, err := c.listed(ctx, x.kind, name)
			if err != nil {
				return f, err
			}
			if !ok {
				return f, badFilter(x.field, "There is no "+x.kind.Noun()+" with this slug or id.")
			}
			ids[i] = string(id)
		}
		if *x.names != nil {
			*x.names = ids
		}
	}
	f, err := normalise(f)
	if err != nil {
		return f, err
	}
	return f, c.checkCountries(ctx, f.Countries)
}

// checkCountries refuses codes that stand for nothing. One of a country that no record is about finds nothing.
func (c *Catalog) checkCountries(ctx context.Context, codes []knowledge.CountryCode) error {
	for _, code := range codes {
		if code.IsAssigned() {
			continue
		}
		_, ok, err := c.listed(ctx, knowledge.KindCountry, string(knowledge.CountryID(code)))
		if err != nil {
			return err
		}
		if !ok {
			return badFilter("countries", "One of the codes stands for no country. Give ISO 3166-1 alpha-2 codes, such as ES; "+
				"the United Kingdom is GB and Greece is GR.")
		}
	}
	return nil
}

// normalise checks codes and tags.
func normalise(f knowledge.EntryFilter) (knowledge.EntryFilter, error) {
	countries := make([]knowledge.CountryCode, len(f.Countries))
	for i, code := range f.Countries {
		countries[i] = knowledge.CountryCode(strings.ToUpper(string(code)))
		if !knowledge.IsCountryCode(countries[i]) {
			return f, badFilter("countries", "Give ISO 3166-1 alpha-2 codes, such as ES.")
		}
	}
	tags := make([]knowledge.LanguageTag, len(f.Languages))
	for i, tag := range f.Languages {
		var ok bool
		if tags[i], ok = knowledge.ParseLanguageTag(string(tag)); !ok {
			return f, badFilter("languages", "Give BCP 47 language tags, such as en, ro or sr-Cyrl.")
		}
	}
	if f.Countries != nil {
		f.Countries = countries
	}
	if f.Languages != nil {
		f.Languages = tags
	}
	return f, nil
}

func badFilter(field, message string) error {
	return &knowledge.Error{Kind: knowledge.Invalid, Path: []string{"filter", field}, Message: message}
}

// find looks a record up by what a client calls it: its id, or its slug within the kind. It tells
// false for what the reader may not see.
func (c *Catalog) find(ctx context.Context, kind knowledge.Kind, name string) (knowledge.ID, bool, error) {
	if id := knowledge.ID(name); id.Kind() == kind {
		found, err := c.visible(ctx, id)
		return id, err == nil && found[0] != nil, err
	}
	return c.listed(ctx, kind, name)
}

// listed is find for what is to be searched for: it asks the index alone, and no store for what is not in
// memory.
func (c *Catalog) listed(ctx context.Context, kind knowledge.Kind, name string) (knowledge.ID, bool, error) {
	actor := knowledge.ReaderFrom(ctx).Actor
	l := knowledge.Listing{
		Kinds: []knowledge.Kind{kind}, Page: knowledge.Page{First: 1}, Viewer: actor,
		Filter: knowledge.EntryFilter{Statuses: allStatuses()},
	}
	switch id := knowledge.ID(name); {
	case id.Kind() == kind:
		if e, ok := c.bodies.get(id); ok {
			return id, actor.MayRead(e), nil
		}
		l.IDs = []knowledge.ID{id}
	case len(knowledge.CheckSlug(name)) > 0:
		return "", false, nil // No record can have such a name.
	default:
		l.Slug = name
	}
	found, err := c.Search.Find(ctx, l)
	if err != nil || len(found.Hits) == 0 {
		return "", false, err
	}
	return found.Hits[0].ID, true, nil
}

// allStatuses asks for records in every editorial state that the viewer may see.
func allStatuses() []knowledge.EditorialStatus {
	values := knowledge.EnumValues("EditorialStatus")
	out := make([]knowledge.EditorialStatus, len(values))
	for i, v := range values {
		out[i] = knowledge.EditorialStatus(v)
	}
	return out
}
