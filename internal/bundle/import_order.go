package bundle

import (
	"cmp"
	"context"
	"slices"
	"time"

	"goodpractice/internal/knowledge"
)

// waits tells whether an entity has or had a slug that some record gave up.
func (im *importer) waits(p *plan) bool {
	return slices.ContainsFunc(p.states, func(e knowledge.Entity) bool {
		return im.former[slugKey{e.Kind(), e.Head().Slug}]
	})
}

// saveWaiting saves the entities that waited: those that share a slug in the order of time.
func (im *importer) saveWaiting(ctx context.Context) error {
	owners := map[slugKey]map[knowledge.ID]bool{}
	for _, p := range im.waiting {
		for _, e := range p.states {
			key := slugKey{e.Kind(), e.Head().Slug}
			if owners[key] == nil {
				owners[key] = map[knowledge.ID]bool{}
			}
			owners[key][p.last.Head().ID] = true
		}
	}
	var sharing, alone []*plan
	for _, p := range im.waiting {
		if slices.ContainsFunc(p.states, func(e knowledge.Entity) bool { return len(owners[slugKey{e.Kind(), e.Head().Slug}]) > 1 }) {
			sharing = append(sharing, p)
		} else {
			alone = append(alone, p)
		}
	}
	im.waiting = nil
	for batch := range slices.Chunk(alone, batchSize) {
		if err := im.savePlans(ctx, batch, im.saveStates); err != nil {
			return err
		}
	}
	if len(sharing) == 0 {
		return nil
	}
	return im.savePlans(ctx, sharing, im.saveInTime)
}

// moment is when a state was saved; no earlier than those before it.
type moment struct {
	at       time.Time
	revision knowledge.Revision
	plan     *plan
}

// saveInTime saves the states of all plans in the order in which they came about. Among states of the same
// time, one whose slug is taken waits for the others.
func (im *importer) saveInTime(ctx context.Context, plans []*plan) error {
	if im.isDry {
		return nil
	}
	var moments []moment
	for _, p := range plans {
		var at time.Time
		for _, e := range p.states {
			for _, t := range []time.Time{e.Head().UpdatedAt, e.Head().Edit.At} {
				if t.After(at) {
					at = t
				}
			}
			moments = append(moments, moment{at, e.Head().Revision, p})
		}
	}
	slices.SortStableFunc(moments, func(a, b moment) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.revision, b.revision))
	})
	for len(moments) > 0 {
		end := 1
		for end < len(moments) && moments[end].at.Equal(moments[0].at) {
			end++
		}
		if err := im.saveTogether(ctx, moments[:end]); err != nil {
			return err
		}
		moments = moments[end:]
	}
	return im.saveStates(ctx, plans) // What could not be saved: clocks may go wrong.
}

// saveTogether saves states of the same time, for as long as one more can be saved.
func (im *importer) saveTogether(ctx context.Context, open []moment) error {
	for isMore := true; isMore && len(open) > 0; {
		var blocked []moment
		isMore = false
		for _, m := range open {
			p := m.plan
			if p.why != "" || p.saved == len(p.states) {
				continue
			}
			before := p.saved
			if err := im.settle(ctx, p, im.options.Store.Save(ctx, p.states[p.saved]), false); err != nil {
				return err
			}
			if isMore = isMore || p.saved > before; p.saved == before {
				blocked = append(blocked, m)
			}
		}
		open = blocked
	}
	return nil
}
