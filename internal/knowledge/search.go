package knowledge

import "time"

// Limits of a page.
const (
	DefaultPageSize = 20
	MaxPageSize     = 100
	// MaxSearchText is the number of characters of a search text; a pasted paragraph fits.
	MaxSearchText = 2000
	// MaxFacetBuckets is the number of values that one facet returns at most.
	MaxFacetBuckets = 200
)

// EntryFilter narrows a list or a search of entries. A nil or empty list does not narrow. Values of
// one field are alternatives; fields are combined.
type EntryFilter struct {
	Kinds        []Kind
	Themes       []string // slugs, or ids once the catalog has looked them up; narrower themes are included
	TargetGroups []string // the same for groups
	Countries    []CountryCode
	Authorities  []string // slugs or ids; authorities that are part of them are included
	Languages    []LanguageTag
	YearFrom     *int // inclusive
	YearTo       *int // inclusive
	Evidence     []EvidenceLevel
	Outcomes     []LessonOutcome
	Statuses     []EditorialStatus // nil: PUBLISHED only
	UpdatedSince *time.Time
}

// Term is the filter for the links of the index: entities that point at the target by any of the
// relations.
type Term struct {
	Relations []Relation
	Target    ID
}

// Listing asks the index for one page of entities that the viewer may see.
type Listing struct {
	Kinds  []Kind // nil: every kind that is no token
	Text   string // empty: everything, in the order asked for
	Filter EntryFilter
	Within EntryFilter // narrows the filter further; statuses and kinds in it do not count
	Slug   string      // exact slug, for lookups
	IDs    []ID        // restrict to these
	Links  []Term      // all must hold
	Order  Order
	Page   Page
	Facets []FacetField
	Viewer Actor
	// Languages are the reader's preferences, best first.
	Languages []LanguageTag
}

// Order is how a list is sorted. Equal keys are sorted by id.
type Order struct {
	Field     OrderField
	Ascending bool
}

// OrderField is what a list is sorted by.
type OrderField string

// What a list can be sorted by. Records without a year come last in both directions.
const (
	OrderRelevance   OrderField = "RELEVANCE"
	OrderYear        OrderField = "YEAR"
	OrderTitle       OrderField = "TITLE"
	OrderCreatedAt   OrderField = "CREATED_AT"
	OrderUpdatedAt   OrderField = "UPDATED_AT"
	OrderPublishedAt OrderField = "PUBLISHED_AT"
)

// Page is a window on a list, from one end: First after After, or Last before Before.
type Page struct {
	First, Last   int // exactly one is positive, at most MaxPageSize
	After, Before string
	// CountOnly asks for the total and the facets without any hit.
	CountOnly bool
}

// Found is a page of results.
type Found struct {
	Hits        []Hit
	Total       int
	Facets      []Facet
	HasNext     bool
	HasPrevious bool
}

// Hit is one result: which entity, where in the list, and how well it matched.
type Hit struct {
	ID     ID
	Cursor string
	Score  float64 // comparable within one answer only; 0 without a search text
}

// FacetField is a dimension that results are counted by.
type FacetField string

// The facets.
const (
	FacetKind        FacetField = "KIND"
	FacetTheme       FacetField = "THEME"
	FacetCountry     FacetField = "COUNTRY"
	FacetAuthority   FacetField = "AUTHORITY"
	FacetLanguage    FacetField = "LANGUAGE"
	FacetYear        FacetField = "YEAR"
	FacetTargetGroup FacetField = "TARGET_GROUP"
	FacetEvidence    FacetField = "EVIDENCE"
)

// FacetFields lists every facet in the order in which they are shown.
func FacetFields() []FacetField {
	return []FacetField{
		FacetKind, FacetTheme, FacetCountry, FacetAuthority,
		FacetLanguage, FacetYear, FacetTargetGroup, FacetEvidence,
	}
}

// Facet is how many results have each value of a dimension.
type Facet struct {
	Field   FacetField
	Buckets []Bucket
}

// Bucket is one value with its count. Value is what a filter takes; ID is set where the value is a
// record; Label is what to show.
type Bucket struct {
	Value string
	ID    ID
	Label string
	Count int
}

// Highlight is a passage that shows why a hit matched.
type Highlight struct {
	// Path is the field: ["summary"], or ["themes", "label"] for a label of a linked record.
	Path []string
	// Language of the text.
	Language LanguageTag
	// Fragments are passages as HTML: everything is escaped, and only <mark> is added.
	Fragments []string
}

// Cell is one count of a cross table.
type Cell struct {
	Values []Bucket // one per dimension asked for; Count is not set
	Count  int
}

// CrossTable asks how many entries there are for each combination of values.
type CrossTable struct {
	Filter     EntryFilter
	Dimensions []FacetField // one to four
	Viewer     Actor
	Languages  []LanguageTag
}
