package main

import (
	"context"
	"strings"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

// candidates is how many records of a similar name are compared.
const candidates = 50

// find looks up what a line of an import names: by slug, and an authority or organisation by any of
// its names. Where several have the same, it fails with bundle.ErrAmbiguous.
func (a *app) find(
	ctx context.Context, kind knowledge.Kind, name string, country knowledge.CountryCode,
) (knowledge.ID, bool, error) {
	ctx = asOperator(ctx)
	if knowledge.CheckSlug(name) == nil {
		e, err := a.catalog.BySlug(ctx, kind, name)
		if err == nil && isIn(e, country) {
			return e.Head().ID, true, nil
		}
		if err != nil && !knowledge.IsKind(err, knowledge.NotFound) {
			return "", false, err
		}
	}
	if kind != knowledge.KindAuthority && kind != knowledge.KindOrganisation {
		return "", false, nil
	}
	page, err := a.catalog.Find(ctx, knowledge.Listing{
		Kinds: []knowledge.Kind{kind}, Text: name,
		Order: knowledge.Order{Field: knowledge.OrderRelevance}, Page: knowledge.Page{First: candidates},
		Reading: knowledge.Literally(),
	})
	if err != nil {
		return "", false, err
	}
	var found knowledge.ID
	for _, item := range page.Items {
		if !isIn(item.Entity, country) || !isCalled(item.Entity, name) {
			continue
		}
		if found != "" {
			return "", false, bundle.ErrAmbiguous
		}
		found = item.Entity.Head().ID
	}
	return found, found != "", nil
}

// isIn tells whether a record may be the one of the country.
func isIn(e knowledge.Entity, country knowledge.CountryCode) bool {
	authority, ok := e.(*knowledge.Authority)
	return !ok || country == "" || authority.CountryCode == country
}

// isCalled tells whether a record has the name, in any language.
func isCalled(e knowledge.Entity, name string) bool {
	var labels []knowledge.Label
	switch e := e.(type) {
	case *knowledge.Authority:
		labels = e.Names
	case *knowledge.Organisation:
		labels = e.Names
	}
	for _, label := range labels {
		if strings.EqualFold(label.Text, name) {
			return true
		}
	}
	return false
}
