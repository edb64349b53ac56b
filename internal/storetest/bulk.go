package storetest

import (
	"errors"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func bulks() []contract {
	return []contract{
		{"of several entities the good ones are saved", bulkPartly},
		{"several revisions of one entity may come at once", bulkChain},
		{"two thousand entities are saved at once", bulkLarge},
	}
}

func bulkPartly(t scene) {
	engine := fresh(t, t.open)
	held := knowledgetest.Practice("held")
	save(t, engine, held)

	good, stale, rival, last := knowledgetest.Theme("good"), knowledgetest.Practice("held"), called("rival", "held"), knowledgetest.Lesson("last")
	err := engine.Save(t.Context(), good, stale, rival, last)
	several, ok := errors.AsType[*knowledge.SaveError](err)
	if !ok {
		t.Fatalf("save gave %v, want a SaveError", err)
	}
	if len(several.Errs) != 4 {
		t.Fatalf("the SaveError has %d places, want 4", len(several.Errs))
	}
	for i, want := range []error{nil, knowledge.ErrConflict, knowledge.ErrSlugTaken, nil} {
		got := several.Errs[i]
		if !errors.Is(got, want) || want != nil && !knowledge.IsKind(got, knowledge.Conflict) {
			t.Errorf("place %d holds %v, want %v", i, got, want)
		}
	}
	stored(t, engine, good)
	stored(t, engine, last)
	stored(t, engine, held)
	if got := load(t, engine, rival.ID)[0]; got != nil {
		t.Error("what was refused is there")
	}
}

func bulkChain(t scene) {
	engine := fresh(t, t.open)
	first := knowledgetest.Practice("first")
	second := knowledgetest.Revised(first, func(p *knowledge.Practice) { p.Slug = "second" })
	heir := called("heir", "first")
	save(t, engine, first, second, heir)
	stored(t, engine, second)
	stored(t, engine, heir)
	equal(t, "history", first, history(t, engine, first.ID, 2, 1)[0])

	twin := knowledgetest.Practice("twin")
	errs := knowledge.SaveErrors(engine.Save(t.Context(), twin, twin), 2)
	if errs[0] != nil || !errors.Is(errs[1], knowledge.ErrConflict) {
		t.Errorf("the same entity twice gave %v, want a conflict for the second", errs)
	}
}

func bulkLarge(t scene) {
	engine := fresh(t, t.open)
	const n = 2000
	all := make([]knowledge.Entity, 0, n)
	for e := range knowledgetest.Corpus([]knowledge.Entity{knowledgetest.Practice("seed")}, n, 1) {
		all = append(all, e)
	}
	spoilt := []int{0, 511, 512, 513, 1023, n - 1}
	for _, i := range spoilt {
		all[i].Head().Revision = 2
	}
	errs := knowledge.SaveErrors(engine.Save(t.Context(), all...), n)
	refusals := 0
	for i, err := range errs {
		if err != nil {
			refusals++
			if all[i].Head().Revision != 2 {
				t.Errorf("place %d holds %v", i, err)
			}
		}
	}
	if refusals != len(spoilt) {
		t.Errorf("%d entities were refused, want %d", refusals, len(spoilt))
	}
	stored(t, engine, all[n-2])
}
