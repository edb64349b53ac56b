package storetest

import (
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func tombstones() []contract {
	return []contract{
		{"a tombstone is gone from load and keeps its head and history", tombstone},
		{"nothing follows a tombstone", tombstoneIsLast},
	}
}

func tombstone(t scene) {
	engine := fresh(t, t.open)
	for _, kind := range knowledge.Kinds() {
		first := knowledgetest.Fill(kind, 1)
		last := knowledgetest.Deleted(first)
		last.Head().Edit.Reason = "entered twice"
		save(t, engine, first)
		save(t, engine, last)
		id := first.Head().ID
		if got := load(t, engine, id)[0]; got != nil {
			t.Errorf("a deleted %s was loaded", kind.Noun())
		}
		states := history(t, engine, id, 0, 10)
		if len(states) != 2 {
			t.Fatalf("the history of a deleted %s has %d states, want 2", kind.Noun(), len(states))
		}
		equal(t, "tombstone in the history", last, states[0])
		equal(t, "state before the tombstone", first, states[1])
	}
}

func tombstoneIsLast(t scene) {
	engine := fresh(t, t.open)
	first := knowledgetest.Practice("a")
	last := knowledgetest.Deleted(first)
	save(t, engine, first, last)

	again := knowledgetest.Practice("a")
	alive := knowledgetest.Revised(last, func(p *knowledge.Practice) { p.Deleted = false })
	for name, e := range map[string]knowledge.Entity{
		"made again": again, "deleted in the same revision": last, "deleted again": knowledgetest.Deleted(last), "revived": alive,
	} {
		t.Log(name)
		refused(t, engine.Save(t.Context(), e), knowledge.ErrConflict)
	}
	if got := load(t, engine, first.ID)[0]; got != nil {
		t.Errorf("the tombstone gave way to %+v", got)
	}
	if got := history(t, engine, first.ID, 0, 10); len(got) != 2 {
		t.Errorf("the history has %d states, want 2", len(got))
	}
}
