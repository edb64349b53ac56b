package knowledge

// Study is research that a claim can rest on.
type Study struct {
	Meta
	StudyText `json:"-"` // the block that Localise chose

	Texts                    []StudyText   `json:"texts"`
	Type                     StudyKind     `json:"type" input:"kind"`
	Authors                  []string      `json:"authors"`
	AuthorIDs                []ID          `json:"authorOrganisations"`
	Year                     *int          `json:"year,omitempty"`
	Method                   *StudyMethod  `json:"method,omitempty"`
	Sample                   *string       `json:"sample,omitempty"`
	HasComparisonGroup       *bool         `json:"hasComparisonGroup,omitempty"`
	Independence             *Independence `json:"independence,omitempty"`
	AreBeneficiariesInvolved *bool         `json:"areBeneficiariesInvolved,omitempty"`
	// EvidenceLevel stays UNGRADED until a reviewer grades it.
	EvidenceLevel EvidenceLevel `json:"evidenceLevel"`
	URL           *string       `json:"url,omitempty"`
	DOI           *string       `json:"doi,omitempty"`
	Licence       *string       `json:"licence,omitempty"`
	ThemeIDs      []ID          `json:"themes"`
	CountryCodes  []CountryCode `json:"countries"`
	Sources       []Source      `json:"sources"`
}

// StudyText is what a study says in one language.
type StudyText struct {
	Language LanguageTag `json:"language"`
	Title    string      `json:"title"`
	// Findings are the results, those against the hypothesis too.
	Findings string `json:"findings,omitempty"`
	Limits   string `json:"limits,omitempty"`
}

// Kind implements Entity.
func (*Study) Kind() Kind { return KindStudy }

// Localise implements Entity.
func (s *Study) Localise(preferences []LanguageTag) {
	have := make([]LanguageTag, len(s.Texts))
	for i, t := range s.Texts {
		have[i] = t.Language
	}
	s.StudyText = StudyText{}
	if i := chooseLanguage(have, preferences, "en"); i >= 0 {
		s.StudyText = s.Texts[i]
	}
}

// References implements Entity.
func (s *Study) References() []Reference {
	refs := appendRefs(nil, RelTheme, "themes", s.ThemeIDs)
	refs = appendRefs(refs, RelAuthor, "authorOrganisations", s.AuthorIDs)
	for i, code := range s.CountryCodes {
		refs = append(refs, Reference{RelCountry, CountryID(code), []string{"countries", index(i)}})
	}
	return refs
}

// Organisation is a body that is no local or regional authority: an agency, a university, an NGO.
type Organisation struct {
	Meta
	Name string `json:"-"` // the name that Localise chose

	Names       []Label           `json:"names"`
	Type        *OrganisationKind `json:"type,omitempty" input:"kind"`
	CountryCode *CountryCode      `json:"country,omitempty"`
	ParentID    *ID               `json:"parent,omitempty"` // the authority that it belongs to
	ExternalIDs ExternalIDs       `json:"externalIds"`
	Website     *string           `json:"website,omitempty"`
}

// Kind implements Entity.
func (*Organisation) Kind() Kind { return KindOrganisation }

// Localise implements Entity.
func (o *Organisation) Localise(preferences []LanguageTag) { o.Name = preferred(o.Names, preferences) }

// AlternativeNames are other names to show, in any language.
func (o *Organisation) AlternativeNames() []string {
	return labelsOf(o.Names, LabelAlternative, o.Name)
}

// References implements Entity.
func (o *Organisation) References() []Reference {
	var refs []Reference
	if o.CountryCode != nil {
		refs = append(refs, Reference{RelCountry, CountryID(*o.CountryCode), []string{"country"}})
	}
	if o.ParentID != nil {
		refs = append(refs, Reference{RelParent, *o.ParentID, []string{"parent"}})
	}
	return refs
}
