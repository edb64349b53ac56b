package search

import (
	"context"
	"slices"
)

// constraint is what a record must fulfil, or must not, whatever its score is.
type constraint interface {
	// fulfilling are the documents that fulfil it. It is asked about those in the scope alone; of others, deleted
	// ones among them, it may tell anything. The set is only read.
	fulfilling(ctx context.Context, within *scope) (bitset, error)
}

// constrain leaves what fulfils the constraints: those of places, which are read last, of what is left by then, or
// all others.
func (p *plan) constrain(ctx context.Context, within *scope, ofPlaces bool) error {
	for i, c := range slices.Concat(p.must, p.not) {
		if hasPlaces(c) != ofPlaces {
			continue
		}
		set, err := c.fulfilling(ctx, within)
		if err != nil {
			return err
		}
		if i < len(p.must) {
			within.documents.and(set)
		} else {
			within.documents.without(set)
		}
	}
	return nil
}

// hasPlaces tells whether a phrase is in a constraint.
func hasPlaces(c constraint) bool {
	switch c := c.(type) {
	case *phrase:
		return true
	case all:
		return slices.ContainsFunc(c, hasPlaces)
	case either:
		return slices.ContainsFunc(c, hasPlaces)
	case none:
		return hasPlaces(c.constraint)
	}
	return false
}

// anyTerm wants one of the terms of a clause.
type anyTerm struct{ clause *clause }

func (c anyTerm) fulfilling(_ context.Context, within *scope) (bitset, error) {
	set := newBitset(within.size)
	for i := range c.clause.alternatives {
		a := &c.clause.alternatives[i]
		if a.postings == nil || a.postings[within.number] == nil {
			continue
		}
		o, err := within.occurrences(a, a.postings[within.number])
		if err != nil {
			return nil, err
		}
		for _, doc := range o.docs {
			set.add(doc)
		}
	}
	return set, nil
}

// anyValue wants one of the values in a keyword field.
type anyValue struct{ anyOf }

func (c anyValue) fulfilling(_ context.Context, within *scope) (bitset, error) {
	return within.having(&c.anyOf)
}

// withinYears wants a year in one of the ranges.
type withinYears struct{ ranges []between }

func (c withinYears) fulfilling(_ context.Context, within *scope) (bitset, error) {
	return within.within(fieldYear, c.ranges...)
}

// all wants every one of several constraints.
type all []constraint

func (c all) fulfilling(ctx context.Context, within *scope) (bitset, error) {
	set := slices.Clone(within.documents)
	for _, x := range c {
		more, err := x.fulfilling(ctx, within)
		if err != nil {
			return nil, err
		}
		set.and(more)
	}
	return set, nil
}

// either wants one of several constraints.
type either []constraint

func (c either) fulfilling(ctx context.Context, within *scope) (bitset, error) {
	set := newBitset(within.size)
	for _, x := range c {
		more, err := x.fulfilling(ctx, within)
		if err != nil {
			return nil, err
		}
		set.or(more)
	}
	return set, nil
}

// none wants what does not fulfil the other.
type none struct{ constraint }

func (c none) fulfilling(ctx context.Context, within *scope) (bitset, error) {
	but, err := c.constraint.fulfilling(ctx, within)
	if err != nil {
		return nil, err
	}
	set := slices.Clone(within.documents)
	set.without(but)
	return set, nil
}
