package storetest

import (
	"errors"
	"fmt"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func follows() []contract {
	return []contract{
		{"a feed gives changes in their order", followOrder},
		{"a feed gives a burst of changes up to the last state", followBurst},
		{"a feed gives tombstones", followDeletes},
		{"a feed gives nothing of what was refused", followRefused},
		{"two followers see the same", followTwo},
		{"a reader may save and load between two items", followAndWrite},
		{"a feed ends when its context ends", followCancelled},
		{"a reader may leave a feed at any item", followLeft},
	}
}

func followOrder(t scene) {
	engine := fresh(t, t.open)
	f := follow(t, engine, "")
	f.catchUp()
	a, b := knowledgetest.Practice("a"), knowledgetest.Theme("b")
	a2 := knowledgetest.Revised(a, nil)
	b2 := knowledgetest.Revised(b, nil)
	cursors := map[knowledge.Cursor]bool{}
	for _, e := range []knowledge.Entity{a, b, a2, knowledgetest.Revised(a2, nil), b2, knowledgetest.Deleted(b2)} {
		save(t, engine, e)
		c := f.next()
		equal(t, "change", e, c.Entity)
		if c.Cursor == "" || cursors[c.Cursor] {
			t.Errorf("revision %d of %s has the cursor %q", e.Head().Revision, e.Head().Slug, c.Cursor)
		}
		cursors[c.Cursor] = true
	}
}

func followBurst(t scene) {
	engine := fresh(t, t.open)
	f := follow(t, engine, "")
	f.catchUp()
	const revisions = 40
	last := map[knowledge.ID]knowledge.Entity{}
	for _, slug := range []string{"a", "b", "c"} {
		e := grown(t, engine, slug, revisions)[0]
		last[e.Head().ID] = e
	}
	end := knowledgetest.Practice("end")
	save(t, engine, end)
	revision := map[knowledge.ID]int{}
	for _, c := range f.until(end.ID, 1) {
		m := c.Entity.Head()
		if m.Revision < revision[m.ID] {
			t.Errorf("%s came in revision %d after %d", m.Slug, m.Revision, revision[m.ID])
		}
		revision[m.ID] = m.Revision
		if m.Revision == revisions {
			equal(t, "last state", last[m.ID], c.Entity)
		}
	}
	for id, e := range last {
		if revision[id] != revisions {
			t.Errorf("%s came up to revision %d only", e.Head().Slug, revision[id])
		}
	}
}

func followDeletes(t scene) {
	engine := fresh(t, t.open)
	var all []knowledge.Entity
	for _, kind := range knowledge.Kinds() {
		all = append(all, knowledgetest.Fill(kind, 1))
	}
	save(t, engine, all...)
	f := follow(t, engine, "")
	f.catchUp()
	for _, e := range all {
		gone := knowledgetest.Deleted(e)
		save(t, engine, gone)
		equal(t, "tombstone", gone, f.next().Entity)
	}
}

func followRefused(t scene) {
	engine := fresh(t, t.open)
	a := called("a", "one")
	save(t, engine, a)
	f := follow(t, engine, "")
	f.catchUp()
	for _, e := range []knowledge.Entity{a, called("b", "one")} {
		if err := engine.Save(t.Context(), e); err == nil {
			t.Fatal("save accepted what it must refuse")
		}
	}
	next := knowledgetest.Revised(a, nil)
	save(t, engine, next)
	equal(t, "the only change", next, f.next().Entity)
}

func followTwo(t scene) {
	engine := fresh(t, t.open)
	before := knowledgetest.Practice("before")
	save(t, engine, before)
	one, two := follow(t, engine, ""), follow(t, engine, "")
	for _, f := range []*follower{one, two} {
		seen, _ := f.catchUp()
		holds(t, seen, before)
	}
	for i := range 20 {
		p := knowledgetest.Practice(fmt.Sprint("p-", i))
		save(t, engine, p)
		equal(t, "first follower", p, one.next().Entity)
		equal(t, "second follower", p, two.next().Entity)
	}
	one.stop()
	after := knowledgetest.Practice("after")
	save(t, engine, after)
	equal(t, "follower that stays", after, two.next().Entity)
}

func followAndWrite(t scene) {
	engine := fresh(t, t.open)
	save(t, engine, many(20)...)
	rounds := 0
	for c, err := range engine.Changes(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		if c.CaughtUp {
			continue
		}
		if rounds++; rounds == 100 {
			return
		}
		e := load(t, engine, c.Entity.Head().ID)[0]
		save(t, engine, knowledgetest.Revised(e, nil))
	}
	t.Errorf("the feed ended after %d rounds", rounds)
}

func followCancelled(t scene) {
	engine := fresh(t, t.open)
	save(t, engine, many(600)...)
	idle, busy := follow(t, engine, ""), follow(t, engine, "")
	idle.catchUp()
	busy.next()
	for name, f := range map[string]*follower{"a feed that waits": idle, "a feed that is reading": busy} {
		f.cancel()
		finish(t, f.done, name)
	}
	select {
	case item := <-idle.items:
		t.Errorf("the end of the context gave the item %+v, %v", item.change, item.err)
	default:
	}
	save(t, engine, knowledgetest.Practice("after"))
}

func followLeft(t scene) {
	engine := fresh(t, t.open)
	save(t, engine, many(5)...)
	for leave := 1; leave <= 6; leave++ {
		items := 0
		for _, err := range engine.Changes(t.Context(), "") {
			if err != nil {
				t.Fatal(err)
			}
			if items++; items == leave {
				break
			}
		}
		if items != leave {
			t.Errorf("the feed ended after %d items, want %d", items, leave)
		}
	}
	if err := engine.Close(); err != nil {
		t.Error(errors.Join(errors.New("close after feeds that were left"), err))
	}
}
