package catalog_test

import (
	"sync"
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestTheSameKeyCreatesOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	create := func() *knowledge.Practice {
		return saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("Homes first"), keyed("once")))
	}
	first := create()
	unchanged := r.mark(t)
	same(t, "the second answer", first, create())
	unchanged()

	latest := first
	for range 3 {
		latest = saved[*knowledge.Practice](t)(r.Update(as(t, editor()), target(latest), nil, saying("Changed since."), knowledge.Request{}))
	}
	unchanged = r.mark(t)
	same(t, "the answer after changes", first, create())
	unchanged()
}

func TestAnOldKeyIsKnownAfterManyChanges(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	create := func() *knowledge.Practice {
		return saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("Homes first"), keyed("once")))
	}
	first := create()
	for e := r.stored(t, first.ID); e.Head().Revision < 120; {
		e = knowledgetest.Revised(e, nil)
		if err := r.store.Save(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "the answer after changes", first, create())
}

func TestAKeyStandsForOneRequest(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	ctx := as(t, madrid())
	p := saved[*knowledge.Practice](t)(r.Create(ctx, knowledge.KindPractice, "en", draft("Homes first"), keyed("create")))
	second := saved[*knowledge.Practice](t)(r.Update(ctx, target(p), nil, saying("Changed."), keyed("update")))
	third := saved[*knowledge.Practice](t)(r.Step(ctx, target(second), knowledge.ActionSubmit, nil, keyed("step")))
	tests := map[string]func() (catalog.Saved, error){
		"the same step back": func() (catalog.Saved, error) {
			return r.Step(ctx, target(second), knowledge.ActionWithdraw, nil, keyed("step"))
		},
		"the same step for a reason": func() (catalog.Saved, error) {
			return r.Step(ctx, target(second), knowledge.ActionSubmit, new("Why."), keyed("step"))
		},
		"the same step of another revision": func() (catalog.Saved, error) {
			return r.Step(ctx, target(third), knowledge.ActionSubmit, nil, keyed("step"))
		},
		"create another": func() (catalog.Saved, error) {
			return r.Create(ctx, knowledge.KindPractice, "en", draft("Schools first"), keyed("create"))
		},
		"create in another language": func() (catalog.Saved, error) {
			return r.Create(ctx, knowledge.KindPractice, "ro", draft("Homes first"), keyed("create"))
		},
		"preview another": func() (catalog.Saved, error) {
			return r.Create(ctx, knowledge.KindPractice, "en", draft("Schools first"), knowledge.Request{
				IdempotencyKey: new("create"), DryRun: new(true),
			})
		},
		"update with the key of the creation": func() (catalog.Saved, error) { return r.Update(ctx, target(second), nil, saying("x"), keyed("create")) },
		"update to something else":            func() (catalog.Saved, error) { return r.Update(ctx, target(p), nil, saying("x"), keyed("update")) },
		"update of another revision": func() (catalog.Saved, error) {
			return r.Update(ctx, target(second), nil, saying("Changed."), keyed("update"))
		},
		"update of another language": func() (catalog.Saved, error) {
			return r.Update(ctx, target(p), new(knowledge.LanguageTag("en")), saying("Changed."), keyed("update"))
		},
		"another step": func() (catalog.Saved, error) {
			return r.Step(ctx, target(p), knowledge.ActionSubmit, nil, keyed("update"))
		},
	}
	r.stays(t)
	for name, request := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := request()
			refusal(t, err, knowledge.CodeKeyReused, "idempotencyKey")
		})
	}
}

func TestTheSameKeyOnAnUpdateAnswersWhatItSaved(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	r := newRig(t, p)
	update := func() *knowledge.Practice {
		return saved[*knowledge.Practice](t)(r.Update(as(t, madrid()), target(p), nil, saying("Mine."), keyed("once")))
	}
	first := update()
	later := saved[*knowledge.Practice](t)(r.Update(as(t, editor()), target(first), nil, saying("Theirs."), knowledge.Request{}))
	saved[*knowledge.Practice](t)(r.Step(as(t, editor()), target(later), knowledge.ActionWithdraw, nil, knowledge.Request{}))
	unchanged := r.mark(t)
	again := update()
	same(t, "the second answer", first, again)
	if again.Revision != 2 || again.Summary != "Mine." {
		t.Errorf("answered revision %d, %q", again.Revision, again.Summary)
	}
	unchanged()
}

func TestKeysOfDifferentActorsAreApart(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	r := newRig(t, p)
	created := map[knowledge.ID]bool{}
	for _, a := range []knowledge.Actor{madrid(), cluj(), editor()} {
		e := saved[*knowledge.Practice](t)(r.Create(as(t, a), knowledge.KindPractice, "en", draft("Homes first"), keyed("same")))
		created[e.ID] = true
	}
	if len(created) != 3 {
		t.Errorf("three actors made %d records", len(created))
	}
	lessons := &knowledge.LessonChanges{}
	_, err := r.Create(as(t, madrid()), knowledge.KindLesson, "en", lessons, keyed("same"))
	refusal(t, err, knowledge.CodeKeyReused, "idempotencyKey")
	mine := saved[*knowledge.Practice](t)(r.Update(as(t, madrid()), target(p), nil, saying("Mine."), keyed("same")))
	theirs := saved[*knowledge.Practice](t)(r.Update(as(t, editor()), target(mine), nil, saying("Theirs."), keyed("same")))
	same(t, "revision", 3, theirs.Revision)
}

func TestTheSameKeyAtOnceSavesOnce(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	r := newRig(t, p)
	ctx := as(t, madrid())
	tests := map[string]func(i int) (catalog.Saved, error){
		"create": func(int) (catalog.Saved, error) {
			return r.Create(ctx, knowledge.KindPractice, "en", draft("Homes first"), keyed("create"))
		},
		"create with a chosen slug": func(int) (catalog.Saved, error) {
			c := draft("Homes first")
			c.Slug = new("chosen")
			return r.Create(ctx, knowledge.KindPractice, "en", c, keyed("chosen"))
		},
		"update": func(int) (catalog.Saved, error) {
			return r.Update(ctx, target(p), nil, saying("At once."), keyed("update"))
		},
	}
	for name, request := range tests {
		for _, answer := range atOnce(8, request) {
			if answer.err != nil {
				t.Fatalf("%s: %v", name, answer.err)
			}
			same(t, name, atFirst(answer.Entity), answer.Entity.Head().Revision)
		}
	}
	page, err := r.Find(ctx, knowledge.Listing{
		Kinds: entries(), Page: knowledge.Page{First: 20}, Order: knowledge.Order{Field: knowledge.OrderTitle},
		Filter: knowledge.EntryFilter{Statuses: []knowledge.EditorialStatus{knowledge.StatusDraft}},
	})
	if err != nil {
		t.Fatal(err)
	}
	sameSet(t, "records", []string{"homes", "homes-first", "chosen"}, slugs(page))
	same(t, "revisions", 2, r.stored(t, p.ID).Head().Revision)
}

// atFirst is the revision that the tests of keys expect: of a new record the first, and else the second.
func atFirst(e knowledge.Entity) knowledge.Revision {
	if e.Head().Edit.Action == knowledge.ActionCreate {
		return 1
	}
	return 2
}

// answer is what one of several requests got.
type answer struct {
	catalog.Saved

	err error
}

// atOnce makes n requests at the same time.
func atOnce(n int, request func(i int) (catalog.Saved, error)) []answer {
	out := make([]answer, n)
	begin := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-begin
			out[i].Saved, out[i].err = request(i)
		})
	}
	close(begin)
	all.Wait()
	return out
}
