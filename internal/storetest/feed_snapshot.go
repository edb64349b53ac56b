package storetest

import (
	"fmt"
	"slices"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func snapshots() []contract {
	return []contract{
		{"a feed of an empty store marks that it has caught up", snapshotOfNothing},
		{"a feed begins with every live entity in its latest state", snapshotOfAll},
		{"a large snapshot is whole and gives each entity once", snapshotLarge},
		{"what is written during the snapshot is seen", snapshotDuringWrites},
	}
}

func snapshotOfNothing(t scene) {
	engine := fresh(t, t.open)
	f := follow(t, engine, "")
	seen, cursor := f.catchUp()
	holds(t, seen)
	p := knowledgetest.Practice("a")
	save(t, engine, p)
	equal(t, "after the mark", p, f.next().Entity)

	again := follow(t, engine, cursor)
	seen, _ = again.catchUp()
	holds(t, seen, p)
}

func snapshotOfAll(t scene) {
	engine := fresh(t, t.open)
	var want []knowledge.Entity
	for _, kind := range knowledge.Kinds() {
		first := knowledgetest.Fill(kind, 1)
		second := knowledgetest.Revised(first, nil)
		gone := knowledgetest.Fill(kind, 2)
		save(t, engine, first, gone)
		save(t, engine, second, knowledgetest.Deleted(gone))
		want = append(want, second)
	}
	seen, _ := follow(t, engine, "").catchUp()
	holds(t, seen, want...)
}

// many are small practices, more than an engine reads at once.
func many(n int) []knowledge.Entity {
	return slices.Collect(knowledgetest.Corpus([]knowledge.Entity{knowledgetest.Practice("seed")}, n, 1))
}

func snapshotLarge(t scene) {
	engine := fresh(t, t.open)
	all := many(1700)
	save(t, engine, all...)
	f := follow(t, engine, "")
	times := map[knowledge.ID]int{}
	for c := f.next(); !c.CaughtUp; c = f.next() {
		times[c.Entity.Head().ID]++
	}
	for _, e := range all {
		if n := times[e.Head().ID]; n != 1 {
			t.Fatalf("%s came %d times", e.Head().Slug, n)
		}
	}
	if len(times) != len(all) {
		t.Errorf("%d entities came, want %d", len(times), len(all))
	}
}

// snapshotDuringWrites changes, deletes and adds entities while a feed stands in the middle of its
// snapshot. Whatever the feed does, its reader must end with what the store holds.
func snapshotDuringWrites(t scene) {
	engine := fresh(t, t.open)
	all := many(1500)
	save(t, engine, all...)
	f := follow(t, engine, "")
	seen := map[knowledge.ID]knowledge.Entity{}
	want := map[knowledge.ID]knowledge.Entity{}
	for _, e := range all {
		want[e.Head().ID] = e
	}
	take := func() bool {
		c := f.next()
		if c.CaughtUp {
			return true
		}
		seen[c.Entity.Head().ID] = c.Entity
		return false
	}
	for i := range 700 {
		if take() {
			t.Fatal("the feed has caught up before it gave all")
		}
		if i%7 > 2 {
			continue
		}
		change := knowledgetest.Revised(all[(i*13)%len(all)], nil)
		switch i % 7 {
		case 1:
			change = knowledgetest.Deleted(all[(i*13)%len(all)])
		case 2:
			change = knowledgetest.Practice(fmt.Sprint("added-", i))
		}
		if engine.Save(t.Context(), change) == nil {
			want[change.Head().ID] = change
		}
	}
	for !take() { // everything above was saved after the feed was opened, and may come after the mark
	}
	last := knowledgetest.Practice("last")
	save(t, engine, last)
	want[last.ID] = last
	for seen[last.ID] == nil {
		if take() {
			t.Fatal("the feed marked twice that it has caught up")
		}
	}
	for id, e := range want {
		if got := seen[id]; got != nil || !e.Head().Deleted {
			equal(t, "at the end", e, got)
		}
	}
}
