package bundle

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"goodpractice/internal/knowledge"
)

// plan is an entity of the lossless form on its way into the store.
type plan struct {
	line   int
	last   knowledge.Entity   // as the entity is in the file
	states []knowledge.Entity // that are still to be saved, oldest first
	saved  int                // of the states
	what   outcome
	why    string // it was refused
}

// saveForms imports lossless lines that follow each other.
func (im *importer) saveForms(ctx context.Context, items []item) error {
	var plans []*plan
	for _, it := range items {
		switch p := im.readForm(it); {
		case p == nil:
		case im.waits(p):
			im.waiting = append(im.waiting, p)
		default:
			plans = append(plans, p)
		}
	}
	return im.savePlans(ctx, plans, im.saveStates)
}

// savePlans compares the entities with the store, saves what it lacks, and enters what became of each.
func (im *importer) savePlans(ctx context.Context, plans []*plan, save func(context.Context, []*plan) error) error {
	ids := make([]knowledge.ID, len(plans))
	for i, p := range plans {
		ids[i] = p.last.Head().ID
	}
	stored, err := im.options.Store.Load(ctx, ids...)
	if err != nil {
		return fmt.Errorf("load records: %w", err)
	}
	for i, p := range plans {
		p.compare(stored[i])
	}
	if err := save(ctx, plans); err != nil {
		return err
	}
	for _, p := range plans {
		if p.why != "" {
			im.refuse(p.line, p.why)
		} else {
			im.count(p.what)
			im.noteLinks(p)
		}
	}
	return nil
}

// readForm reads one line; nil unless it ends with an entity that may be saved.
func (im *importer) readForm(it item) *plan {
	if it.bad != "" {
		im.earlier = nil
		im.refuse(it.line, it.bad)
		return nil
	}
	switch it.form.Form {
	case formHeader:
		im.hasHeader, im.ended, im.entities = true, false, 0
	case formHistory:
		im.earlier = append(im.earlier, it.form.states...)
	case formEnd:
		im.ended = true
		if n := *it.form.Entities; n != im.entities {
			im.refuse(it.line, fmt.Sprintf("The file says that it holds %d entities, and there are %d.", n, im.entities))
		}
	default:
		im.entities++
		return im.readEntity(it)
	}
	return nil
}

// readEntity checks the entity of a line.
func (im *importer) readEntity(it item) *plan {
	states := slices.Concat(im.earlier, it.form.states)
	im.earlier = nil
	last := states[len(states)-1]
	m := last.Head()
	if why := im.checkEntity(states, last, it.form.History != nil || len(states) > 1); why != "" {
		im.refuse(it.line, why)
		return nil
	}
	if first, second := im.isSecond(seenKey{id: m.ID}, it.line); second {
		im.refuse(it.line, fmt.Sprintf("entity: The %s is on line %d already.", last.Kind().Noun(), first))
		return nil
	}
	return &plan{line: it.line, last: last, states: states}
}

// checkEntity tells why the states, oldest first, cannot be imported; "" where they can.
func (im *importer) checkEntity(states []knowledge.Entity, last knowledge.Entity, hasHistory bool) string {
	if last.Kind().IsAdministrative() && !im.options.Tokens {
		return "kind: Access tokens and partners are imported only when that is asked for."
	}
	if err := checkStates(states); err != nil {
		return err.Error()
	}
	if hasHistory && states[0].Head().Revision != 1 {
		return fmt.Sprintf("history: Revision %d is missing.", states[0].Head().Revision-1)
	}
	if last.Head().Deleted {
		if states[0].Head().Revision != 1 {
			return "history: A deleted record needs its earlier states."
		}
		return ""
	}
	if p := last.Problems(); len(p) > 0 {
		return p.Error()
	}
	return ""
}

// saveStates saves the states of all plans, one of each at a time. A state whose slug is taken waits
// until the others have moved on, for one of them may give it up.
func (im *importer) saveStates(ctx context.Context, plans []*plan) error {
	if im.isDry {
		return nil
	}
	for {
		var open []*plan
		var entities []knowledge.Entity
		for _, p := range plans {
			if p.why == "" && p.saved < len(p.states) {
				open, entities = append(open, p), append(entities, p.states[p.saved])
			}
		}
		if len(open) == 0 {
			return nil
		}
		errs := knowledge.SaveErrors(im.options.Store.Save(ctx, entities...), len(entities))
		isStuck := !slices.ContainsFunc(errs, func(err error) bool { return !errors.Is(err, knowledge.ErrSlugTaken) })
		for i, p := range open {
			if err := im.settle(ctx, p, errs[i], isStuck); err != nil {
				return err
			}
		}
	}
}

// settle enters what became of the next state of a plan. Where nobody gives up its slug any more, an
// older state is saved under the slug that the entity has today.
func (im *importer) settle(ctx context.Context, p *plan, err error, isStuck bool) error {
	e, last := p.states[p.saved], p.last.Head()
	if errors.Is(err, knowledge.ErrSlugTaken) {
		if !isStuck {
			return nil
		}
		if e.Head().Slug != last.Slug {
			e.Head().Slug = last.Slug
			err = im.options.Store.Save(ctx, e)
		}
	}
	if errors.Is(err, knowledge.ErrConflict) && last.Deleted && e.Head().Revision == 1 {
		p.what, p.states, p.saved = unchanged, nil, 0 // It was deleted here, too.
		return nil
	}
	if p.why, err = whyNotSaved(e, err); err != nil {
		return fmt.Errorf("save: %w", err)
	}
	if p.why == "" {
		p.saved++
	}
	return nil
}
