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
	Kinds  []Kind // nil: every kind but partners and tokens
	Text   string // empty: everything, in the order asked for
	Filter EntryFilter
	Within EntryFilter // narrows the filter further; statuses and kinds in it do not count
	Slug   string      // exact slug, for lookups
	IDs    []ID        // restrict to these
	Links  []Term      // all must hold
	Order  Order
	Page   Page
	Facets []FacetField
	// Reading is what may be read into Text.
	Reading Reading
	// Explain asks for the parts of each score.
	Explain bool
	Viewer  Actor
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
	// Interpretation is how the text was understood; nil without a text.
	Interpretation *Interpretation
	// Marker shows why the hits match; nil without a text.
	Marker Marker
}

// Marker shows why records match what was searched for. Its methods may be called from any number of
// goroutines.
type Marker interface {
	// Highlight gives the fields of a hit that match, the best first, each with the passages in which the
	// words are marked. Languages are the reader's preferences. The item must be what was indexed, or a
	// part of it.
	Highlight(languages []LanguageTag, item Indexable) []Highlight
}

// Hit is one result: which entity, where in the list, and how well it matched.
type Hit struct {
	ID     ID
	Cursor string
	Score  float64 // comparable within one answer only; 0 without a search text
	// IsRelated tells that the record has none of the words: it is about the same, and few have any.
	IsRelated bool
	// Parts add up to the score; nil unless they were asked for.
	Parts []ScorePart
}

// Reading is what a search may not read into a text. The zero value allows everything.
type Reading struct {
	NoLanguage    bool // do not guess the language
	NoCorrections bool // take unknown words as they are
	NoSynonyms    bool // do not search for names and terms that mean the same
	NoFilters     bool // take theme:housing and the like as words
}

// Literally reads nothing into a text: its words are taken as they are.
func Literally() Reading {
	return Reading{NoLanguage: true, NoCorrections: true, NoSynonyms: true, NoFilters: true}
}

// Interpretation is how a search text was understood.
type Interpretation struct {
	Text        string      // what was searched for, in the search language
	DidYouMean  string      // the whole text with rare words written as they may have been meant; empty for none
	Language    LanguageTag // in which the text seems to be; empty where nothing tells
	Corrections []Correction
	Synonyms    []Synonym
	Filters     []TextFilter
	Unknown     []string // words that no record has, and nothing stands for: they were left out
}

// Correction is a word that no record has and what was searched for instead.
type Correction struct {
	Word, Instead string
}

// Synonym is a term that was searched for beside words of the text because it means the same, or nearly.
type Synonym struct {
	Words string       // of the text
	Label string       // of the term, in the reader's language
	Kind  SynonymKind  // what lists it
	Link  SynonymMatch // how it relates to the words
	ID    ID           // of the record; empty for a term of the thesaurus
}

// SynonymKind is what lists a synonym.
type SynonymKind string

// The sources of synonyms.
const (
	SynonymThesaurus   SynonymKind = "THESAURUS"
	SynonymTheme       SynonymKind = "THEME"
	SynonymTargetGroup SynonymKind = "TARGET_GROUP"
	SynonymAuthority   SynonymKind = "AUTHORITY"
	SynonymCountry     SynonymKind = "COUNTRY"
)

// SynonymMatch is how a synonym relates to the words that it stands for.
type SynonymMatch string

// The relations of synonyms.
const (
	SynonymSame    SynonymMatch = "SAME"
	SynonymBroader SynonymMatch = "BROADER"
)

// TextFilter is a filter that was written in the text.
type TextFilter struct {
	Field    string // as in the search language: theme, group, country, city, language, year, kind
	Value    string // what the filter of a query takes
	Label    string // what to show
	Excludes bool
}

// ScorePart is one reason for the score of a hit.
type ScorePart struct {
	Signal ScoreSignal
	Word   string // of the query; empty where the signal is not of one word
	Field  string // where it matched: title, summary, body, labels, links or thesaurus; empty where the signal is of the whole record
	Value  float64
}

// ScoreSignal is what speaks for a hit.
type ScoreSignal string

// The signals.
const (
	SignalWords     ScoreSignal = "WORDS"     // how much the words of the text are in the record
	SignalTitle     ScoreSignal = "TITLE"     // all words of the text are in the title
	SignalMeaning   ScoreSignal = "MEANING"   // the record is about the same, whatever its words
	SignalRecency   ScoreSignal = "RECENCY"   // the record is recent
	SignalEditorial ScoreSignal = "EDITORIAL" // the record is complete and its effect was studied
)

// Suggestion completes what somebody types.
type Suggestion struct {
	Text string
	Kind SuggestionKind
	ID   ID // of the record; empty for a word
	// IsCorrected tells that the text does not begin as typed.
	IsCorrected bool
}

// SuggestionKind is what a suggestion is.
type SuggestionKind string

// The kinds of suggestions.
const (
	SuggestEntry       SuggestionKind = "ENTRY"
	SuggestAuthority   SuggestionKind = "AUTHORITY"
	SuggestTheme       SuggestionKind = "THEME"
	SuggestTargetGroup SuggestionKind = "TARGET_GROUP"
	SuggestCountry     SuggestionKind = "COUNTRY"
	SuggestWord        SuggestionKind = "WORD"
)

// Limits of suggestions and of similar entries.
const (
	MaxSuggestions = 20
	MaxSimilar     = 20
	// MaxPrefix is the number of characters of a beginning to complete.
	MaxPrefix = 100
)

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
	// IsChosen tells that the filter names the value. Such a value is there even if it counts nothing.
	IsChosen bool
	// Broader is the value of the bucket that counts this one's records as well; nil where there is none.
	Broader *string
}

// Highlight is a passage that shows why a hit matched.
type Highlight struct {
	// Path is the field: ["summary"], or ["themes", "label"] for a label of a linked record.
	Path []string
	// Language of the text.
	Language LanguageTag
	// Fragments are passages as HTML: everything is escaped, and only <mark> is added.
	Fragments []string
	// Passages are the same, in the same order, as plain text with the places to mark.
	Passages []Passage
}

// Passage is a piece of a text with the places in it that match.
type Passage struct {
	Text  string
	Marks []Span // in order, without overlaps
}

// Span is a part of a text in characters (Unicode code points), from Start up to, and without, End.
type Span struct {
	Start, End int
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
