package knowledge

// Authority is a local or regional authority: a city, a district, a region.
type Authority struct {
	Meta
	Name string `json:"-"` // the name that Localise chose

	Names []Label       `json:"names"`
	Type  AuthorityKind `json:"type" input:"kind"`
	// CountryCode is where it lies.
	CountryCode CountryCode   `json:"country"`
	ParentID    *ID           `json:"parent,omitempty"`
	Point       *GeoPoint     `json:"point,omitempty"`
	Population  *Population   `json:"population,omitempty"`
	Competences []string      `json:"competences"`
	ExternalIDs ExternalIDs   `json:"externalIds"`
	Memberships []Membership  `json:"memberships"`
	Website     *string       `json:"website,omitempty"`
	Languages   []LanguageTag `json:"languages"`
	Provenance  *Provenance   `json:"provenance,omitempty"`
}

// Label is a name in a language. Kind tells what it is for.
type Label struct {
	Language LanguageTag `json:"language"`
	Kind     LabelKind   `json:"kind"`
	Text     string      `json:"text"`
}

// LabelKind tells what a label is for (SKOS: prefLabel, altLabel).
type LabelKind string

// The kinds of label that are shown. Hidden labels are a field of their own (Concept.HiddenLabels), so
// that no list of labels can leak one.
const (
	LabelPreferred   LabelKind = "PREFERRED"
	LabelAlternative LabelKind = "ALTERNATIVE"
)

// ExternalIDs are names of the thing in other registers. None of them is a key here.
type ExternalIDs struct {
	Nuts         *string `json:"nuts,omitempty"` // with its release year: "ES30 (2021)"
	Lau          *string `json:"lau,omitempty"`
	Iso3166Part2 *string `json:"iso3166Part2,omitempty"`
	Wikidata     *string `json:"wikidata,omitempty"`
	Geonames     *string `json:"geonames,omitempty"`
	Ror          *string `json:"ror,omitempty"`
}

// Membership is an authority's part in a network or programme, as a source states it.
type Membership struct {
	Network   string           `json:"network"`
	Status    MembershipStatus `json:"status"`
	Role      *string          `json:"role,omitempty"` // in the words of the source
	Since     *Date            `json:"since,omitempty"`
	Until     *Date            `json:"until,omitempty"`
	Year      *int             `json:"year,omitempty"` // the year the source speaks of
	SourceURL *string          `json:"sourceUrl,omitempty"`
	Note      *string          `json:"note,omitempty"`
}

// Kind implements Entity.
func (*Authority) Kind() Kind { return KindAuthority }

// Localise implements Entity.
func (a *Authority) Localise(preferences []LanguageTag) { a.Name = preferred(a.Names, preferences) }

// AlternativeNames are other names to show, in any language.
func (a *Authority) AlternativeNames() []string { return labelsOf(a.Names, LabelAlternative, a.Name) }

// References implements Entity.
func (a *Authority) References() []Reference {
	refs := []Reference{{RelCountry, CountryID(a.CountryCode), []string{"country"}}}
	if a.ParentID != nil {
		refs = append(refs, Reference{RelParent, *a.ParentID, []string{"parent"}})
	}
	return refs
}

// Country is a country or territory with an ISO 3166-1 code.
type Country struct {
	Meta
	Name string `json:"-"` // the name that Localise chose

	Code              CountryCode   `json:"code"`
	Names             []Label       `json:"names"`
	IsCouncilOfEurope bool          `json:"isCouncilOfEurope"` // a member state
	Languages         []LanguageTag `json:"languages"`
	Note              *string       `json:"note,omitempty"`
}

// Kind implements Entity.
func (*Country) Kind() Kind { return KindCountry }

// Localise implements Entity.
func (c *Country) Localise(preferences []LanguageTag) { c.Name = preferred(c.Names, preferences) }

// References implements Entity.
func (*Country) References() []Reference { return nil }
