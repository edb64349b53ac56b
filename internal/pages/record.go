package pages

import "goodpractice/internal/export"

// record is what a page is made of, of whatever kind: what a kind has not is empty.
type record struct {
	export.Record

	// Of records that are no entries; they replace the fields of the same names.
	Text     string                      `json:"text"`
	Texts    []struct{ Language string } `json:"texts"`
	Names    []name                      `json:"names"`
	Code     string                      `json:"code"`
	Note     string                      `json:"note"`
	Website  string                      `json:"website"`
	URL      string                      `json:"url"`
	DOI      string                      `json:"doi"`
	Point    *export.Point               `json:"point"`
	SameAs   []string                    `json:"sameAs"`
	External struct {
		Wikidata string `json:"wikidata"`
		Geonames string `json:"geonames"`
		Ror      string `json:"ror"`
	} `json:"externalIds"`
	Population *struct {
		Value int  `json:"value"`
		Year  *int `json:"year"`
	} `json:"population"`
	Alternative  []string `json:"alternative"`
	Definition   string   `json:"definition"`
	ScopeNote    string   `json:"scopeNote"`
	Purpose      string   `json:"purpose"`
	Agenda       string   `json:"agenda"`
	Findings     string   `json:"findings"`
	Limits       string   `json:"limits"`
	Authors      []string `json:"authors"`
	Method       string   `json:"method"`
	Independence string   `json:"independence"`
	Place        *struct {
		Label     string `json:"label"`
		Authority *link  `json:"authority"`
	} `json:"place"`

	Country   *link  `json:"country"`
	Parent    *link  `json:"parent"`
	Broader   *link  `json:"broader"`
	AdoptedAt *link  `json:"adoptedAt"`
	Related   []link `json:"related"`
	ComesFrom []link `json:"comesFrom"`

	Organisers          []link `json:"organisers"`
	AuthorOrganisations []link `json:"authorOrganisations"`
	Outputs             []link `json:"outputs"`
	Presented           []link `json:"presented"`
	Documents           []link `json:"documents"`

	Practices       *list `json:"practices"`
	Lessons         *list `json:"lessons"`
	Recommendations *list `json:"recommendations"`
	Entries         *list `json:"entries"`
	Narrower        *list `json:"narrower"`
	Members         *list `json:"members"`
}

// name is a name in a language.
type name struct {
	Language string `json:"language"`
	Kind     string `json:"kind"`
	Text     string `json:"text"`
}

// link is another record, or an address elsewhere.
type link struct {
	Text      string `json:"text"`
	Permalink string `json:"permalink"`
	URL       string `json:"url"`
}

// list is the first part of a list of records.
type list struct {
	TotalCount int    `json:"totalCount"`
	Nodes      []link `json:"nodes"`
}
