package knowledge

// AuthorityChanges are the changes that an authority knows.
type AuthorityChanges struct {
	Slug        *string
	Names       []Label
	Type        *AuthorityKind
	CountryCode *CountryCode
	ParentID    *ID
	Point       *GeoPoint
	Population  *Population
	Competences []string
	ExternalIDs *ExternalIDs
	Memberships []Membership
	Website     *string
	Languages   []LanguageTag
	Clear       []string
}

// Apply implements Changes.
func (c *AuthorityChanges) Apply(e Entity, _ LanguageTag, _ TermFinder) Problems {
	assign(e, c)
	return clearFields(e, c.Clear)
}

// CountryChanges are the changes that a country knows.
type CountryChanges struct {
	Slug              *string
	Code              *CountryCode
	Names             []Label
	IsCouncilOfEurope *bool
	Languages         []LanguageTag
	Note              *string
	Clear             []string
}

// Apply implements Changes.
func (c *CountryChanges) Apply(e Entity, _ LanguageTag, _ TermFinder) Problems {
	assign(e, c)
	return clearFields(e, c.Clear)
}

// ConceptChanges are the changes that a theme or a target group knows.
type ConceptChanges struct {
	Slug         *string
	Notation     *string
	Labels       []Label
	HiddenLabels []Label
	Definitions  []Note
	ScopeNotes   []Note
	HistoryNotes []Note
	Broader      *string  // slug
	Related      []string // slugs
	ExactMatches []string
	ReplacedBy   *string // slug
	Clear        []string
}

// Apply implements Changes.
func (c *ConceptChanges) Apply(e Entity, _ LanguageTag, find TermFinder) Problems {
	var p Problems
	assign(e, c)
	concept := conceptOf(e)
	if c.Related != nil {
		concept.RelatedIDs = terms(&p, find, e.Kind(), "related", c.Related)
	}
	if c.Broader != nil {
		term(&p, find, e.Kind(), "broader", *c.Broader, &concept.BroaderID)
	}
	if c.ReplacedBy != nil {
		term(&p, find, e.Kind(), "replacedBy", *c.ReplacedBy, &concept.ReplacedByID)
	}
	return append(p, clearFields(e, c.Clear)...)
}

// conceptOf gives the concept inside a theme or a target group.
func conceptOf(e Entity) *Concept {
	switch x := e.(type) {
	case *Theme:
		return &x.Concept
	case *TargetGroup:
		return &x.Concept
	}
	return nil
}

// EventChanges are the changes that an event knows.
type EventChanges struct {
	Slug         *string
	Texts        []EventText
	Type         *EventKind
	Period       *Period
	Place        *Place
	Countries    []CountryCode
	Themes       []string // slugs
	OrganiserIDs []ID
	Participants []Participant
	PresentedIDs []ID
	OutputIDs    []ID
	Sources      []Source
	Documents    []Link
	Clear        []string
}

// Apply implements Changes.
func (c *EventChanges) Apply(e Entity, _ LanguageTag, find TermFinder) Problems {
	var p Problems
	event := e.(*Event)
	assign(event, c)
	if c.Themes != nil {
		event.ThemeIDs = terms(&p, find, KindTheme, "themes", c.Themes)
	}
	if c.Countries != nil {
		event.CountryCodes = upper(c.Countries)
	}
	return append(p, clearFields(e, c.Clear)...)
}

// StudyChanges are the changes that a study knows.
type StudyChanges struct {
	Slug                     *string
	Texts                    []StudyText
	Type                     *StudyKind
	Authors                  []string
	AuthorIDs                []ID
	Year                     *int
	Method                   *StudyMethod
	Sample                   *string
	HasComparisonGroup       *bool
	Independence             *Independence
	AreBeneficiariesInvolved *bool
	EvidenceLevel            *EvidenceLevel
	URL, DOI, Licence        *string
	Themes                   []string // slugs
	Countries                []CountryCode
	Sources                  []Source
	Clear                    []string
}

// Apply implements Changes.
func (c *StudyChanges) Apply(e Entity, _ LanguageTag, find TermFinder) Problems {
	var p Problems
	study := e.(*Study)
	assign(study, c)
	if c.Themes != nil {
		study.ThemeIDs = terms(&p, find, KindTheme, "themes", c.Themes)
	}
	if c.Countries != nil {
		study.CountryCodes = upper(c.Countries)
	}
	return append(p, clearFields(e, c.Clear)...)
}

// OrganisationChanges are the changes that an organisation knows.
type OrganisationChanges struct {
	Slug        *string
	Names       []Label
	Type        *OrganisationKind
	CountryCode *CountryCode
	ParentID    *ID
	ExternalIDs *ExternalIDs
	Website     *string
	Clear       []string
}

// Apply implements Changes.
func (c *OrganisationChanges) Apply(e Entity, _ LanguageTag, _ TermFinder) Problems {
	assign(e, c)
	return clearFields(e, c.Clear)
}
