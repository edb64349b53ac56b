package storetest

import (
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func closings() []contract {
	return []contract{
		{"after close every call fails", useAfterClose},
		{"close ends feeds", closeEndsFeeds},
		{"close during writes loses nothing that was accepted", closeDuringWrites},
	}
}

func useAfterClose(t scene) {
	engine := fresh(t, t.open)
	p := knowledgetest.Practice("a")
	save(t, engine, p)
	for range 2 {
		shut(t, engine)
	}
	_, loadErr := engine.Load(t.Context(), p.ID)
	_, historyErr := engine.History(t.Context(), p.ID, 0, 1)
	for name, err := range map[string]error{
		"load": loadErr, "history": historyErr,
		"save":        engine.Save(t.Context(), knowledgetest.Revised(p, nil)),
		"save of two": engine.Save(t.Context(), knowledgetest.Practice("b"), knowledgetest.Practice("c")),
	} {
		if !knowledge.IsKind(err, knowledge.Unavailable) {
			t.Errorf("%s after close gave %v, want an error of the kind UNAVAILABLE", name, err)
		}
	}
	items := 0
	for change, err := range engine.Changes(t.Context(), "") {
		items++
		if !knowledge.IsKind(err, knowledge.Unavailable) {
			t.Errorf("a feed after close gave %+v, %v", change, err)
		}
	}
	if items != 1 {
		t.Errorf("a feed after close gave %d items, want one error", items)
	}
}

func closeEndsFeeds(t scene) {
	engine := fresh(t, t.open)
	save(t, engine, many(600)...)
	idle, busy := follow(t, engine, ""), follow(t, engine, "")
	idle.catchUp()
	busy.next()
	shut(t, engine)
	for _, f := range []*follower{idle, busy} {
		for {
			item, ok := f.item()
			if !ok {
				t.Error("the feed ended without an error")
				break
			}
			if item.err != nil {
				if !knowledge.IsKind(item.err, knowledge.Unavailable) {
					t.Errorf("the feed ended with %v", item.err)
				}
				finish(t, f.done, "the feed of a closed store")
				break
			}
		}
	}
}

func closeDuringWrites(t scene) {
	dir := t.TempDir()
	engine := reopen(t, t.open, dir)
	accepted, begun := make(chan knowledge.Entity, 1), make(chan struct{})
	go func() {
		defer close(accepted)
		p := knowledgetest.Practice("a")
		last := knowledge.New(knowledge.KindPractice)
		for i := 0; engine.Save(t.Context(), p) == nil; i++ {
			last = p
			p = knowledgetest.Revised(p, nil)
			if i == 20 {
				close(begun)
			}
		}
		accepted <- last
	}()
	finish(t, begun, "writing")
	shut(t, engine)
	last := <-accepted

	engine = reopen(t, t.open, dir)
	got := load(t, engine, last.Head().ID)[0]
	if got == nil || got.Head().Revision < last.Head().Revision {
		t.Fatalf("stored is %v, accepted was revision %d", got, last.Head().Revision)
	}
}
