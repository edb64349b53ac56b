package catalog_test

import (
	"context"
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// awaiting is a catalog that counts what is awaited and says of it what the test says.
func (r *rig) awaiting(t *testing.T, reached *bool) (*catalog.Catalog, *int) {
	t.Helper()
	asked := new(int)
	return r.with(t, func(o *catalog.Options) {
		o.Await = func(context.Context, knowledge.ID, knowledge.Revision) bool {
			*asked++
			return *reached
		}
	}), asked
}

// A token that was made up is refused at once, and in the same words whatever it names.
func TestCatchUpTellsNothingOfWhatIsHidden(t *testing.T) {
	t.Parallel()
	public, hidden := owned("homes", knowledge.StatusPublished), owned("plans", knowledge.StatusDraft)
	r := newRig(t, public, hidden)
	reached, loads := true, 0
	c, asked := r.awaiting(t, &reached)
	r.faults.set(func(f *faulty) {
		f.load = func([]knowledge.ID) error {
			loads++
			return nil
		}
	})
	missing := c.CatchUp(as(t, anonymous()), knowledge.ConsistencyToken{ID: knowledge.NewID(knowledge.KindPractice), Revision: 1})
	failure(t, missing, knowledge.Unavailable, "")
	for name, test := range map[string]struct {
		actor knowledge.Actor
		token knowledge.ConsistencyToken
	}{
		"a draft, to nobody":          {anonymous(), knowledge.ConsistencyTokenOf(hidden)},
		"a draft, to another city":    {cluj(), knowledge.ConsistencyTokenOf(hidden)},
		"a later state of a draft":    {anonymous(), knowledge.ConsistencyToken{ID: hidden.ID, Revision: 9}},
		"a later state of a record":   {anonymous(), knowledge.ConsistencyToken{ID: public.ID, Revision: 2}},
		"a later state, to its owner": {madrid(), knowledge.ConsistencyToken{ID: hidden.ID, Revision: 2}},
	} {
		if err := c.CatchUp(as(t, test.actor), test.token); err == nil || err.Error() != missing.Error() {
			t.Errorf("%s: %v, want %v", name, err, missing)
		}
	}
	if *asked != 0 || loads != 6 {
		t.Errorf("waited %d times and read the store %d times for 6 tokens", *asked, loads)
	}
	for _, actor := range []knowledge.Actor{madrid(), editor()} {
		if err := c.CatchUp(as(t, actor), knowledge.ConsistencyTokenOf(hidden)); err != nil {
			t.Errorf("%s: %v", actor.Name, err)
		}
	}
	reached = false
	if err := c.CatchUp(as(t, anonymous()), knowledge.ConsistencyTokenOf(public)); err == nil || err.Error() != missing.Error() {
		t.Errorf("not reached: %v", err)
	}
	same(t, "waits", 3, *asked)
}

func TestCatchUpWithoutItsStore(t *testing.T) {
	t.Parallel()
	public, hidden, other := owned("homes", knowledge.StatusPublished), owned("plans", knowledge.StatusDraft), owned("other", knowledge.StatusPublished)
	r := newRig(t, public, hidden, other)
	reached := true
	c, asked := r.awaiting(t, &reached)
	c.Changed([]knowledge.Entity{public, hidden})
	r.faults.set(func(f *faulty) { f.load = func([]knowledge.ID) error { return unavailable() } })
	if err := c.CatchUp(as(t, anonymous()), knowledge.ConsistencyTokenOf(public)); err != nil || *asked != 1 {
		t.Errorf("what is in memory: %v", err)
	}
	for name, token := range map[string]knowledge.ConsistencyToken{
		"a draft":              knowledge.ConsistencyTokenOf(hidden),
		"not in memory":        knowledge.ConsistencyTokenOf(other),
		"a later state of one": {ID: public.ID, Revision: 2},
	} {
		if err := c.CatchUp(as(t, anonymous()), token); !knowledge.IsKind(err, knowledge.Unavailable) || *asked != 1 {
			t.Errorf("%s: %v, waited %d times", name, err, *asked)
		}
	}
	r.faults.set(func(f *faulty) { f.load = func([]knowledge.ID) error { return errBroken } })
	if err := c.CatchUp(as(t, anonymous()), knowledge.ConsistencyTokenOf(public)); err == nil || knowledge.IsKind(err, knowledge.Unavailable) {
		t.Errorf("a store that is broken: %v", err)
	}
}
