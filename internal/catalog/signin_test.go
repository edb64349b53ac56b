package catalog_test

import (
	"context"
	"testing"
	"time"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestATokenThatHasEndedIsNoSignIn(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	token, secret, err := r.CreateToken(as(t, admin()), catalog.TokenDraft{Name: "A colleague", Role: knowledge.RoleEditor})
	if err != nil {
		t.Fatal(err)
	}
	colleague, err := r.authenticate(t, secret)
	if err != nil {
		t.Fatal(err)
	}
	for name, actor := range map[string]knowledge.Actor{"anonymous": {}, "a holder": colleague} {
		if err := r.SignedIn(as(t, actor)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	changes, err := r.Follow(as(t, colleague), nil, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.RevokeToken(as(t, admin()), token.ID); err != nil {
		t.Fatal(err)
	}
	failure(t, r.SignedIn(as(t, colleague)), knowledge.Unauthenticated, "")
	saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("A secret"), knowledge.Request{}))
	select {
	case change, open := <-changes:
		if open {
			t.Errorf("a revoked token heard of %s", change.ID)
		}
	case <-time.After(10 * time.Second):
		t.Error("the stream of a revoked token goes on")
	}
}

func TestSignedInNowReadsTheStore(t *testing.T) {
	t.Parallel()
	token := knowledgetest.Token("secret", knowledge.RoleEditor)
	r := newRig(t, token)
	c := r.small(t, 10) // Nobody tells it of changes.
	holder := as(t, knowledge.Actor{ID: token.ID, Role: knowledge.RoleEditor})
	for name, check := range map[string]func(context.Context) error{"SignedIn": c.SignedIn, "SignedInNow": c.SignedInNow} {
		for _, ctx := range []context.Context{holder, as(t, anonymous())} {
			if err := check(ctx); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	revoked := knowledgetest.Revised(token, func(x *knowledge.Token) { x.RevokedAt = new(start()) })
	if err := r.store.Save(t.Context(), revoked); err != nil {
		t.Fatal(err)
	}
	if err := c.SignedIn(holder); err != nil {
		t.Fatalf("the memory has heard of it: the test tests nothing: %v", err)
	}
	r.faults.set(func(f *faulty) { f.load = func([]knowledge.ID) error { return unavailable() } })
	failure(t, c.SignedInNow(holder), knowledge.Unavailable, "")
	loads := 0
	r.faults.set(func(f *faulty) {
		f.load = func([]knowledge.ID) error {
			loads++
			return nil
		}
	})
	failure(t, c.SignedInNow(holder), knowledge.Unauthenticated, "")
	failure(t, c.SignedIn(holder), knowledge.Unauthenticated, "")
	same(t, "reads", 1, loads)
	failure(t, c.SignedInNow(as(t, knowledge.Actor{ID: knowledge.NewID(knowledge.KindToken)})), knowledge.Unauthenticated, "")

	ends := start().Add(-time.Hour)
	ended := knowledgetest.Token("another", knowledge.RoleEditor)
	ended.ExpiresAt = &ends
	if err := r.store.Save(t.Context(), ended); err != nil {
		t.Fatal(err)
	}
	failure(t, c.SignedInNow(as(t, knowledge.Actor{ID: ended.ID})), knowledge.Unauthenticated, "")
}

func TestCompletenessIsTheSameForEveryone(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusPublished)
	p.Contacts = []knowledge.Contact{{Email: new("x@example.org"), Visibility: knowledge.ContactSecretariat}}
	r := newRig(t, p)
	score := func(a knowledge.Actor) int {
		found, err := r.Load(as(t, a), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		return found[0].(*knowledge.Practice).Completeness().Score
	}
	if public, inside := score(knowledge.Actor{}), score(editor()); public != inside {
		t.Errorf("the public is told %d %%, an editor %d %%", public, inside)
	}
}

func TestABlankTextIsNone(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	l := every()
	all, err := r.Find(as(t, partner()), l)
	if err != nil {
		t.Fatal(err)
	}
	l.Text = "  \t "
	blank, err := r.Find(as(t, partner()), l)
	if err != nil || blank.Total != all.Total || all.Total == 0 {
		t.Errorf("a blank text finds %d, no text %d, %v", blank.Total, all.Total, err)
	}
}

func TestADimensionCountsOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	_, _, err := r.CrossTable(as(t, partner()), knowledge.CrossTable{
		Dimensions: []knowledge.FacetField{knowledge.FacetTheme, knowledge.FacetTheme},
	})
	failure(t, err, knowledge.Invalid, "by")
}
