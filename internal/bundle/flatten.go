package bundle

import (
	"slices"

	"goodpractice/internal/knowledge"
)

// flatten writes an entry as lines of the flat form: the one in its own language first, then one for
// each further language, in the order of their tags. What the form has no key for is left out.
func flatten(e knowledge.Entry, n naming) []record {
	c := e.Core()
	base := record{ID: c.Slug, Kind: string(e.Kind())}
	base.describe(c, n)
	var original record
	var translations []record
	for _, block := range e.Blocks() {
		r := base
		r.write(block)
		if block.Language == c.SourceLanguage {
			original = r
			continue
		}
		r.ID = c.Slug + "." + slugify(string(block.Language))
		r.TranslationOfID = c.Slug
		translations = append(translations, r)
	}
	slices.SortFunc(translations, func(a, b record) int {
		if a.Language < b.Language {
			return -1
		}
		return 1
	})
	for i := range translations {
		translations[i].TranslationOf = &original.Title
	}
	return append([]record{original}, translations...)
}

// write puts the texts of a block into the line.
func (r *record) write(t *knowledge.EntryText) {
	r.Language, r.Title, r.Summary = string(t.Language), t.Title, t.Summary
	r.Context, r.Action, r.Results, r.Lessons = t.Situation, t.Action, t.Results, t.Learnt
}

// describe puts everything but the texts into the line.
func (r *record) describe(c *knowledge.EntryCore, n naming) {
	r.Themes, r.TargetGroups, r.Countries = []string{}, []string{}, []string{}
	r.Cities, r.Organisations, r.OtherSources = []city{}, []string{}, []string{}
	for _, id := range c.ThemeIDs {
		r.Themes = appendSlug(r.Themes, n[id])
	}
	for _, id := range c.TargetGroupIDs {
		r.TargetGroups = appendSlug(r.TargetGroups, n[id])
	}
	for _, x := range c.Contributors {
		if a, ok := n[x.AuthorityID].(*knowledge.Authority); ok {
			r.Cities = append(r.Cities, city{Name: a.Name, Country: string(a.CountryCode)})
		}
	}
	for _, code := range c.CountryCodes {
		r.Countries = append(r.Countries, string(code))
	}
	for _, x := range c.Partnerships {
		if o, ok := n[x.OrganisationID].(*knowledge.Organisation); ok {
			r.Organisations = append(r.Organisations, o.Name)
		}
	}
	r.cite(c.Sources)
	r.Year, r.YearBasis, r.LessonsBasis = c.Year(), basisStated, basisStated
	if r.Year == nil {
		r.YearBasis = basisNotStated
	}
	p := c.Provenance
	if p == nil {
		return
	}
	if r.Year != nil && slices.Contains(p.Derived, "period") {
		r.YearBasis = basisInferred
	}
	if slices.Contains(p.Derived, "learnt") {
		r.LessonsBasis = basisDerived
	}
	r.SuggestedEvidenceLevel = p.SuggestedEvidence
	if p.SourceAccess != nil {
		r.SourceAccess = *p.SourceAccess
	}
}

// cite writes the first source in full and the others by their addresses.
func (r *record) cite(sources []knowledge.Source) {
	for i, s := range sources {
		if i > 0 {
			if s.URL != nil {
				r.OtherSources = append(r.OtherSources, *s.URL)
			}
			continue
		}
		r.SourceTitle, r.SourceType = s.Title, sourceType(s.Kind)
		if s.URL != nil {
			r.SourceURL = *s.URL
		}
		if s.Language != nil {
			r.SourceLanguage = string(*s.Language)
		}
	}
}

func appendSlug(list []string, e knowledge.Entity) []string {
	if e == nil {
		return list
	}
	return append(list, e.Head().Slug)
}
