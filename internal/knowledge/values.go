package knowledge

import "time"

// CountryCode is an ISO 3166-1 alpha-2 code in upper case. XK stands for Kosovo.
type CountryCode string

// Date is a calendar day, YYYY-MM-DD (ISO 8601).
type Date string

// Period is a span of time as exactly as it is known.
type Period struct {
	Start     Date          `json:"start"`
	End       *Date         `json:"end,omitempty"` // nil: still going on, or not known
	Precision DatePrecision `json:"precision"`
}

// Money is an amount at the prices of a year.
type Money struct {
	Amount   string     `json:"amount"`   // decimal, a point before the fraction, no grouping: "1250000.50"
	Currency string     `json:"currency"` // ISO 4217
	Year     *int       `json:"year,omitempty"`
	Basis    MoneyBasis `json:"basis"`
}

// Cost is one sum that a practice cost.
type Cost struct {
	Kind  CostKind `json:"kind"`
	Money Money    `json:"money"`
	Note  *string  `json:"note,omitempty"`
}

// Funding is one source of money.
type Funding struct {
	Source FundingSource `json:"source"`
	Share  *float64      `json:"share,omitempty"` // per cent of the whole, 0 to 100
	Money  *Money        `json:"money,omitempty"`
	Note   *string       `json:"note,omitempty"`
}

// Metric is one number that was measured, with its unit and where it was said.
type Metric struct {
	Indicator string   `json:"indicator"`
	Value     float64  `json:"value"`
	Unit      string   `json:"unit"`
	Baseline  *float64 `json:"baseline,omitempty"`
	Date      *Date    `json:"date,omitempty"`
	Group     *string  `json:"group,omitempty"`
	SourceURL *string  `json:"sourceUrl,omitempty"`
}

// Beneficiaries tells whom a practice reached.
type Beneficiaries struct {
	DirectCount    *int `json:"directCount,omitempty"`
	HouseholdCount *int `json:"householdCount,omitempty"`
}

// CommunityParticipation tells how far the people concerned took part, step by step.
type CommunityParticipation struct {
	Design     *ParticipationLevel `json:"design,omitempty"`
	Delivery   *ParticipationLevel `json:"delivery,omitempty"`
	Evaluation *ParticipationLevel `json:"evaluation,omitempty"`
}

// Source is where a statement was read.
type Source struct {
	Title    string       `json:"title"`
	URL      *string      `json:"url,omitempty"`
	Language *LanguageTag `json:"language,omitempty"`
	Kind     *SourceKind  `json:"kind,omitempty"`
	ReadAt   *Date        `json:"readAt,omitempty"`
}

// Provenance tells how a record came here and how far it can be relied on. It is shown wherever
// the record is.
type Provenance struct {
	// Note is a sentence to show beside the record.
	Note string `json:"note"`
	// Unconfirmed is set until the authority has confirmed the record.
	Unconfirmed bool `json:"unconfirmed"`
	// Derived names the fields that were inferred from the source and not stated by it.
	Derived []string `json:"derived,omitempty"`
	// SourceAccess tells how the cited page was read.
	SourceAccess *string `json:"sourceAccess,omitempty"`
	// SuggestedEvidence is what a compiler of the data thought of the evidence; it grades nothing.
	SuggestedEvidence *int `json:"suggestedEvidence,omitempty"`
	// Digest is the hash of the line that was imported, so that the same line changes nothing.
	Digest string `json:"digest,omitempty"`
}

// Contact is whom to ask. Who sees it depends on its visibility.
type Contact struct {
	Name       *string           `json:"name,omitempty"`
	Function   *string           `json:"function,omitempty"`
	Email      *string           `json:"email,omitempty"`
	URL        *string           `json:"url,omitempty"`
	Visibility ContactVisibility `json:"visibility"`
	ConsentAt  *time.Time        `json:"consentAt,omitempty"` // when the person agreed to be named
}

// Link is a page worth following.
type Link struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// Media is a picture, film or document by its address.
type Media struct {
	URL     string  `json:"url"`
	Alt     string  `json:"alt"`    // what it shows, for those who cannot see it
	Rights  string  `json:"rights"` // who holds them, and the licence
	Caption *string `json:"caption,omitempty"`
}

// Award is a prize that a practice won.
type Award struct {
	Name string  `json:"name"`
	Year *int    `json:"year,omitempty"`
	URL  *string `json:"url,omitempty"`
}

// GeoPoint is a position in WGS 84 degrees.
type GeoPoint struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Source    *string `json:"source,omitempty"` // whom to credit
}

// Population is a number of inhabitants in a year.
type Population struct {
	Value int  `json:"value"`
	Year  *int `json:"year,omitempty"`
}

// Contributor is an authority that gave an entry, and its part in it.
type Contributor struct {
	AuthorityID ID              `json:"authority" input:"id"`
	Role        ContributorRole `json:"role"`
}

// Place is where something happened: an authority's territory, a point, or both.
type Place struct {
	AuthorityID *ID         `json:"authority,omitempty"`
	Point       *GeoPoint   `json:"point,omitempty"`
	Scale       *PlaceScale `json:"scale,omitempty"`
	Label       *string     `json:"label,omitempty"`
}

// Partnership is an organisation that helped.
type Partnership struct {
	OrganisationID ID           `json:"organisation"`
	Support        *SupportKind `json:"support,omitempty"`
}

// Evidence is a study that looked at an entry, and what it found.
type Evidence struct {
	StudyID  ID            `json:"study"`
	Level    EvidenceLevel `json:"level"`
	Finding  *Finding      `json:"finding,omitempty"`
	Accepted bool          `json:"accepted"` // a reviewer agreed with the level
}

// isDerived tells whether the level follows from what adopters report, so that nobody can claim it.
func (l TransferabilityLevel) isDerived() bool {
	return l == "TRANSFERRED_ONCE" || l == "TRANSFERRED_TWICE"
}

// Transferability tells how far a practice can move; its texts are in the blocks of texts.
type Transferability struct {
	Level TransferabilityLevel `json:"level"`
}
