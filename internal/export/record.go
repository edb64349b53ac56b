package export

import (
	"encoding/json"
	"time"
)

// Record is an entry as the program's own queries ask for it. Fields are named as in the schema; those of one kind are empty
// for the others.
type Record struct {
	ID             string     `json:"id"`
	Slug           string     `json:"slug"`
	Kind           string     `json:"kind"`
	Permalink      string     `json:"permalink"`
	Status         string     `json:"status"`
	Revision       int        `json:"revision"`
	CreatedAt      time.Time  `json:"createdAt"`
	UpdatedAt      time.Time  `json:"updatedAt"`
	PublishedAt    *time.Time `json:"publishedAt"`
	Language       string     `json:"language"`
	Languages      []string   `json:"languages"`
	SourceLanguage string     `json:"sourceLanguage"`
	Origin         string     `json:"origin"`

	Title     string `json:"title"`
	Summary   string `json:"summary"`
	Situation string `json:"situation"`
	Action    string `json:"action"`
	Results   string `json:"results"`
	Learnt    string `json:"learnt"`

	Themes       []Term        `json:"themes"`
	TargetGroups []Term        `json:"targetGroups"`
	Authorities  []Authority   `json:"authorities"`
	Countries    []Country     `json:"countries"`
	Year         *int          `json:"year"`
	Period       *Period       `json:"period"`
	Partnerships []Partnership `json:"partnerships"`
	Sources      []Source      `json:"sources"`
	Evidence     []Evidence    `json:"evidence"`

	Licence       string      `json:"licence"`
	Attribution   string      `json:"attribution"`
	Provenance    *Provenance `json:"provenance"`
	EvidenceLevel string      `json:"evidenceLevel"`

	OneLiner         string  `json:"oneLiner"`
	Objectives       string  `json:"objectives"`
	SuccessFactors   string  `json:"successFactors"`
	LimitingFactors  string  `json:"limitingFactors"`
	AdviceToAdopters string  `json:"adviceToAdopters"`
	Lifecycle        string  `json:"lifecycle"`
	Places           []Place `json:"places"`

	Statement        string `json:"statement"`
	Cause            string `json:"cause"`
	Advice           string `json:"advice"`
	AppliesWhen      string `json:"appliesWhen"`
	DoesNotApplyWhen string `json:"doesNotApplyWhen"`
	Outcome          string `json:"outcome"`

	Wording    string `json:"wording"`
	Reference  string `json:"reference"`
	Body       string `json:"body"`
	Instrument string `json:"instrument"`
	AdoptedOn  string `json:"adoptedOn"`
	Standing   string `json:"standing"`

	// Cursor is the place behind the record in its list, and Raw what the API answered for it.
	Cursor string          `json:"-"`
	Raw    json.RawMessage `json:"-"`
}

// Term is a theme or a target group.
type Term struct {
	Slug      string `json:"slug"`
	Label     string `json:"label"`
	Permalink string `json:"permalink"`
}

// Authority is a city or region.
type Authority struct {
	Name        string   `json:"name"`
	Permalink   string   `json:"permalink"`
	Country     *Country `json:"country"`
	Point       *Point   `json:"point"`
	ExternalIDs struct {
		Wikidata string `json:"wikidata"`
	} `json:"externalIds"`
}

// Country is a country by its ISO 3166-1 code.
type Country struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	Permalink string `json:"permalink"`
}

// Point is a position in WGS 84 degrees.
type Point struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Source    string  `json:"source"`
}

// Period is a span of days; with precision MONTH or YEAR, only that part of them counts.
type Period struct {
	Start     string `json:"start"`
	End       string `json:"end"`
	Precision string `json:"precision"`
}

// Partnership is an organisation that took part.
type Partnership struct {
	Organisation struct {
		Name      string `json:"name"`
		Permalink string `json:"permalink"`
	} `json:"organisation"`
}

// Source is where something can be checked.
type Source struct {
	Title    string `json:"title"`
	URL      string `json:"url"`
	Language string `json:"language"`
	ReadAt   string `json:"readAt"`
}

// Evidence is a study that looked at the entry.
type Evidence struct {
	Study *struct {
		Title     string `json:"title"`
		Permalink string `json:"permalink"`
	} `json:"study"`
	Level   string `json:"level"`
	Finding string `json:"finding"`
}

// Provenance tells how far to rely on a record.
type Provenance struct {
	Note          string `json:"note"`
	IsUnconfirmed bool   `json:"isUnconfirmed"`
}

// Place is where something happened.
type Place struct {
	Label     string     `json:"label"`
	Authority *Authority `json:"authority"`
	Point     *Point     `json:"point"`
}

// points are the positions of the record: where it happened, or else where those are who contributed it.
func (r *Record) points() []Point {
	var points []Point
	for _, p := range r.Places {
		switch {
		case p.Point != nil:
			points = append(points, *p.Point)
		case p.Authority != nil && p.Authority.Point != nil:
			points = append(points, *p.Authority.Point)
		}
	}
	if points != nil {
		return points
	}
	for _, a := range r.Authorities {
		if a.Point != nil {
			points = append(points, *a.Point)
		}
	}
	return points
}
