package indexsync

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"goodpractice/internal/knowledge"
)

// mendAfter is how long a difference must last before the comparison mends it. It is longer than any
// engine takes to tell in its feed of what is stored, also of what a process that died has left untold.
const mendAfter = 5 * time.Second

// compareBeside starts the comparisons, if they are wanted. The function that it returns ends them and
// waits for that.
func (f *Follower) compareBeside(ctx context.Context) (stop func()) {
	if f.compareEvery <= 0 {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var beside sync.WaitGroup
	beside.Go(func() { f.compareOften(ctx) })
	return func() {
		cancel()
		beside.Wait()
	}
}

// compareOften compares until ctx ends. Failures are logged once for each streak.
func (f *Follower) compareOften(ctx context.Context) {
	select {
	case <-f.ready:
	case <-ctx.Done():
	}
	failing := false
	for sleep(ctx, f.compareEvery) {
		err := f.compare(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && !failing:
			f.logger.WarnContext(ctx, "the index cannot be compared with the store: trying again later", "err", err)
		case err == nil && failing:
			f.logger.InfoContext(ctx, "the index can be compared with the store again")
		}
		failing = err != nil
	}
}

// sleep waits. It gives false if ctx ends first.
func sleep(ctx context.Context, d time.Duration) bool {
	if ctx.Err() != nil {
		return false
	}
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// compare looks for differences between store and index that the feed will not heal, and mends those
// that last.
func (f *Follower) compare(ctx context.Context) error {
	suspects, err := f.suspects(ctx)
	if err != nil || len(suspects) == 0 || !sleep(ctx, mendAfter) {
		return err
	}
	var done tally
	for part := range slices.Chunk(suspects, maxBatch) {
		if err = f.mend(ctx, part, &done); err != nil {
			break
		}
	}
	if done != (tally{}) {
		f.logger.WarnContext(ctx, "the index differed from the store and was mended",
			"missing", done.missing, "behind", done.behind, "ahead", done.ahead, "surplus", done.surplus)
	}
	return err
}

// suspects lists the entities that differ and of which the feed has no news, and those that are ahead
// of the store at first sight.
func (f *Follower) suspects(ctx context.Context) ([]finding, error) {
	g := f.index.current()
	// The position is taken first, and the feed is read last: news of it is all that was saved meanwhile.
	position, err := g.Cursor()
	if err == nil && position != "" {
		var stored map[knowledge.ID]knowledge.Revision
		if stored, err = f.stored(ctx); err == nil {
			return f.unexplained(ctx, g, position, stored)
		}
	}
	if f.index.current() != g {
		return nil, nil
	}
	return nil, err
}

// unexplained lists what differs in the generation from what is stored, less what is on its way.
func (f *Follower) unexplained(
	ctx context.Context, g Generation, position knowledge.Cursor, stored map[knowledge.ID]knowledge.Revision,
) ([]finding, error) {
	found, err := differing(ctx, g, stored)
	if err == nil && len(found) == 0 {
		return nil, nil
	}
	var news map[knowledge.ID]struct{}
	if err == nil {
		if news, err = f.news(ctx, position); err != nil {
			err = fmt.Errorf("read the feed: %w", err)
		}
	}
	switch {
	case f.index.current() != g:
		return nil, nil // The next comparison sees what has come of the new generation.
	case errors.Is(err, knowledge.ErrCursorLost): // The feed that Run has open may never notice.
		f.lag.begin(f.now())
		f.logger.WarnContext(ctx, "the feed has forgotten the position of the index: building the index anew", "err", err)
		return nil, f.replace(ctx, g)
	case err != nil:
		return nil, err
	}
	return slices.DeleteFunc(found, func(x finding) bool {
		_, comes := news[x.id]
		return comes && (x.stored == 0 || x.stored > x.indexed)
	}), nil
}

// tally counts what was wrong and is mended.
type tally struct {
	missing, behind int // the store has a later state that the feed has not told of
	ahead, surplus  int // the store has an earlier state, or none
}

// mend looks at suspects again, while nothing else writes to the index, and mends those that differ still.
func (f *Follower) mend(ctx context.Context, suspects []finding, done *tally) error {
	if err := f.applying.Acquire(ctx, 1); err != nil {
		return err
	}
	defer f.applying.Release(1)
	into := f.index.current()
	p, err := f.startPass(into, into)
	if err != nil || p.cursor == "" {
		return err // Without a position, the generation is about to be replaced.
	}
	ids := idsOfAll(suspects)
	// The index is read before the store: a write between the two makes it seem behind, never ahead.
	stamps, err := into.Revisions(ctx, ids)
	if err != nil {
		return fmt.Errorf("read the indexed revisions: %w", err)
	}
	loaded, err := f.store.Load(ctx, ids...)
	if err != nil {
		return fmt.Errorf("load what differs: %w", err)
	}
	var later, earlier []knowledge.Entity
	var now tally
	for i, was := range suspects {
		indexed := stamps[was.id].Revision
		switch state := now.judge(was, indexed, loaded[i]); {
		case state == nil:
		case state.Head().Revision > indexed:
			later = append(later, state)
		default:
			earlier = append(earlier, state)
		}
	}
	if err := p.mend(ctx, later, func() error { return p.write(ctx, later, p.cursor) }); err != nil {
		return err
	}
	if err := p.mend(ctx, earlier, func() error { return p.force(ctx, earlier) }); err != nil {
		return err
	}
	done.add(now)
	return nil
}

func (t *tally) add(other tally) {
	t.missing += other.missing
	t.behind += other.behind
	t.ahead += other.ahead
	t.surplus += other.surplus
}

// judge gives the state that must be written to the index, nil for none, and counts it where something
// was wrong: what is merely late is written without being counted.
func (t *tally) judge(was finding, indexed knowledge.Revision, stored knowledge.Entity) knowledge.Entity {
	switch {
	case stored == nil && (indexed == 0 || was.stored != 0 || indexed != was.indexed):
		return nil // It is gone, or the feed is about to tell that it is.
	case stored == nil:
		t.surplus++
		return tombstone(was.id, indexed)
	case stored.Head().Revision == indexed:
		return nil
	case stored.Head().Revision < indexed:
		t.ahead++
	case indexed >= was.stored: // The state of the first look has come meanwhile, and a later one is on its way.
	case indexed == 0:
		t.missing++
	default:
		t.behind++
	}
	return stored
}

// tombstone stands for an entity that the store does not have. An index cares for nothing but its id.
func tombstone(id knowledge.ID, revision knowledge.Revision) knowledge.Entity {
	e := knowledge.New(id.Kind())
	if e == nil { // No id of ours: any kind will do.
		e = knowledge.New(knowledge.KindPractice)
	}
	*e.Head() = knowledge.Meta{ID: id, Revision: revision, Deleted: true}
	return e
}

// mend writes entities without moving the position. What depends on them comes first: if something
// fails in between, the entities differ still, and the next comparison begins again.
func (p *pass) mend(ctx context.Context, entities []knowledge.Entity, write func() error) error {
	if len(entities) == 0 {
		return nil
	}
	var b batch
	for _, e := range entities {
		b.add(knowledge.Change{Cursor: p.cursor, Entity: e})
	}
	dependents, err := p.dependents(ctx, b)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(dependents, maxBatch) {
		if err := p.refresh(ctx, chunk, p.cursor); err != nil {
			return err
		}
	}
	if err := write(); err != nil {
		return err
	}
	p.f.waiters.release(slices.DeleteFunc(slices.Clone(entities), func(e knowledge.Entity) bool { return e.Head().Deleted }))
	return nil
}

// force indexes states although the index has later ones. Subscribers have been told of states that are
// taken back, so subscriptions end where one of an entry is.
func (p *pass) force(ctx context.Context, entities []knowledge.Entity) error {
	items, err := p.linked(ctx, entities)
	if err != nil {
		return err
	}
	p.f.forget(idsOf(entities))
	if err := p.into.Apply(ctx, items, p.cursor); err != nil {
		return fmt.Errorf("write to the index: %w", err)
	}
	if slices.ContainsFunc(entities, func(e knowledge.Entity) bool { return e.Head().ID.Kind().IsEntry() }) {
		p.f.subscribers.dropAll()
	}
	return nil
}
