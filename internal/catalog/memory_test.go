package catalog_test

import (
	"context"
	"slices"
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// held lists which of the records are in memory, as an administrator sees them.
func held(t *testing.T, c *catalog.Catalog, ids ...knowledge.ID) map[knowledge.ID]knowledge.Revision {
	t.Helper()
	out := map[knowledge.ID]knowledge.Revision{}
	for _, id := range ids {
		if e, ok := c.Kept(as(t, admin()), id); ok {
			out[id] = e.Head().Revision
		}
	}
	return out
}

// small is a catalog with room for few records, which nobody tells of changes.
func (r *rig) small(t *testing.T, size int) *catalog.Catalog {
	t.Helper()
	return r.with(t, func(o *catalog.Options) { o.CacheSize = size })
}

func TestMemoryTakesInWhatItIsToldOfWhileItHasRoom(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	c := r.small(t, 2)
	a, b, third := knowledgetest.Practice("a"), knowledgetest.Practice("b"), knowledgetest.Practice("c")
	c.Changed([]knowledge.Entity{a, b, third})
	same(t, "held", map[knowledge.ID]knowledge.Revision{a.ID: 1, b.ID: 1}, held(t, c, a.ID, b.ID, third.ID))
	c.Changed([]knowledge.Entity{knowledgetest.Revised(a, nil), knowledgetest.Deleted(b), third})
	same(t, "held after changes", map[knowledge.ID]knowledge.Revision{a.ID: 2, third.ID: 1}, held(t, c, a.ID, b.ID, third.ID))
}

func TestMemoryNeverGoesBack(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := owned("homes", knowledge.StatusPublished)
	newer := knowledgetest.Revised(p, nil)
	if err := r.store.Save(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if err := r.store.Save(t.Context(), newer); err != nil {
		t.Fatal(err)
	}
	c := r.small(t, 10)
	if _, err := c.Load(as(t, admin()), p.ID); err != nil { // It reads what the feed has not told of.
		t.Fatal(err)
	}
	c.Changed([]knowledge.Entity{p})
	same(t, "held after an old change", map[knowledge.ID]knowledge.Revision{p.ID: 2}, held(t, c, p.ID))
}

func TestWhatIsForgottenIsReadAgain(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusPublished)
	r := newRig(t, p)
	c := r.small(t, 10)
	later := knowledgetest.Revised(knowledgetest.Revised(p, nil), nil)
	c.Changed([]knowledge.Entity{p, later}) // A state that the store, restored since, has no more.
	read := func() knowledge.Revision {
		t.Helper()
		found, err := c.Load(as(t, admin()), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		return found[0].Head().Revision
	}
	same(t, "before", 3, read())
	c.Forget([]knowledge.ID{p.ID})
	same(t, "held", map[knowledge.ID]knowledge.Revision{}, held(t, c, p.ID))
	same(t, "after", 1, read())
	same(t, "held again", map[knowledge.ID]knowledge.Revision{p.ID: 1}, held(t, c, p.ID))
	c.Changed([]knowledge.Entity{knowledgetest.Revised(p, nil)})
	same(t, "and on", 2, read())
}

func TestAReadFromBeforeForgettingKeepsNothing(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusPublished)
	r := newRig(t, p)
	c := r.small(t, 10)
	r.faults.set(func(f *faulty) {
		f.load = func([]knowledge.ID) error {
			c.Forget([]knowledge.ID{p.ID}) // While the read is under way.
			return nil
		}
	})
	if found, err := c.Load(as(t, admin()), p.ID); err != nil || found[0] == nil {
		t.Fatalf("%v, %v", found, err)
	}
	same(t, "held", map[knowledge.ID]knowledge.Revision{}, held(t, c, p.ID))
}

// unavailable is what a store that is away answers.
func unavailable() error {
	return &knowledge.Error{Kind: knowledge.Unavailable, Message: "The database does not answer.", Err: errBroken}
}

func TestAPageWithoutItsStore(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	ctx := as(t, partner())
	whole, err := r.Find(ctx, every())
	if err != nil || whole.Unread != nil {
		t.Fatalf("%+v, %v", whole, err)
	}
	r.faults.set(func(f *faulty) { f.load = func([]knowledge.ID) error { return unavailable() } })
	gone := whole.Items[1].Entity.Head().ID
	r.Forget([]knowledge.ID{gone})
	part, err := r.Find(ctx, every())
	if err != nil || !knowledge.IsKind(part.Unread, knowledge.Unavailable) {
		t.Fatalf("%+v, %v", part, err)
	}
	want := whole
	want.Items, want.Unread = slices.Delete(slices.Clone(whole.Items), 1, 2), part.Unread
	same(t, "the rest", len(want.Items), len(part.Items))
	same(t, "the total", want.Total, part.Total)
	for i := range want.Items {
		same(t, "an item", want.Items[i].Cursor, part.Items[i].Cursor)
	}
	loaded, err := r.Load(ctx, gone, want.Items[0].Entity.Head().ID)
	if !knowledge.IsKind(err, knowledge.Unavailable) || loaded[0] != nil || loaded[1] == nil {
		t.Errorf("Load gives %v, %v", loaded, err)
	}
}

func TestTokensAreReadFromMemory(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	token, secret, err := r.CreateToken(as(t, admin()), catalog.TokenDraft{Name: "A colleague", Role: knowledge.RoleEditor})
	if err != nil {
		t.Fatal(err)
	}
	r.faults.set(func(f *faulty) { f.load = func([]knowledge.ID) error { return unavailable() } })
	if _, err := r.authenticate(t, secret); err != nil {
		t.Errorf("away, with the token in memory: %v", err)
	}
	r.Forget([]knowledge.ID{token.ID})
	if _, err := r.authenticate(t, secret); !knowledge.IsKind(err, knowledge.Unavailable) {
		t.Errorf("away, with the token in neither: %v", err)
	}
	r.faults.set(func(f *faulty) { f.load = nil })
	if found, err := r.Tokens().Load(t.Context(), theme("housing"), token.ID); err != nil || found[0] != nil || found[1] == nil {
		t.Errorf("of a theme and a token it gives %v, %v", found, err)
	}
	// Another server revokes it: the feed tells.
	revoked := knowledgetest.Revised(r.stored(t, token.ID), func(e knowledge.Entity) {
		now := start()
		e.(*knowledge.Token).RevokedAt = &now
	})
	if err := r.store.Save(t.Context(), revoked); err != nil {
		t.Fatal(err)
	}
	if !r.Await(t.Context(), token.ID, 2) {
		t.Fatal("the revocation does not come")
	}
	if _, err := r.authenticate(t, secret); !knowledge.IsKind(err, knowledge.Unauthenticated) {
		t.Errorf("revoked on another server: %v", err)
	}
}

func TestCatchUp(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	got, err := r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("Homes first"), keyed("once"))
	if err != nil {
		t.Fatal(err)
	}
	want := knowledge.ConsistencyTokenOf(got.Entity)
	same(t, "the token", want, got.Token)
	if err := r.CatchUp(as(t, madrid()), got.Token); err != nil {
		t.Errorf("what was saved here: %v", err)
	}
	again, err := r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("Homes first"), keyed("once"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the token of a repetition", want, again.Token)
	foreseen, err := r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("Another"), dry())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the token of a dry run", knowledge.ConsistencyToken{}, foreseen.Token)
	c := r.with(t, func(o *catalog.Options) {
		o.Await = func(context.Context, knowledge.ID, knowledge.Revision) bool { return false }
	})
	failure(t, c.CatchUp(as(t, madrid()), want), knowledge.Unavailable, "")
	if err := c.CatchUp(t.Context(), knowledge.ConsistencyToken{}); err != nil {
		t.Errorf("no token: %v", err)
	}
}
