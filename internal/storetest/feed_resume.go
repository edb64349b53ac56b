package storetest

import (
	"errors"
	"fmt"
	"maps"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func resumes() []contract {
	return []contract{
		{"a feed goes on after a cursor", resume},
		{"a feed goes on after the engine was opened again", resumeReopened},
		{"a feed goes on in the middle of a snapshot", resumeSnapshot},
		{"a feed that is left at every few items goes on", resumeOften},
		{"a cursor that is not known is lost", resumeLost},
	}
}

// resume goes on from every cursor of a feed, and asks for all that came later.
func resume(t scene) {
	engine := fresh(t, t.open)
	f := follow(t, engine, "")
	_, start := f.catchUp()
	cursors := []knowledge.Cursor{start}
	var later []knowledge.Entity
	for i := range 6 {
		p := knowledgetest.Practice(fmt.Sprint("p-", i))
		save(t, engine, p)
		later = append(later, p)
		cursors = append(cursors, f.next().Cursor)
	}
	for i, cursor := range cursors {
		seen, end := follow(t, engine, cursor).catchUp()
		holds(t, seen, later[i:]...)
		seen, _ = follow(t, engine, end).catchUp()
		holds(t, seen)
	}
	gone := knowledgetest.Deleted(later[0])
	save(t, engine, gone)
	seen, _ := follow(t, engine, cursors[3]).catchUp()
	holds(t, seen, append([]knowledge.Entity{gone}, later[3:]...)...)
}

func resumeReopened(t scene) {
	dir := t.TempDir()
	engine := reopen(t, t.open, dir)
	a, b, c := knowledgetest.Practice("a"), knowledgetest.Practice("b"), knowledgetest.Practice("c")
	save(t, engine, a)
	f := follow(t, engine, "")
	_, cursor := f.catchUp()
	save(t, engine, b)
	f.stop()

	gone := knowledgetest.Deleted(a)
	for i, change := range []knowledge.Entity{c, gone, knowledgetest.Revised(b, nil)} {
		shut(t, engine)
		engine = reopen(t, t.open, dir)
		save(t, engine, change)
		seen, _ := follow(t, engine, cursor).catchUp()
		switch i {
		case 0:
			holds(t, seen, b, c)
		case 1:
			holds(t, seen, b, c, gone)
		case 2:
			holds(t, seen, change, c, gone)
		}
	}
	shut(t, engine)
	engine = reopen(t, t.open, dir)
	f = follow(t, engine, "")
	_, cursor = f.catchUp()
	d := knowledgetest.Practice("d")
	save(t, engine, d)
	equal(t, "after opening again", d, f.next().Entity)
	seen, _ := follow(t, engine, cursor).catchUp()
	holds(t, seen, d)
}

// resumeSnapshot leaves a snapshot at some items, changes what was and what was not yet given, and
// goes on from the cursor. The two readers together must know the latest state of everything.
func resumeSnapshot(t scene) {
	const n = 600
	for _, leave := range []int{1, 299, n - 1} {
		engine := fresh(t, t.open)
		all := many(n)
		save(t, engine, all...)
		f := follow(t, engine, "")
		seen := map[knowledge.ID]knowledge.Entity{}
		var cursor knowledge.Cursor
		for range leave {
			c := f.next()
			seen[c.Entity.Head().ID], cursor = c.Entity, c.Cursor
		}
		f.stop()
		for i := 0; i < n; i += 50 {
			all[i] = knowledgetest.Revised(all[i], nil)
			all[i+1] = knowledgetest.Deleted(all[i+1])
			save(t, engine, all[i], all[i+1])
		}
		if cursor == "" {
			clear(seen)
		}
		rest, _ := follow(t, engine, cursor).catchUp()
		maps.Copy(seen, rest)
		for _, e := range all {
			if got := seen[e.Head().ID]; got != nil || !e.Head().Deleted {
				equal(t, fmt.Sprint("left after ", leave), e, got)
			}
		}
	}
}

// resumeOften reads a snapshot and what was saved at once after it, in feeds that are left after a few items: none may
// begin anew at a place where another has been.
func resumeOften(t scene) {
	const n, few = 90, 7
	engine := fresh(t, t.open)
	all := many(2 * n)
	for _, part := range [][]knowledge.Entity{all[:n], all[n:]} {
		save(t, engine, part...)
	}
	seen := map[knowledge.ID]knowledge.Entity{}
	var cursor knowledge.Cursor
	for round := 0; ; round++ {
		if round > 2*n {
			t.Fatalf("after %d feeds the end is not reached", round)
		}
		f := follow(t, engine, cursor)
		done := false
		for range few {
			c := f.next()
			if cursor, done = c.Cursor, c.CaughtUp; done {
				break
			}
			seen[c.Entity.Head().ID] = c.Entity
		}
		f.stop()
		if round == 3 {
			for i := range n { // One write of many records, while a reader is on its way.
				all[i] = knowledgetest.Revised(all[i], nil)
			}
			save(t, engine, all[:n]...)
		}
		if done {
			break
		}
	}
	holds(t, seen, all...)
}

func resumeLost(t scene) {
	ahead := fresh(t, t.open)
	save(t, ahead, many(20)...)
	_, foreign := follow(t, ahead, "").catchUp()

	engine := fresh(t, t.open)
	save(t, engine, knowledgetest.Practice("a"))
	_, own := follow(t, engine, "").catchUp()
	for _, cursor := range []knowledge.Cursor{
		"nonsense", " ", "0", "-1", "18446744073709551616", "\x00", "🙂", own + "x", "x" + own, "0" + own, own + " ", " " + own, own + own, foreign,
	} {
		f := follow(t, engine, cursor)
		item, ok := f.item()
		if !ok || !errors.Is(item.err, knowledge.ErrCursorLost) {
			t.Errorf("the cursor %q gave %+v, %v, want ErrCursorLost", cursor, item.change, item.err)
			f.stop()
			continue
		}
		finish(t, f.done, "a feed that has lost its cursor")
	}
	seen, _ := follow(t, engine, own).catchUp()
	holds(t, seen)
}
