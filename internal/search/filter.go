package search

import (
	"slices"

	"goodpractice/internal/knowledge"
)

// filter is what a document must fulfil beside matching the text. All of it is part of the query, so
// that totals and counts never tell of what the viewer may not see.
type filter struct {
	posted  []posted  // looked up in the postings: few documents
	anyOf   []anyOf   // looked up in columns
	between []between // looked up in columns of numbers
	choices []choice  // the same, of dimensions that are counted beside them
	viewer  knowledge.Actor
	// statuses are those asked for, of which the viewer's rights leave some.
	statuses []string
	isEmpty  bool // nothing can match
}

// posted wants one of the terms in the field.
type posted struct {
	field string
	terms []string
}

// anyOf wants one of the values in the field.
type anyOf struct {
	field  string
	values []string
}

// between wants a number in the field, limits included. A document without one does not match.
type between struct {
	field    string
	from, to *int64
}

// choice is a condition on a dimension that is counted as well. Its own counts are made without it, so that
// choosing one value shows what the others would add.
type choice struct {
	facet   knowledge.FacetField
	anyOf   anyOf
	between *between // in the place of anyOf
}

// compileFilter translates a listing.
func compileFilter(l *knowledge.Listing) filter {
	f := filter{viewer: l.Viewer}
	f.kinds(l.Kinds)
	f.choose(knowledge.FacetKind, l.Facets, anyOf{fieldKind, texts(l.Filter.Kinds)})
	if l.Filter.Statuses != nil {
		f.statuses = texts(l.Filter.Statuses)
	}
	if len(f.statuses) == 0 {
		f.statuses = []string{string(knowledge.StatusPublished)}
	}
	if l.Slug != "" {
		f.posted = append(f.posted, posted{fieldSlug, []string{l.Slug}})
	}
	if l.IDs != nil {
		f.posted = append(f.posted, posted{fieldID, texts(l.IDs)})
	}
	for _, x := range l.Links {
		terms := make([]string, len(x.Relations))
		for i, relation := range x.Relations {
			terms[i] = refTerm(relation, x.Target)
		}
		f.posted = append(f.posted, posted{fieldRef, terms})
	}
	f.narrow(&l.Filter, l.Facets)
	f.narrow(&l.Within, nil)
	return f
}

// kinds wants one of the kinds; partners and tokens are for administrators, who must ask for them by name.
func (f *filter) kinds(kinds []knowledge.Kind) {
	if kinds == nil {
		kinds = slices.DeleteFunc(knowledge.Kinds(), knowledge.Kind.IsAdministrative)
	}
	if f.viewer.Role != knowledge.RoleAdministrator {
		kinds = slices.DeleteFunc(slices.Clone(kinds), knowledge.Kind.IsAdministrative)
	}
	f.isEmpty = len(kinds) == 0
	f.anyOf = append(f.anyOf, anyOf{fieldKind, texts(kinds)})
}

// narrow adds the conditions of an entry filter. Those on counted dimensions are choices.
func (f *filter) narrow(x *knowledge.EntryFilter, counted []knowledge.FacetField) {
	f.choose(knowledge.FacetTheme, counted, anyOf{fieldTheme, x.Themes})
	f.choose(knowledge.FacetTargetGroup, counted, anyOf{fieldGroup, x.TargetGroups})
	f.choose(knowledge.FacetCountry, counted, anyOf{fieldCountry, texts(x.Countries)})
	f.choose(knowledge.FacetAuthority, counted, anyOf{fieldAuthority, x.Authorities})
	f.choose(knowledge.FacetLanguage, counted, anyOf{fieldLanguage, texts(x.Languages)})
	f.choose(knowledge.FacetEvidence, counted, anyOf{fieldEvidence, texts(x.Evidence)})
	if len(x.Outcomes) > 0 {
		f.anyOf = append(f.anyOf, anyOf{fieldOutcome, texts(x.Outcomes)})
	}
	if x.YearFrom != nil || x.YearTo != nil {
		years := between{fieldYear, number(x.YearFrom), number(x.YearTo)}
		if slices.Contains(counted, knowledge.FacetYear) {
			f.choices = append(f.choices, choice{facet: knowledge.FacetYear, between: &years})
		} else {
			f.between = append(f.between, years)
		}
	}
	if x.UpdatedSince != nil {
		since := x.UpdatedSince.UnixMilli()
		f.between = append(f.between, between{fieldUpdated, &since, nil})
	}
}

// choose adds a condition on a dimension; no values are none.
func (f *filter) choose(facet knowledge.FacetField, counted []knowledge.FacetField, x anyOf) {
	switch {
	case len(x.values) == 0:
	case slices.Contains(counted, facet):
		f.choices = append(f.choices, choice{facet: facet, anyOf: x})
	default:
		f.anyOf = append(f.anyOf, x)
	}
}

func number(n *int) *int64 {
	if n == nil {
		return nil
	}
	wide := int64(*n)
	return &wide
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}
