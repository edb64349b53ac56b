package search

import (
	"cmp"
	"slices"

	"goodpractice/internal/knowledge"
)

// facetColumn is the field that a dimension counts.
func facetColumn(f knowledge.FacetField) (string, error) {
	switch f {
	case knowledge.FacetKind:
		return fieldKind, nil
	case knowledge.FacetTheme:
		return fieldTheme, nil
	case knowledge.FacetCountry:
		return fieldCountry, nil
	case knowledge.FacetAuthority:
		return fieldAuthority, nil
	case knowledge.FacetLanguage:
		return fieldLanguage, nil
	case knowledge.FacetYear:
		return fieldYear, nil
	case knowledge.FacetTargetGroup:
		return fieldGroup, nil
	case knowledge.FacetEvidence:
		return fieldEvidence, nil
	}
	return "", &knowledge.Error{
		Kind: knowledge.Invalid, Path: []string{"facets"}, Message: "Count by a dimension that the schema names.",
	}
}

// isRecord tells whether the values of a dimension are ids.
func isRecord(f knowledge.FacetField) bool {
	return f == knowledge.FacetTheme || f == knowledge.FacetTargetGroup || f == knowledge.FacetAuthority
}

// bucket is a value of a dimension, without its count.
func bucket(f knowledge.FacetField, value string) knowledge.Bucket {
	if isRecord(f) {
		return knowledge.Bucket{ID: knowledge.ID(value)}
	}
	return knowledge.Bucket{Value: value}
}

// counter counts one dimension, segment by segment.
type counter struct {
	field  knowledge.FacetField
	name   string
	total  map[string]int
	column *column
	counts []int // of the segment at hand, by the place of the value
}

func newCounters(fields []knowledge.FacetField) ([]*counter, error) {
	out := make([]*counter, len(fields))
	for i, f := range fields {
		name, err := facetColumn(f)
		if err != nil {
			return nil, err
		}
		out[i] = &counter{field: f, name: name, total: map[string]int{}}
	}
	return out, nil
}

// bind turns to another segment.
func (c *counter) bind(s *segmentView) error {
	c.flush()
	column, err := s.column(c.name)
	if err != nil {
		return err
	}
	c.column, c.counts = column, make([]int, len(column.terms))
	return nil
}

// add counts each document once under each of its values.
func (c *counter) add(docs []uint32) {
	first, places, counts := c.column.first, c.column.places, c.counts
	if c.column.isSingle {
		for _, doc := range docs {
			counts[places[doc]]++
		}
		return
	}
	for _, doc := range docs {
		for _, place := range places[first[doc]:first[doc+1]] {
			counts[place]++
		}
	}
}

func (c *counter) flush() {
	for place, n := range c.counts {
		if n > 0 {
			c.total[c.column.terms[place]] += n
		}
	}
	c.counts = nil
}

// facet gives the values with the most records first.
func (c *counter) facet() knowledge.Facet {
	c.flush()
	buckets := make([]knowledge.Bucket, 0, len(c.total))
	for value, n := range c.total {
		b := bucket(c.field, value)
		b.Count = n
		buckets = append(buckets, b)
	}
	slices.SortFunc(buckets, func(a, b knowledge.Bucket) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value), cmp.Compare(a.ID, b.ID))
	})
	return knowledge.Facet{Field: c.field, Buckets: buckets[:min(len(buckets), knowledge.MaxFacetBuckets)]}
}
