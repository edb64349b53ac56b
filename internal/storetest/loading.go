package storetest

import (
	"context"
	"errors"
	"slices"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func loads() []contract {
	return []contract{
		{"load keeps the order, the gaps and the duplicates", loadOrder},
		{"load of nothing gives nothing", loadNothing},
		{"load of many gives all", loadMany},
		{"ids are compared byte by byte", idBytes},
		{"calls with an ended context fail", endedContext},
	}
}

func loadOrder(t scene) {
	engine := fresh(t, t.open)
	a, b, c := knowledgetest.Practice("a"), knowledgetest.Theme("b"), knowledgetest.Lesson("c")
	save(t, engine, a, b, c)
	save(t, engine, knowledgetest.Deleted(c))
	none := knowledgetest.ID(knowledge.KindPractice, "none")
	want := []knowledge.Entity{b, nil, a, b, nil, a}
	got := load(t, engine, b.ID, none, a.ID, b.ID, c.ID, a.ID)
	for i := range want {
		if want[i] == nil {
			if got[i] != nil {
				t.Errorf("place %d holds %s, want nil", i, got[i].Head().Slug)
			}
			continue
		}
		equal(t, "loaded", want[i], got[i])
	}
}

func loadNothing(t scene) {
	engine := fresh(t, t.open)
	load(t, engine)
	save(t, engine)
	for _, id := range []knowledge.ID{"", "none", knowledgetest.ID(knowledge.KindTheme, "none")} {
		if got := load(t, engine, id)[0]; got != nil {
			t.Errorf("load of %q gave %+v", id, got)
		}
	}
}

func loadMany(t scene) {
	engine := fresh(t, t.open)
	var ids []knowledge.ID
	var all []knowledge.Entity
	for e := range knowledgetest.Corpus([]knowledge.Entity{knowledgetest.Practice("seed")}, 1500, 1) {
		all, ids = append(all, e), append(ids, e.Head().ID)
	}
	save(t, engine, all...)
	slices.Reverse(ids)
	for i, e := range load(t, engine, ids...) {
		if e == nil || e.Head().ID != ids[i] {
			t.Fatalf("place %d holds %v, want %s", i, e, ids[i])
		}
	}
}

func idBytes(t scene) {
	engine := fresh(t, t.open)
	ids := []knowledge.ID{"PR_abc", "PR_ABC", "PR_abC", "PR_ab", "PR_abcd", "PR_caf\u00e9", "PR_cafe\u0301", "PR_Ж", "PR_ж", "PR_🙂", "PR_ a", "PR_a "}
	for _, id := range ids {
		p := knowledgetest.Practice("x", knowledgetest.Titled(string(id)))
		p.ID, p.Slug = id, "slug-of-"+string(id)
		save(t, engine, p)
		save(t, engine, knowledgetest.Revised(p, nil))
	}
	for i, e := range load(t, engine, ids...) {
		p, ok := e.(*knowledge.Practice)
		if !ok || p.ID != ids[i] || p.Texts[0].Title != string(ids[i]) {
			t.Errorf("load of %q gave %+v", ids[i], e)
		}
		if got := history(t, engine, ids[i], 0, 10); len(got) != 2 || got[1].Head().ID != ids[i] {
			t.Errorf("the history of %q has %d states", ids[i], len(got))
		}
	}
}

func endedContext(t scene) {
	engine := fresh(t, t.open)
	p := knowledgetest.Practice("a")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, loadErr := engine.Load(ctx, p.ID)
	_, historyErr := engine.History(ctx, p.ID, 0, 1)
	for name, err := range map[string]error{
		"load": loadErr, "history": historyErr, "save": engine.Save(ctx, p), "save of two": engine.Save(ctx, p, p),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s with an ended context gave %v", name, err)
		}
	}
	for change, err := range engine.Changes(ctx, "") {
		t.Errorf("a feed with an ended context gave %+v, %v", change, err)
	}
	if got := load(t, engine, p.ID)[0]; got != nil {
		t.Error("a save with an ended context was carried out")
	}
}
