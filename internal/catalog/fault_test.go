package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

var errBroken = errors.New("the disk is on fire")

// broken checks an error that is not the client's doing: it wraps its cause and is no refusal.
func broken(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, errBroken) {
		t.Errorf("%s gives %v, want the failure of the engine", what, err)
	}
	if problems, ok := errors.AsType[knowledge.Problems](err); ok {
		t.Errorf("%s refuses: %v", what, problems)
	}
}

// searching is a search engine that fails where the test says so.
type searching struct {
	catalog.Search

	fail func(l knowledge.Listing) error
}

// Find implements catalog.Search.
func (s searching) Find(ctx context.Context, l knowledge.Listing) (knowledge.Found, error) {
	if err := s.fail(l); err != nil {
		return knowledge.Found{}, err
	}
	return s.Search.Find(ctx, l)
}

// CrossTable implements catalog.Search.
func (searching) CrossTable(context.Context, knowledge.CrossTable) ([]knowledge.Cell, int, error) {
	return nil, 0, errBroken
}

// Similar implements catalog.Search.
func (searching) Similar(context.Context, knowledge.ID, int, knowledge.Actor) ([]knowledge.Hit, error) {
	return nil, errBroken
}

// Suggest implements catalog.Search.
func (searching) Suggest(context.Context, string, int, []knowledge.LanguageTag) ([]knowledge.Suggestion, error) {
	return nil, errBroken
}

// uses are calls of everything that reads the store or the index.
func uses(t *testing.T, c *catalog.Catalog, p *knowledge.Practice) map[string]func() error {
	t.Helper()
	ctx := as(t, admin())
	change := saying("Changed.")
	change.Themes = []string{"housing"}
	only := func(_ any, err error) error { return err }
	return map[string]func() error{
		"Create": func() error {
			return only(c.Create(ctx, knowledge.KindPractice, "en", draft("x"), knowledge.Request{}))
		},
		"Create dry": func() error { return only(c.Create(ctx, knowledge.KindPractice, "en", draft("x"), dry())) },
		"Update":     func() error { return only(c.Update(ctx, target(p), nil, change, knowledge.Request{})) },
		"Step":       func() error { return only(c.Step(ctx, target(p), knowledge.ActionSubmit, nil, knowledge.Request{})) },
		"Link": func() error {
			return only(c.Link(ctx, target(p), knowledge.RelVariantOf, practice("other"), nil, knowledge.Request{}))
		},
		"Revoke":       func() error { return only(c.RevokeToken(ctx, knowledge.NewID(knowledge.KindToken))) },
		"Load":         func() error { return only(c.Load(ctx, p.ID)) },
		"BySlug":       func() error { return only(c.BySlug(ctx, knowledge.KindPractice, "homes")) },
		"Find":         func() error { return only(c.Find(ctx, every())) },
		"Find by slug": func() error { l := every(); l.Filter.Themes = []string{"housing"}; return only(c.Find(ctx, l)) },
		"Facets":       func() error { return only(c.Facets(ctx, every(), nil, 5)) },
		"Highlights":   func() error { return only(c.Highlights(ctx, marking{}, p)) },
		"Similar":      func() error { return only(c.Similar(ctx, p, 5, c.Load)) },
		"Suggest":      func() error { return only(c.Suggest(ctx, "hom", 5)) },
		"Interpretation": func() error {
			return only(c.Interpretation(ctx, &knowledge.Interpretation{Synonyms: []knowledge.Synonym{{ID: theme("housing")}}}))
		},
		"Follow by slug": func() error { return only(c.Follow(ctx, &knowledge.EntryFilter{Themes: []string{"housing"}}, true)) },
		"CreateToken": func() error {
			_, _, err := c.CreateToken(ctx, catalog.TokenDraft{Name: "x", Role: knowledge.RoleContributor, Authorities: []string{"madrid"}})
			return err
		},
		"CrossTable": func() error {
			_, _, err := c.CrossTable(ctx, knowledge.CrossTable{Dimensions: []knowledge.FacetField{knowledge.FacetKind}})
			return err
		},
	}
}

func TestFailuresOfTheStoreAreNoRefusals(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	r := newRig(t, p, owned("other", knowledge.StatusPublished))
	r.faults.set(func(f *faulty) { f.load = func([]knowledge.ID) error { return errBroken } })
	unchanged := r.mark(t)
	c := r.with(t, func(o *catalog.Options) {
		o.Search = scripted{
			Search: o.Search, similar: []knowledge.Hit{{ID: practice("other")}}, suggested: []knowledge.Suggestion{{ID: practice("other")}},
		}
	})
	for name, use := range uses(t, c, p) {
		r.forgetAll(t)
		if slices.Contains([]string{"Facets", "Find by slug", "Follow by slug", "CrossTable"}, name) {
			continue // These need not load anything.
		}
		broken(t, name, use())
	}
	unchanged()
}

func TestFailuresOfTheIndexAreNoRefusals(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	r := newRig(t, p, owned("other", knowledge.StatusPublished))
	c := r.with(t, func(o *catalog.Options) {
		o.Search = searching{o.Search, func(knowledge.Listing) error { return errBroken }}
	})
	unchanged := r.mark(t)
	for name, use := range uses(t, c, p) {
		if !slices.Contains([]string{"Step", "Link", "Revoke", "Load", "Highlights", "Interpretation"}, name) { // These need no index.
			broken(t, name, use())
		}
	}
	unchanged()
}

