package bundle

import (
	"fmt"
	"slices"

	"goodpractice/internal/knowledge"
)

// compare finds out which states the store lacks. A store that has another state of the entity than
// the file knows of keeps it.
func (p *plan) compare(stored knowledge.Entity) {
	if stored == nil {
		p.what = created
		if p.states[0].Head().Revision > 1 { // Without its history, an entity begins anew.
			shift(p.last, 1-p.last.Head().Revision)
		}
		return
	}
	i := p.position(stored)
	switch {
	case i == len(p.states)-1:
		p.what, p.states = unchanged, nil
	case i >= 0 || p.growsFromSeed(stored):
		p.what, p.states = updated, p.states[i+1:]
		by := stored.Head().Revision + 1 - p.states[0].Head().Revision
		for _, e := range p.states {
			shift(e, by)
		}
	default:
		p.why = p.conflict(stored)
	}
}

// position tells which of the states the store has; -1 where it has none of them. A copy that was made
// without history counts its revisions differently, and is the same state all the same.
func (p *plan) position(stored knowledge.Entity) int {
	have := encodeAnew(stored)
	for i, e := range slices.Backward(p.states) {
		if encodeAnew(e) == have {
			return i
		}
	}
	return -1
}

// growsFromSeed tells whether a file without history has a later state of a record of the seed that is
// in the store as it was planted. Every state of such a record comes from that one.
func (p *plan) growsFromSeed(stored knowledge.Entity) bool {
	have, want := stored.Head(), p.last.Head()
	return len(p.states) == 1 && have.Revision == 1 && have.UpdatedAt.Equal(SeedTime()) &&
		want.CreatedAt.Equal(SeedTime()) && want.UpdatedAt.After(SeedTime())
}

// conflict tells that the store went another way than the file.
func (p *plan) conflict(stored knowledge.Entity) string {
	advice := ""
	if len(p.states) == 1 && p.last.Head().Revision > 1 {
		advice = " If the file has the newer state, export it with its earlier revisions."
	}
	return fmt.Sprintf("entity: The store has another state of this %s (revision %d; the file has %d). It was left as it is.%s",
		p.last.Kind().Noun(), stored.Head().Revision, p.last.Head().Revision, advice)
}

// shift counts the revisions of a state differently. What was published at a revision that the copy
// does not have counts as published at its first.
func shift(e knowledge.Entity, by int) {
	e.Head().Revision += by
	if entry, ok := e.(knowledge.Entry); ok && entry.Core().PublishedRevision > 0 {
		entry.Core().PublishedRevision = max(1, entry.Core().PublishedRevision+by)
	}
}

// encodeAnew is everything that a state says, apart from the count of its revisions.
func encodeAnew(e knowledge.Entity) string {
	c := knowledge.Clone(e)
	c.Head().Revision = 1
	if entry, ok := c.(knowledge.Entry); ok && entry.Core().PublishedRevision > 0 {
		entry.Core().PublishedRevision = 1
	}
	knowledge.FillLists(c)
	b, err := knowledge.Encode(c)
	if err != nil {
		panic("bundle: a record that was decoded cannot be encoded: " + err.Error())
	}
	return string(b)
}
