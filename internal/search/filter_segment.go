package search

import (
	"encoding/binary"
	"slices"

	"goodpractice/internal/knowledge"
)

// passing is what a filter leaves of a segment: living documents that the viewer may see.
type passing struct {
	all   bitset   // that pass everything
	aside []bitset // that pass everything but the choice with the number
}

// and narrows what passes.
func (p *passing) and(set bitset) {
	p.all.and(set)
	for _, aside := range p.aside {
		aside.and(set)
	}
}

// any is everything that passes, or fails one choice alone.
func (p *passing) any() bitset {
	out := slices.Clone(p.all)
	for _, aside := range p.aside {
		out.or(aside)
	}
	return out
}

// in finds what passes in a segment.
func (f *filter) in(s *segmentView) (*passing, error) {
	if f.isEmpty {
		return &passing{all: newBitset(s.size)}, nil
	}
	all, err := f.visible(s)
	if err != nil {
		return nil, err
	}
	and := func(set bitset, err error) error {
		if err == nil {
			all.and(set)
		}
		return err
	}
	for _, x := range f.posted {
		if err := and(s.posted(x)); err != nil {
			return nil, err
		}
	}
	for i := range f.anyOf {
		if err := and(s.having(&f.anyOf[i])); err != nil {
			return nil, err
		}
	}
	for i := range f.between {
		if err := and(s.within(f.between[i].field, f.between[i])); err != nil {
			return nil, err
		}
	}
	return f.chosen(s, all)
}

// chosen shares documents out by the choices that they fail.
func (f *filter) chosen(s *segmentView, all bitset) (*passing, error) {
	out := &passing{all: all}
	for i := range f.choices {
		set, err := s.chosen(&f.choices[i])
		if err != nil {
			return nil, err
		}
		failing := slices.Clone(out.all)
		failing.without(set)
		out.and(set)
		out.aside = append(out.aside, failing)
	}
	return out, nil
}

// chosen is what passes a choice.
func (s *segmentView) chosen(x *choice) (bitset, error) {
	if x.between != nil {
		return s.within(x.between.field, *x.between)
	}
	return s.having(&x.anyOf)
}

// visible is knowledge.Actor.MayRead over the index: what is public is for everyone, the rest for editors and, of
// entries, for contributors whose own they are. Tokens are left out with the kinds.
func (f *filter) visible(s *segmentView) (bitset, error) {
	forAll := f.statuses
	if !f.viewer.IsEditor() {
		forAll = slices.DeleteFunc(slices.Clone(forAll), func(x string) bool { return x != string(knowledge.StatusPublished) })
	}
	set, err := s.having(&anyOf{fieldStatus, forAll})
	if err != nil {
		return nil, err
	}
	set = slices.Clone(set)
	if !f.viewer.IsEditor() && f.viewer.Role == knowledge.RoleContributor {
		own, err := f.own(s)
		if err != nil {
			return nil, err
		}
		set.or(own)
	}
	if deleted := s.snapshot.Deleted(); deleted != nil {
		set.without(deleted.ToDense())
	}
	return set, nil
}

// public are the documents that everyone may read, deleted ones included.
func (s *segmentView) public() (bitset, error) {
	return s.having(&anyOf{fieldStatus, []string{string(knowledge.StatusPublished)}})
}

// own are the viewer's own documents, in the states asked for.
func (f *filter) own(s *segmentView) (bitset, error) {
	owners := texts(f.viewer.Authorities)
	if f.viewer.ID != "" {
		owners = append(owners, byMaker+string(f.viewer.ID))
	}
	own, err := s.posted(posted{fieldOwner, owners})
	if err != nil {
		return nil, err
	}
	set, err := s.having(&anyOf{fieldStatus, f.statuses})
	if err != nil {
		return nil, err
	}
	own.and(set)
	return own, nil
}

// sees tells which documents the viewer may see that have one of the statuses asked for.
func (f *filter) sees() func(*segmentView, uint32) (bool, error) {
	visible := map[*segmentView]bitset{}
	return func(s *segmentView, doc uint32) (bool, error) {
		set, ok := visible[s]
		if !ok {
			var err error
			if set, err = f.visible(s); err != nil {
				return false, err
			}
			visible[s] = set
		}
		return set.has(doc), nil
	}
}

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

// documents are those of a segment that pass.
func (t *columnTest) documents(size uint32) bitset {
	set := newBitset(size)
	if slices.Contains(t.passes, true) {
		for doc := range size {
			if t.test(doc) {
				set.add(doc)
			}
		}
	}
	return set
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

// having are the documents with one of the values, deleted ones included. The set is shared: it is only read.
func (s *segmentView) having(x *anyOf) (bitset, error) {
	t, err := s.columnTest(x.field, x.values)
	if err != nil {
		return nil, err
	}
	return s.kept(x.field, &t), nil
}

// within are the documents with a number within one of the limits, deleted ones included. The set is shared: it is
// only read.
func (s *segmentView) within(field string, limits ...between) (bitset, error) {
	t, err := s.numberTest(field, limits)
	if err != nil {
		return nil, err
	}
	return s.kept(field, &t), nil
}

// numberTest finds which numbers of a field are within one of the limits.
func (s *segmentView) numberTest(field string, limits []between) (columnTest, error) {
	c, err := s.column(field)
	if err != nil {
		return columnTest{}, err
	}
	t := columnTest{c, make([]bool, len(c.terms))}
	for place, n := range c.numbers {
		t.passes[place] = slices.ContainsFunc(limits, func(x between) bool {
			return (x.from == nil || n >= *x.from) && (x.to == nil || n <= *x.to)
		})
	}
	return t, nil
}

// kept is what passes a test, made when it is first asked for: people choose the same values all day. A test that
// many values pass, such as one of instants, is made anew.
func (s *segmentView) kept(field string, t *columnTest) bitset {
	name, values := []byte(field+" "), 0
	for place, passes := range t.passes {
		if passes && values <= maxKeptValues {
			name = binary.AppendUvarint(name, uint64(place))
			values++
		}
	}
	if values > maxKeptValues {
		return t.documents(s.size)
	}
	if set, ok := s.columns.sets.get(string(name)); ok {
		return set
	}
	set := t.documents(s.size)
	s.columns.sets.keep(string(name), set, 8*len(set))
	return set
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
