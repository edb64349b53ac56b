package indexsync

import (
	"context"
	"fmt"
	"maps"

	"goodpractice/internal/knowledge"
)

// isNamed tells whether the name of the link's target counts as text of the entity.
func isNamed(r knowledge.Relation) bool {
	switch r {
	case knowledge.RelTheme, knowledge.RelTargetGroup, knowledge.RelContributor, knowledge.RelCountry,
		knowledge.RelOrganisation, knowledge.RelParticipant, knowledge.RelOrganiser, knowledge.RelAuthor,
		knowledge.RelPlace:
		return true
	default:
		return isUpward(r)
	}
}

// isUpward tells whether the link leads to the broader term, or to what the entity is part of.
func isUpward(r knowledge.Relation) bool {
	return r == knowledge.RelBroader || r == knowledge.RelParent
}

// isName tells whether entities of the kind give their names to others.
func isName(k knowledge.Kind) bool {
	switch k {
	case knowledge.KindAuthority, knowledge.KindCountry, knowledge.KindTheme, knowledge.KindTargetGroup,
		knowledge.KindOrganisation:
		return true
	default:
		return false
	}
}

// targets lists what the entity points at by the links.
func targets(e knowledge.Entity, follow func(knowledge.Relation) bool) []knowledge.ID {
	if e == nil || e.Head().Deleted {
		return nil
	}
	var out []knowledge.ID
	for _, ref := range e.References() {
		if follow(ref.Relation) {
			out = append(out, ref.Target)
		}
	}
	return out
}

// Linked loads the records whose names count as text of the entities, with all their broader terms and
// what they are part of. They are read with one Load for all the entities, and one more for each step
// towards the broadest terms. What the store does not have is not in the answer, and a circle of broader
// terms does no harm. An index holds an entity together with these records.
func Linked(
	ctx context.Context, load func(context.Context, ...knowledge.ID) ([]knowledge.Entity, error), entities ...knowledge.Entity,
) (map[knowledge.ID]knowledge.Entity, error) {
	known := make(map[knowledge.ID]knowledge.Entity) // Nil: asked for, and not there.
	var wanted []knowledge.ID
	for _, e := range entities {
		wanted = append(wanted, targets(e, isNamed)...)
	}
	for {
		var ids []knowledge.ID
		for _, id := range wanted {
			if _, asked := known[id]; !asked {
				known[id] = nil
				ids = append(ids, id)
			}
		}
		if len(ids) == 0 {
			break
		}
		loaded, err := load(ctx, ids...)
		if err != nil {
			return nil, fmt.Errorf("load linked records: %w", err)
		}
		wanted = nil
		for i, e := range loaded {
			known[ids[i]] = e
			wanted = append(wanted, targets(e, isUpward)...)
		}
	}
	maps.DeleteFunc(known, func(_ knowledge.ID, e knowledge.Entity) bool { return e == nil })
	return known, nil
}

// linked joins each entity with the records that it is named by.
func (p *pass) linked(ctx context.Context, entities []knowledge.Entity) ([]knowledge.Indexable, error) {
	known, err := Linked(ctx, p.f.store.Load, entities...)
	if err != nil {
		return nil, storeError{err}
	}
	items := make([]knowledge.Indexable, len(entities))
	for i, e := range entities {
		items[i] = knowledge.Indexable{Entity: e, Linked: p.reach(e, known)}
	}
	return items, nil
}

// reach collects what the entity is named by out of what is known. A circle ends where it began.
func (p *pass) reach(e knowledge.Entity, known map[knowledge.ID]knowledge.Entity) map[knowledge.ID]knowledge.Entity {
	own := e.Head().ID
	out := make(map[knowledge.ID]knowledge.Entity)
	for wanted := targets(e, isNamed); len(wanted) > 0; {
		id := wanted[len(wanted)-1]
		wanted = wanted[:len(wanted)-1]
		if _, found := out[id]; found || id == own {
			continue
		}
		p.remember(id, known[id])
		if known[id] != nil {
			out[id] = known[id]
			wanted = append(wanted, targets(known[id], isUpward)...)
		}
	}
	return out
}

// remember notes in which revision a linked record has been used.
func (p *pass) remember(id knowledge.ID, e knowledge.Entity) {
	if p.used == nil {
		return
	}
	revision := 0
	if e != nil {
		revision = e.Head().Revision
	}
	if oldest, found := p.used[id]; !found || revision < oldest {
		p.used[id] = revision
	}
}

// dependents lists the entities outside the batch that are named by a record in it.
//
// In a generation that this pass has filled from its beginning, they were indexed with what the store
// held at that moment. Only a record that is newer than that leaves any of them behind, so a snapshot
// is not indexed once for each of its nouns.
func (p *pass) dependents(ctx context.Context, b batch) ([]knowledge.ID, error) {
	var changed []knowledge.ID
	for _, e := range b.entities() {
		id := e.Head().ID
		if !isName(e.Kind()) {
			continue
		}
		if oldest, found := p.used[id]; p.used == nil || found && oldest < e.Head().Revision {
			changed = append(changed, id)
		}
	}
	if len(changed) == 0 {
		return nil, nil
	}
	found, err := p.into.Dependents(ctx, changed)
	if err != nil {
		return nil, fmt.Errorf("find what depends on changed records: %w", err)
	}
	outside := make([]knowledge.ID, 0, len(found))
	for _, id := range found {
		if !b.has(id) {
			outside = append(outside, id)
		}
	}
	return outside, nil
}
