package search

import (
	"cmp"
	"slices"
	"strconv"

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
	choice int // number of the choice on this dimension; -1 for none
	chosen []string
	total  map[string]int
	column *column
	counts []int // of the segment at hand, by the place of the value
}

func newCounters(fields []knowledge.FacetField, f *filter) ([]*counter, error) {
	out := make([]*counter, len(fields))
	for i, field := range fields {
		name, err := facetColumn(field)
		if err != nil {
			return nil, err
		}
		out[i] = &counter{field: field, name: name, choice: -1, total: map[string]int{}}
		for j, c := range f.choices {
			if c.facet == field {
				out[i].choice, out[i].chosen = j, c.chosen()
			}
		}
	}
	return out, nil
}

// chosen lists the values that a choice names. A range of years names none.
func (c *choice) chosen() []string { return c.anyOf.values }

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

// facet gives the values with the most records first, years in their order. Values that the filter names
// are always there.
func (c *counter) facet() knowledge.Facet {
	c.flush()
	for _, value := range c.chosen {
		if _, ok := c.total[value]; !ok {
			c.total[value] = 0
		}
	}
	buckets := make([]knowledge.Bucket, 0, len(c.total))
	for value, n := range c.total {
		b := bucket(c.field, value)
		b.Count, b.IsChosen = n, slices.Contains(c.chosen, value)
		buckets = append(buckets, b)
	}
	if c.field == knowledge.FacetYear {
		return knowledge.Facet{Field: c.field, Buckets: histogram(buckets)}
	}
	slices.SortFunc(buckets, func(a, b knowledge.Bucket) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value), cmp.Compare(a.ID, b.ID))
	})
	kept := buckets[:min(len(buckets), knowledge.MaxFacetBuckets)]
	for _, b := range buckets[len(kept):] {
		if b.IsChosen {
			kept = append(kept, b)
		}
	}
	return knowledge.Facet{Field: c.field, Buckets: kept}
}

// histogram puts years in their order and fills the gaps between them. Of more than fit, the latest are kept.
func histogram(buckets []knowledge.Bucket) []knowledge.Bucket {
	slices.SortFunc(buckets, func(a, b knowledge.Bucket) int { return cmp.Compare(a.Value, b.Value) })
	out := []knowledge.Bucket{}
	next, first := 0, 0
	if len(buckets) > 0 {
		last, _ := strconv.Atoi(buckets[len(buckets)-1].Value) // Written by yearTerm.
		first = last - knowledge.MaxFacetBuckets + 1
	}
	for i, b := range buckets {
		year, _ := strconv.Atoi(b.Value)
		for next = max(next, first); i > 0 && next < year; next++ {
			out = append(out, bucket(knowledge.FacetYear, yearTerm(next)))
		}
		out = append(out, b)
		next = year + 1
	}
	return out[max(0, len(out)-knowledge.MaxFacetBuckets):]
}
