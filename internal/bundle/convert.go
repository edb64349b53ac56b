package bundle

import (
	"fmt"
	"net/url"
	"slices"

	"goodpractice/internal/knowledge"
)

// convert gives the record that a line describes. It starts from the record as it is, which stays
// untouched, or from nothing: what the flat form has no key for is kept. A line in a further language
// changes the texts in that language only.
func (r *record) convert(base knowledge.Entry, m meaning, note string) knowledge.Entry {
	e := newEntry(knowledge.Kind(r.Kind))
	if base != nil {
		e = knowledge.Clone(base).(knowledge.Entry)
	}
	c := e.Core()
	language, _ := knowledge.ParseLanguageTag(r.Language)
	lines := digestsOf(e)
	lines[language] = r.digest()
	if r.isTranslation() {
		setText(e, r.text(language, knowledge.OriginHuman))
	} else {
		setText(e, r.text(language, knowledge.OriginOriginal))
		c.SourceLanguage = language
		r.fill(c, m)
		r.prove(c, note)
	}
	if c.Provenance == nil {
		c.Provenance = &knowledge.Provenance{Note: note, Unconfirmed: true}
	}
	c.Provenance.Digest = lines.String()
	knowledge.FillLists(e)
	return e
}

// newEntry is an empty record of the kind.
func newEntry(kind knowledge.Kind) knowledge.Entry {
	e := knowledge.New(kind).(knowledge.Entry)
	e.Core().Licence = knowledge.DefaultLicence
	return e
}

// fill sets what the line says apart from its texts.
func (r *record) fill(c *knowledge.EntryCore, m meaning) {
	c.ThemeIDs, c.TargetGroupIDs, c.CountryCodes = m.themes, m.groups, m.countries
	if c.PrimaryThemeID != nil && !slices.Contains(c.ThemeIDs, *c.PrimaryThemeID) {
		c.PrimaryThemeID = nil
	}
	c.Contributors = contributors(c.Contributors, m.authorities)
	c.Partnerships = partnerships(c.Partnerships, m.organisations)
	switch {
	case r.Year == nil:
		c.Period = nil
	case c.Year() == nil || *c.Year() != *r.Year: // A more exact period of the same year stays.
		start := knowledge.Date(fmt.Sprintf("%04d-01-01", *r.Year))
		c.Period = &knowledge.Period{Start: start, Precision: knowledge.PrecisionYear}
	}
	c.Sources = r.sources(c.Sources)
}

// contributors keeps the roles that are known. The flat form has none: a single authority led the
// work, of several no more is known than that they took part.
func contributors(known []knowledge.Contributor, ids []knowledge.ID) []knowledge.Contributor {
	role := knowledge.RoleLead
	if len(ids) > 1 {
		role = knowledge.RolePartner
	}
	list := make([]knowledge.Contributor, len(ids))
	for i, id := range ids {
		list[i] = knowledge.Contributor{AuthorityID: id, Role: role}
		if j := slices.IndexFunc(known, func(c knowledge.Contributor) bool { return c.AuthorityID == id }); j >= 0 {
			list[i].Role = known[j].Role
		}
	}
	return list
}

// partnerships keeps what is known of the organisations that the line names.
func partnerships(known []knowledge.Partnership, ids []knowledge.ID) []knowledge.Partnership {
	list := make([]knowledge.Partnership, len(ids))
	for i, id := range ids {
		list[i] = knowledge.Partnership{OrganisationID: id}
		if j := slices.IndexFunc(known, func(p knowledge.Partnership) bool { return p.OrganisationID == id }); j >= 0 {
			list[i].Support = known[j].Support
		}
	}
	return list
}

// sources lists the source that the line gives in full, and the others by their addresses. It keeps
// what else is known of them, and those without an address that are not the first: the flat form has
// no key for either.
func (r *record) sources(known []knowledge.Source) []knowledge.Source {
	var list []knowledge.Source
	if r.SourceURL != "" || r.SourceTitle != "" {
		s := knowledge.Source{Title: r.SourceTitle, URL: optional(r.SourceURL)}
		if i := indexOfSource(known, r.SourceURL); i >= 0 {
			s.ReadAt = known[i].ReadAt
		}
		if s.Title == "" {
			s.Title = titleOf(r.SourceURL)
		}
		if tag, ok := knowledge.ParseLanguageTag(r.SourceLanguage); ok {
			s.Language = &tag
		}
		if kind, ok := sourceKind(r.SourceType); ok {
			s.Kind = &kind
		}
		list = append(list, s)
	}
	for _, address := range r.OtherSources {
		s := knowledge.Source{Title: titleOf(address), URL: optional(address)}
		if i := indexOfSource(known, address); i >= 0 {
			s = known[i]
		}
		list = append(list, s)
	}
	for i, s := range known {
		if i > 0 && s.URL == nil {
			list = append(list, s)
		}
	}
	return list
}

// indexOfSource finds the source with the address; -1 where there is none.
func indexOfSource(list []knowledge.Source, address string) int {
	return slices.IndexFunc(list, func(s knowledge.Source) bool { return s.URL != nil && *s.URL == address })
}

// titleOf stands for the title of a page of which only the address is known: its host and path.
func titleOf(address string) string {
	title := address
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		title = u.Host + u.Path
	}
	if runes := []rune(title); len(runes) > knowledge.MaxTitle {
		title = string(runes[:knowledge.MaxTitle-1]) + "…"
	}
	return title
}

// prove notes where the record comes from and what in it was inferred. A note that is there stays.
func (r *record) prove(c *knowledge.EntryCore, note string) {
	p := knowledge.Provenance{Note: note, Unconfirmed: true}
	if c.Provenance != nil {
		p = *c.Provenance
	}
	p.Derived = nil
	if r.LessonsBasis == basisDerived {
		p.Derived = append(p.Derived, "learnt")
	}
	if r.YearBasis == basisInferred {
		p.Derived = append(p.Derived, "period")
	}
	p.SourceAccess = optional(r.SourceAccess)
	p.SuggestedEvidence = r.SuggestedEvidenceLevel
	c.Provenance = &p
}

// text is the block of texts of the line.
func (r *record) text(language knowledge.LanguageTag, origin knowledge.TextOrigin) knowledge.EntryText {
	return knowledge.EntryText{
		Language: language, Origin: origin,
		Title: r.Title, Summary: r.Summary, Situation: r.Context, Action: r.Action, Results: r.Results, Learnt: r.Lessons,
	}
}

// setText puts a block in the place of the one in its language, or adds it. Texts that the flat form
// has no key for stay.
func setText(e knowledge.Entry, text knowledge.EntryText) {
	for _, block := range e.Blocks() {
		if block.Language == text.Language {
			same := text
			same.Origin = knowledge.OriginMachine
			if *block != same || text.Origin == knowledge.OriginOriginal { // What a machine wrote stays its own unless somebody has changed it.
				*block = text
			}
			return
		}
	}
	switch e := e.(type) {
	case *knowledge.Practice:
		e.Texts = append(e.Texts, knowledge.PracticeText{EntryText: text})
	case *knowledge.LessonLearnt:
		e.Texts = append(e.Texts, knowledge.LessonText{EntryText: text})
	case *knowledge.Recommendation:
		e.Texts = append(e.Texts, knowledge.RecommendationText{EntryText: text})
	}
}

// optional is nil for an empty text.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