func TestAFailureToSaveIsNoRefusal(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	r := newRig(t, p)
	token, _, err := r.CreateToken(as(t, admin()), catalog.TokenDraft{Name: "x", Role: knowledge.RoleEditor})
	if err != nil {
		t.Fatal(err)
	}
	r.faults.set(func(f *faulty) { f.save = func([]knowledge.Entity) (bool, error) { return false, errBroken } })
	unchanged := r.mark(t)
	_, err = r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("x"), keyed("key"))
	broken(t, "Create", err)
	_, err = r.Update(as(t, madrid()), target(p), nil, saying("x"), keyed("key"))
	broken(t, "Update", err)
	_, _, err = r.CreateToken(as(t, admin()), catalog.TokenDraft{Name: "x", Role: knowledge.RoleEditor})
	broken(t, "CreateToken", err)
	_, err = r.RevokeToken(as(t, admin()), token.ID)
	broken(t, "RevokeToken", err)
	unchanged()
	shown, err := r.Load(as(t, madrid()), p.ID)
	if err != nil || shown[0].Head().Revision != 1 {
		t.Errorf("readers see %+v, %v", shown[0], err)
	}
}

func TestAFailureOfTheHistoryIsNoRefusal(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	r := newRig(t, p)
	r.faults.set(func(f *faulty) { f.history = errBroken })
	_, err := r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("x"), keyed("key"))
	broken(t, "Create", err)
	_, err = r.Update(as(t, madrid()), target(p), nil, saying("x"), keyed("key"))
	broken(t, "Update", err)
	_, allowed, err := r.History(as(t, madrid()), p, 0, 5)
	broken(t, "History", err)
	if !allowed {
		t.Error("a failure took the right to see the history")
	}
}

func TestWhatCannotBeFoundYetIsSavedAllTheSame(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	c := r.with(t, func(o *catalog.Options) {
		o.Await = func(context.Context, knowledge.ID, knowledge.Revision) bool { return false }
	})
	got, err := c.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("Homes first"), knowledge.Request{})
	if err != nil || got.Searchable || got.Entity.Head().Revision != 1 {
		t.Errorf("answered %+v, %v", got, err)
	}
	if r.stored(t, got.Entity.Head().ID) == nil {
		t.Error("it is not saved")
	}
	if before, err := c.Load(as(t, madrid()), got.Entity.Head().ID); err != nil || before[0].Head().Revision != 1 {
		t.Errorf("the author sees %+v, %v", before[0], err)
	}
	again, err := c.Update(as(t, madrid()), target(got.Entity), nil, saying("Changed."), knowledge.Request{})
	if err != nil || again.Searchable {
		t.Errorf("answered %+v, %v", again, err)
	}
	shown, err := c.Load(as(t, madrid()), got.Entity.Head().ID)
	if err != nil || shown[0].Head().Revision != 2 {
		t.Errorf("the author sees %+v, %v", shown[0], err)
	}
}

// once lets another save a record between the load and the save of the first change.
func (r *rig) once(t *testing.T, e knowledge.Entity) {
	t.Helper()
	r.faults.set(func(f *faulty) {
		f.save = func([]knowledge.Entity) (bool, error) {
			r.faults.set(func(f *faulty) { f.save = nil })
			return true, r.store.Save(t.Context(), e)
		}
	})
}

func TestWhoIsOvertakenIsTold(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	r := newRig(t, p)
	r.once(t, knowledgetest.Revised(p, nil))
	_, err := r.Update(as(t, madrid()), target(p), nil, saying("Late."), keyed("key"))
	if got := refusal(t, err, knowledge.CodeStale, "revision"); got.CurrentRevision != 2 {
		t.Errorf("the current revision is told as %d", got.CurrentRevision)
	}
	gone := knowledgetest.Revised(p, nil)
	r.once(t, knowledgetest.Deleted(gone))
	_, err = r.Update(as(t, madrid()), catalog.Target{ID: p.ID, Revision: 2, Kinds: entries()}, nil, saying("Late."), knowledge.Request{})
	if got := refusal(t, err, knowledge.CodeStale, "revision"); got.CurrentRevision != 0 {
		t.Errorf("the current revision of what is gone is told as %d", got.CurrentRevision)
	}
}

func TestASlugThatIsTakenMeanwhile(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.once(t, knowledgetest.Practice("homes-first"))
	p := saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("Homes first"), knowledge.Request{}))
	same(t, "slug", "homes-first-2", p.Slug)
	c := draft("x")
	c.Slug = new("wanted")
	r.once(t, knowledgetest.Practice("wanted"))
	_, err := r.Update(as(t, madrid()), target(p), nil, c, knowledge.Request{})
	refusal(t, err, knowledge.CodeSlugTaken, "changes.slug")
}

func TestRevokingIsRepeatedAfterAConflict(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	token, _, err := r.CreateToken(as(t, admin()), catalog.TokenDraft{Name: "x", Role: knowledge.RoleEditor})
	if err != nil {
		t.Fatal(err)
	}
	r.once(t, knowledgetest.Revised(token, nil))
	revoked, err := r.RevokeToken(as(t, admin()), token.ID)
	if err != nil || revoked.Revision != 3 || revoked.RevokedAt == nil {
		t.Errorf("revoked %+v, %v", revoked, err)
	}
}

func TestNewNeedsEverything(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for i, take := range []func(o *catalog.Options){
		func(o *catalog.Options) { o.Store = nil }, func(o *catalog.Options) { o.Search = nil }, func(o *catalog.Options) { o.Await = nil },
		func(o *catalog.Options) { o.Subscribe = nil }, func(o *catalog.Options) { o.Linked = nil },
		func(o *catalog.Options) { o.NewSecret = nil }, func(o *catalog.Options) { o.Now = nil },
	} {
		o := r.options
		take(&o)
		if c, err := catalog.New(o); err == nil || c != nil {
			t.Error(fmt.Sprint("option ", i, " may be left out"))
		}
	}
}
