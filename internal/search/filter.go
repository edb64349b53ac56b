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

// compileFilter translates a listing.
func compileFilter(l *knowledge.Listing) filter {
	f := filter{viewer: l.Viewer}
	f.kinds(l.Kinds)
	if len(l.Filter.Kinds) > 0 {
		f.anyOf = append(f.anyOf, anyOf{fieldKind, texts(l.Filter.Kinds)})
	}
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
	f.narrow(&l.Filter)
	f.narrow(&l.Within)
	return f
}

// kinds wants one of the kinds; tokens are for administrators, who must ask for them by name.
func (f *filter) kinds(kinds []knowledge.Kind) {
	if kinds == nil {
		kinds = slices.DeleteFunc(knowledge.Kinds(), func(k knowledge.Kind) bool { return k == knowledge.KindToken })
	}
	if f.viewer.Role != knowledge.RoleAdministrator {
		kinds = slices.DeleteFunc(slices.Clone(kinds), func(k knowledge.Kind) bool { return k == knowledge.KindToken })
	}
	f.isEmpty = len(kinds) == 0
	f.anyOf = append(f.anyOf, anyOf{fieldKind, texts(kinds)})
}

func (f *filter) narrow(x *knowledge.EntryFilter) {
	add := func(field string, values []string) {
		if len(values) > 0 {
			f.anyOf = append(f.anyOf, anyOf{field, values})
		}
	}
	add(fieldTheme, x.Themes)
	add(fieldGroup, x.TargetGroups)
	add(fieldCountry, texts(x.Countries))
	add(fieldAuthority, x.Authorities)
	add(fieldLanguage, texts(x.Languages))
	add(fieldEvidence, texts(x.Evidence))
	add(fieldOutcome, texts(x.Outcomes))
	if x.YearFrom != nil || x.YearTo != nil {
		f.between = append(f.between, between{fieldYear, number(x.YearFrom), number(x.YearTo)})
	}
	if x.UpdatedSince != nil {
		since := x.UpdatedSince.UnixMilli()
		f.between = append(f.between, between{fieldUpdated, &since, nil})
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
