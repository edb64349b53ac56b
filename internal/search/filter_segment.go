package search

import (
	"slices"

	"goodpractice/internal/knowledge"
)

// segmentFilter is a filter bound to a segment.
type segmentFilter struct {
	isEmpty bool // no document of the segment can match
	// candidates are the only documents that can match; nil for all.
	candidates bitset
	excluded   bitset // nil for none
	columns    []columnTest
	numbers    []numberTest
	choices    []test
	// mayRead are the documents of other states that the viewer may see: own entries.
	statuses    columnTest
	ownStatuses columnTest
	own         bitset
}

// test is one condition.
type test interface{ test(doc uint32) bool }

// columnTest tells which values pass.
type columnTest struct {
	column *column
	passes []bool // by the place of the value
}

func (t *columnTest) test(doc uint32) bool {
	if t.column.isSingle {
		return t.passes[t.column.places[doc]]
	}
	for _, place := range t.column.values(doc) {
		if t.passes[place] {
			return true
		}
	}
	return false
}

// numberTest tells whether the first value is within limits.
type numberTest struct {
	column   *column
	from, to *int64
}

func (t *numberTest) test(doc uint32) bool {
	place, ok := t.column.value(doc)
	if !ok {
		return false
	}
	n := t.column.numbers[place]
	return (t.from == nil || n >= *t.from) && (t.to == nil || n <= *t.to)
}

// What test says of a document, beside the number of the only choice that it fails.
const (
	passes = -1
	fails  = -2
)

// test tells whether a document passes. Deleted documents and those that are no candidates must have
// been left out before.
func (f *segmentFilter) test(doc uint32) int {
	if !f.statuses.test(doc) && (f.own == nil || !f.own.has(doc) || !f.ownStatuses.test(doc)) {
		return fails
	}
	if f.excluded != nil && f.excluded.has(doc) {
		return fails
	}
	for i := range f.columns {
		if !f.columns[i].test(doc) {
			return fails
		}
	}
	for i := range f.numbers {
		if !f.numbers[i].test(doc) {
			return fails
		}
	}
	failed := passes
	for i, c := range f.choices {
		if !c.test(doc) {
			if failed != passes {
				return fails
			}
			failed = i
		}
	}
	return failed
}

// bind prepares the filter for a segment.
func (f *filter) bind(s *segmentView) (*segmentFilter, error) {
	out := &segmentFilter{isEmpty: f.isEmpty}
	for _, x := range f.posted {
		set, err := s.posted(x)
		if err != nil {
			return nil, err
		}
		if out.candidates == nil {
			out.candidates = set
		} else {
			out.candidates.and(set)
		}
	}
	for _, x := range f.anyOf {
		t, err := s.columnTest(x.field, x.values)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(t.passes, true) {
			out.isEmpty = true
		}
		out.columns = append(out.columns, t)
	}
	for _, x := range f.between {
		c, err := s.column(x.field)
		if err != nil {
			return nil, err
		}
		out.numbers = append(out.numbers, numberTest{c, x.from, x.to})
	}
	for _, x := range f.choices {
		t, err := s.choiceTest(&x)
		if err != nil {
			return nil, err
		}
		out.choices = append(out.choices, t)
	}
	return out, f.bindViewer(s, out)
}

func (s *segmentView) choiceTest(x *choice) (test, error) {
	if x.between != nil {
		c, err := s.column(x.between.field)
		return &numberTest{c, x.between.from, x.between.to}, err
	}
	t, err := s.columnTest(x.anyOf.field, x.anyOf.values)
	return &t, err
}

// bindViewer is knowledge.Actor.MayRead over the index: what is public is for everyone, the rest for
// editors and, of entries, for contributors whose own they are. Tokens are left out with the kinds.
func (f *filter) bindViewer(s *segmentView, out *segmentFilter) error {
	forAll := f.statuses
	if !f.viewer.IsEditor() {
		forAll = slices.DeleteFunc(slices.Clone(forAll), func(x string) bool { return x != string(knowledge.StatusPublished) })
	}
	var err error
	if out.statuses, err = s.columnTest(fieldStatus, forAll); err != nil {
		return err
	}
	if f.viewer.IsEditor() || f.viewer.Role != knowledge.RoleContributor {
		return nil
	}
	owners := texts(f.viewer.Authorities)
	if f.viewer.ID != "" {
		owners = append(owners, byMaker+string(f.viewer.ID))
	}
	if out.own, err = s.posted(posted{fieldOwner, owners}); err != nil {
		return err
	}
	out.ownStatuses, err = s.columnTest(fieldStatus, f.statuses)
	return err
}

// columnTest finds which values of a field pass.
func (s *segmentView) columnTest(field string, values []string) (columnTest, error) {
	c, err := s.column(field)
	if err != nil {
		return columnTest{}, err
	}
	t := columnTest{c, make([]bool, len(c.terms))}
	for _, v := range values {
		if place, ok := slices.BinarySearch(c.terms, v); ok {
			t.passes[place] = true
		}
	}
	return t, nil
}

// posted collects the living documents that hold one of the terms.
func (s *segmentView) posted(x posted) (bitset, error) {
	set := newBitset(s.size)
	for _, term := range x.terms {
		list, err := s.postings(x.field, term)
		if err != nil {
			return nil, err
		}
		if err := eachDoc(list, func(doc uint32) error { set.add(doc); return nil }); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// sees tells which documents the viewer may see that have one of the statuses asked for.
func (f *filter) sees() func(*segmentView, uint32) (bool, error) {
	bound := map[*segmentView]*segmentFilter{}
	return func(s *segmentView, doc uint32) (bool, error) {
		b := bound[s]
		if b == nil {
			b = &segmentFilter{}
			if err := f.bindViewer(s, b); err != nil {
				return false, err
			}
			bound[s] = b
		}
		return b.statuses.test(doc) || b.own != nil && b.own.has(doc) && b.ownStatuses.test(doc), nil
	}
}
