package relay

import (
	"time"

	"goodpractice/internal/knowledge"
)

// SearchConnection is a page of search results. Facets are counted only when they are asked for, so
// it keeps what was searched for.
type SearchConnection struct {
	Edges      []*SearchEdge
	PageInfo   *PageInfo
	TotalCount int
	Listing    knowledge.Listing
	// Counted are the counts that were made with the search, because facets are asked for; otherwise nil.
	Counted []knowledge.Facet
	// Understood is how the text was understood; nil without a text. Its records are not named yet.
	Understood *knowledge.Interpretation
}

// DidYouMean is the whole text as it may have been meant; nil where nothing speaks for another text.
func (c *SearchConnection) DidYouMean() *string {
	if c.Understood == nil {
		return nil
	}
	return given(c.Understood.DidYouMean)
}

// Nodes are the results without scores and cursors.
func (c *SearchConnection) Nodes() []knowledge.Entry {
	out := make([]knowledge.Entry, len(c.Edges))
	for i, e := range c.Edges {
		out[i] = e.Node
	}
	return out
}

// SearchEdge is one search result. Its passages are made only when they are asked for, so it keeps
// what marks them.
type SearchEdge struct {
	Cursor string
	Score  float64
	Node   knowledge.Entry
	// IsRelated tells that the entry has none of the words.
	IsRelated bool
	// Explanation is nil unless an editor asked for it.
	Explanation []knowledge.ScorePart
	Marker      knowledge.Marker // nil without a search text
}

// SearchFor puts the words into a listing. The best match comes first where no order is given.
func SearchFor(l *knowledge.Listing, words *string, unordered bool) {
	l.Text = text(words)
	if unordered && l.Text != "" {
		l.Order = knowledge.Order{Field: knowledge.OrderRelevance}
	}
}

// SearchReading is what may be read into a search text.
type SearchReading struct {
	Language, Corrections, Synonyms, Filters bool
}

// Reading is the same in the words of the domain; nil allows everything.
func (r *SearchReading) Reading() knowledge.Reading {
	if r == nil {
		return knowledge.Reading{}
	}
	return knowledge.Reading{
		NoLanguage: !r.Language, NoCorrections: !r.Corrections, NoSynonyms: !r.Synonyms, NoFilters: !r.Filters,
	}
}

// SearchInterpretation is how a search text was understood.
type SearchInterpretation struct {
	Text        string
	Language    *knowledge.LanguageTag
	Corrections []knowledge.Correction
	Synonyms    []knowledge.Synonym
	Filters     []knowledge.TextFilter
	Unknown     []string
}

// InterpretationOf shows how a search text was understood; nil for nil.
func InterpretationOf(i *knowledge.Interpretation) *SearchInterpretation {
	if i == nil {
		return nil
	}
	out := &SearchInterpretation{Text: i.Text, Corrections: i.Corrections, Synonyms: i.Synonyms, Filters: i.Filters, Unknown: append([]string{}, i.Unknown...)}
	if i.Language != "" {
		out.Language = &i.Language
	}
	return out
}

// SimilarEntry is an entry that is about the same as another.
type SimilarEntry struct {
	Node           knowledge.Entry
	Score          float64
	ThemeIDs       []knowledge.ID
	TargetGroupIDs []knowledge.ID
}

// OrderDirection is which way to sort.
type OrderDirection string

// The directions.
const (
	Ascending  OrderDirection = "ASC"
	Descending OrderDirection = "DESC"
)

// EntryOrder is how to sort entries.
type EntryOrder struct {
	Field     knowledge.OrderField
	Direction OrderDirection
}

// Order is the same in the words of the domain; nil stays the zero order.
func (o *EntryOrder) Order() knowledge.Order {
	if o == nil {
		return knowledge.Order{}
	}
	return knowledge.Order{Field: o.Field, Ascending: o.Direction == Ascending}
}

// NounOrder is how to sort other records.
type NounOrder = EntryOrder

// StatisticsOf shows the cells of a cross table.
func StatisticsOf(by []knowledge.FacetField, cells []knowledge.Cell, total int) *Statistics {
	out := &Statistics{TotalCount: total, Cells: make([]*StatisticsCell, len(cells))}
	for i, c := range cells {
		values := make([]*DimensionValue, len(c.Values))
		for j, v := range c.Values {
			values[j] = &DimensionValue{Field: by[j], Value: v.Value, Label: v.Label}
		}
		out.Cells[i] = &StatisticsCell{Values: values, Count: c.Count}
	}
	return out
}

// Statistics is a cross table.
type Statistics struct {
	TotalCount int
	Cells      []*StatisticsCell
}

// StatisticsCell is one cell of a cross table.
type StatisticsCell struct {
	Values []*DimensionValue
	Count  int
}

// DimensionValue is a value of a dimension.
type DimensionValue struct {
	Field knowledge.FacetField
	Value string
	Label string
}

// EntryChange is a change to an entry that somebody follows.
type EntryChange struct {
	ID       knowledge.ID
	Revision knowledge.Revision
	Entry    knowledge.Entry
}

// Version is one saved revision.
type Version struct {
	Revision knowledge.Revision
	Action   knowledge.Action
	At       time.Time
	By       *string
	Reason   *string
	Status   knowledge.EditorialStatus
	Entry    knowledge.Entry
}
