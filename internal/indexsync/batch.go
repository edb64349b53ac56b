package indexsync

import "goodpractice/internal/knowledge"

// maxBatch is how many changes make one batch of the index. Bleve gains nothing from more, and a
// waiting mutation would wait longer.
const maxBatch = 500

// batch is a run of changes, with one state for each entity.
type batch struct {
	states   []knowledge.Entity   // in the order of each entity's last change; nil where a newer one follows
	at       map[knowledge.ID]int // where in states the entity is
	items    int                  // how many changes went in
	cursor   knowledge.Cursor     // the position after the last of them
	caughtUp bool                 // the last was the mark
}

// add appends a change. Of several states of one entity the newest stays.
func (b *batch) add(c knowledge.Change) {
	b.items++
	b.cursor, b.caughtUp = c.Cursor, c.CaughtUp
	if c.Entity == nil {
		return
	}
	id := c.Entity.Head().ID
	if i, found := b.at[id]; found {
		if c.Entity.Head().Revision < b.states[i].Head().Revision {
			return
		}
		b.states[i] = nil
	}
	if b.at == nil {
		b.at = make(map[knowledge.ID]int)
	}
	b.at[id] = len(b.states)
	b.states = append(b.states, c.Entity)
}

// isFull tells whether the batch should be applied without waiting for more.
func (b *batch) isFull() bool { return b.items >= maxBatch || b.caughtUp }

// has tells whether a state of the entity is in the batch.
func (b *batch) has(id knowledge.ID) bool {
	_, found := b.at[id]
	return found
}

// entities lists the states.
func (b *batch) entities() []knowledge.Entity { return present(b.states) }

// present is the list without its gaps.
func present(list []knowledge.Entity) []knowledge.Entity {
	out := make([]knowledge.Entity, 0, len(list))
	for _, e := range list {
		if e != nil {
			out = append(out, e)
		}
	}
	return out
}

// idsOf lists the ids of the entities.
func idsOf(entities []knowledge.Entity) []knowledge.ID {
	out := make([]knowledge.ID, len(entities))
	for i, e := range entities {
		out[i] = e.Head().ID
	}
	return out
}
