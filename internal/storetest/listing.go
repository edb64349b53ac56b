package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func listings() []contract {
	return []contract{
		{"the list of revisions has what is live, in its latest revision", listLive},
		{"the list of revisions has a large store whole", listLarge},
		{"the list of revisions ends with the error of its reader", listLeft},
		{"the list of revisions is read while others write", listDuringWrites},
		{"the list of revisions ends with its context", listCancelled},
		{"the list of revisions fails after close", listAfterClose},
		{"the list of tombstones has what was deleted and nothing else", listDeleted},
	}
}

// list reads the revisions of all that is live; nothing may come twice.
func list(t scene, engine Engine) map[knowledge.ID]knowledge.Revision {
	t.Helper()
	got := map[knowledge.ID]knowledge.Revision{}
	err := engine.EachRevision(t.Context(), func(id knowledge.ID, revision knowledge.Revision) error {
		if _, twice := got[id]; twice {
			t.Errorf("%s came twice", id)
		}
		got[id] = revision
		return nil
	})
	if err != nil {
		t.Fatalf("list of revisions: %v", err)
	}
	return got
}

func listLive(t scene) {
	dir := t.TempDir()
	engine := reopen(t, t.open, dir)
	if got := list(t, engine); len(got) != 0 {
		t.Errorf("an empty store lists %v", got)
	}
	want := map[knowledge.ID]knowledge.Revision{}
	for i, kind := range knowledge.Kinds() {
		latest, gone := knowledgetest.Fill(kind, 1), knowledgetest.Fill(kind, 2)
		save(t, engine, latest, gone)
		for range i % 4 {
			latest = knowledgetest.Revised(latest, nil)
			save(t, engine, latest)
		}
		save(t, engine, knowledgetest.Deleted(gone))
		want[latest.Head().ID] = 1 + i%4
	}
	if got := list(t, engine); !maps.Equal(got, want) {
		t.Errorf("the list is %v, want %v", got, want)
	}
	shut(t, engine)
	if got := list(t, reopen(t, t.open, dir)); !maps.Equal(got, want) {
		t.Errorf("after opening again the list is %v, want %v", got, want)
	}
}

func listLarge(t scene) {
	engine := fresh(t, t.open)
	all := many(1700)
	want := make(map[knowledge.ID]knowledge.Revision, len(all))
	for _, e := range all {
		want[e.Head().ID] = 1
	}
	save(t, engine, all...)
	if got := list(t, engine); !maps.Equal(got, want) {
		t.Errorf("the list has %d entities, or others than the %d that were saved", len(got), len(all))
	}
}

func listLeft(t scene) {
	engine := fresh(t, t.open)
	save(t, engine, many(20)...)
	enough := errors.New("enough")
	for leave := 1; leave <= 20; leave += 6 {
		calls := 0
		err := engine.EachRevision(t.Context(), func(knowledge.ID, knowledge.Revision) error {
			if calls++; calls == leave {
				return enough
			}
			return nil
		})
		if !errors.Is(err, enough) || calls != leave {
			t.Errorf("the list ended with %v after %d entities, want the reader's error after %d", err, calls, leave)
		}
	}
}

// listDuringWrites changes, deletes and adds entities from within the reader.
func listDuringWrites(t scene) {
	engine := fresh(t, t.open)
	all := many(300)
	save(t, engine, all...)
	begun := map[knowledge.ID]knowledge.Revision{}
	for _, e := range all {
		begun[e.Head().ID] = 1
	}
	now := maps.Clone(begun)
	seen, times := map[knowledge.ID]knowledge.Revision{}, map[knowledge.ID]int{}
	write := func(e knowledge.Entity) {
		save(t, engine, e)
		now[e.Head().ID] = e.Head().Revision
		if e.Head().Deleted {
			now[e.Head().ID] = 0
		}
	}
	err := engine.EachRevision(t.Context(), func(id knowledge.ID, revision knowledge.Revision) error {
		seen[id], times[id] = revision, times[id]+1
		switch n := len(seen); {
		case n%3 == 0 && n < 60:
			write(knowledgetest.Revised(all[n], nil))
		case n%3 == 1 && n < 60:
			write(knowledgetest.Deleted(all[n]))
		case n < 60:
			write(knowledgetest.Practice(fmt.Sprint("added-", n)))
		}
		return nil
	})
	if err != nil {
		t.Fatalf("list during writes: %v", err)
	}
	for id, before := range begun {
		after := now[id]
		switch got := seen[id]; {
		case before == after && (got != before || times[id] != 1):
			t.Errorf("%s was not changed, and came %d times, last in revision %d", id, times[id], got)
		case after > 0 && (got < before || got > after):
			t.Errorf("%s came in revision %d, want one from %d to %d", id, got, before, after)
		case got > before && after == 0:
			t.Errorf("%s was deleted, and came in revision %d", id, got)
		}
	}
	for id := range seen {
		if _, known := now[id]; !known {
			t.Errorf("%s came from nowhere", id)
		}
	}
}

func listCancelled(t scene) {
	engine := fresh(t, t.open)
	save(t, engine, many(20)...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	calls := 0
	err := engine.EachRevision(ctx, func(knowledge.ID, knowledge.Revision) error { calls++; return nil })
	if !errors.Is(err, context.Canceled) || calls != 0 {
		t.Errorf("a list whose context had ended gave %d entities and %v", calls, err)
	}
}

func listAfterClose(t scene) {
	engine := fresh(t, t.open)
	save(t, engine, many(3)...)
	shut(t, engine)
	err := engine.EachRevision(t.Context(), func(knowledge.ID, knowledge.Revision) error {
		t.Error("a list after close gave an entity")
		return nil
	})
	if !knowledge.IsKind(err, knowledge.Unavailable) {
		t.Errorf("a list after close gave %v, want an error of the kind UNAVAILABLE", err)
	}
}

func listDeleted(t scene) {
	engine := fresh(t, t.open)
	var want []knowledge.ID
	for _, kind := range knowledge.Kinds() {
		live, gone := knowledgetest.Fill(kind, 1), knowledgetest.Fill(kind, 2)
		save(t, engine, live, gone)
		save(t, engine, knowledgetest.Deleted(gone))
		want = append(want, gone.Head().ID)
	}
	var got []knowledge.ID
	each := func(id knowledge.ID) error {
		got = append(got, id)
		return nil
	}
	if err := engine.EachDeleted(t.Context(), each); err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("deleted are %v, want %v", got, want)
	}
	enough := errors.New("enough")
	if err := engine.EachDeleted(t.Context(), func(knowledge.ID) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("the reader's own error came back as %v", err)
	}
	shut(t, engine)
	if err := engine.EachDeleted(t.Context(), each); !knowledge.IsKind(err, knowledge.Unavailable) {
		t.Errorf("after close it gave %v", err)
	}
}
