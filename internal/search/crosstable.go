package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"goodpractice/internal/knowledge"
)

// Limits of a cross table.
const (
	maxDimensions = 4
	maxCells      = 20_000
)

// CrossTable counts the entries for each combination of values, and all entries that match, those
// without a value in some dimension included. The fullest cells come first. What the viewer may not see
// is not counted, by the rules of Find. A table of more than 20,000 cells is an Error of kind Invalid.
func (x *Index) CrossTable(ctx context.Context, t knowledge.CrossTable) ([]knowledge.Cell, int, error) {
	if len(t.Dimensions) < 1 || len(t.Dimensions) > maxDimensions {
		return nil, 0, &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{"by"}, Message: fmt.Sprintf("Count by 1 to %d dimensions.", maxDimensions),
		}
	}
	f := compileFilter(&knowledge.Listing{
		Kinds:  []knowledge.Kind{knowledge.KindPractice, knowledge.KindLesson, knowledge.KindRecommendation},
		Filter: t.Filter, Viewer: t.Viewer,
	})
	var result *table
	err := x.read(ctx, func(_ *Generation, v *view) error {
		var err error
		if result, err = newTable(t.Dimensions); err != nil {
			return err
		}
		return x.match(ctx, v, &plan{}, &f, result)
	})
	if err != nil {
		return nil, 0, err
	}
	if len(result.counts) > maxCells {
		return nil, 0, &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{"by"},
			Message: fmt.Sprintf("This table has more than %d cells. Narrow the filter or count by fewer dimensions.", maxCells),
		}
	}
	return result.cells(), result.total, nil
}

// cell names a cell by the numbers of its values.
type cell [maxDimensions]int

// table counts cells.
type table struct {
	dimensions []dimension
	counts     map[cell]int
	total      int
}

// dimension is one side of a table. Its values have the same number in all segments.
type dimension struct {
	field   knowledge.FacetField
	name    string
	numbers map[string]int
	values  []string
	column  *column
	places  []int // of the segment at hand: place of the value → number
}

func newTable(fields []knowledge.FacetField) (*table, error) {
	t := &table{counts: map[cell]int{}}
	for _, f := range fields {
		name, err := facetColumn(f)
		if err != nil {
			return nil, err
		}
		t.dimensions = append(t.dimensions, dimension{field: f, name: name, numbers: map[string]int{}})
	}
	return t, nil
}

func (t *table) bind(s *segmentView) error {
	for i := range t.dimensions {
		d := &t.dimensions[i]
		var err error
		if d.column, err = s.column(d.name); err != nil {
			return err
		}
		d.places = make([]int, len(d.column.terms))
		for place, value := range d.column.terms {
			n, ok := d.numbers[value]
			if !ok {
				n = len(d.values)
				d.numbers[value] = n
				d.values = append(d.values, value)
			}
			d.places[place] = n
		}
	}
	return nil
}

func (*table) aside(int, []uint32) {}

func (t *table) see(docs []uint32, _ []float32) {
	t.total += len(docs)
	for _, doc := range docs {
		if len(t.counts) <= maxCells {
			t.count(doc, 0, cell{})
		}
	}
}

// count adds a document to each combination of its values, from the dimension with the number on.
func (t *table) count(doc uint32, number int, c cell) {
	if number == len(t.dimensions) {
		t.counts[c]++
		return
	}
	d := &t.dimensions[number]
	for _, place := range d.column.values(doc) {
		c[number] = d.places[place]
		t.count(doc, number+1, c)
	}
}

func (t *table) cells() []knowledge.Cell {
	out := make([]knowledge.Cell, 0, len(t.counts))
	for c, n := range t.counts {
		values := make([]knowledge.Bucket, len(t.dimensions))
		for i := range t.dimensions {
			values[i] = bucket(t.dimensions[i].field, t.dimensions[i].values[c[i]])
		}
		out = append(out, knowledge.Cell{Values: values, Count: n})
	}
	slices.SortFunc(out, func(a, b knowledge.Cell) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), slices.CompareFunc(a.Values, b.Values,
			func(x, y knowledge.Bucket) int { return cmp.Or(cmp.Compare(x.Value, y.Value), cmp.Compare(x.ID, y.ID)) }))
	})
	return out
}
