package storetest

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func histories() []contract {
	return []contract{
		{"history gives every state, newest first", historyOrder},
		{"history keeps who did what, why and under which key", historyEdits},
		{"history knows its bounds", historyBounds},
		{"histories of entities do not mix", historyOfOthers},
	}
}

// grown saves a practice with as many revisions, and gives them newest first.
func grown(tb testing.TB, engine Engine, slug string, revisions int) []knowledge.Entity {
	tb.Helper()
	p := knowledgetest.Practice(slug)
	states := make([]knowledge.Entity, revisions)
	for i := range revisions {
		if i > 0 {
			p = knowledgetest.Revised(p, func(p *knowledge.Practice) { p.Texts[0].Title = fmt.Sprint(slug, " ", i+1) })
		}
		p.Edit = knowledge.Edit{
			Action: knowledge.ActionUpdate, By: knowledgetest.ID(knowledge.KindToken, strconv.Itoa(i%3)),
			At:     knowledgetest.Now().Add(time.Duration(i) * time.Millisecond),
			Reason: fmt.Sprint("because ", i), Key: fmt.Sprint("key ", i), Digest: fmt.Sprint("digest ", i),
		}
		save(tb, engine, p)
		states[revisions-1-i] = p
	}
	return states
}

func historyOrder(t scene) {
	engine := fresh(t, t.open)
	const revisions = 300 // a revision takes one byte at first and then two, in some encodings
	want := grown(t, engine, "grown", revisions)
	id := want[0].Head().ID
	got := history(t, engine, id, 0, revisions+10)
	if len(got) != revisions {
		t.Fatalf("the history has %d states, want %d", len(got), revisions)
	}
	for i := range want {
		equal(t, "state", want[i], got[i])
	}
	// In pages of seven.
	place := 0
	for before := knowledge.Revision(0); ; {
		page := history(t, engine, id, before, 7)
		for _, e := range page {
			if place == revisions || e.Head().Revision != revisions-place {
				t.Fatalf("place %d holds revision %d", place, e.Head().Revision)
			}
			place++
			before = e.Head().Revision
		}
		if len(page) < 7 {
			break
		}
	}
	if place != revisions {
		t.Errorf("the pages hold %d states, want %d", place, revisions)
	}
}

func historyEdits(t scene) {
	engine := fresh(t, t.open)
	want := grown(t, engine, "edited", 5)
	for i, e := range history(t, engine, want[0].Head().ID, 0, 5) {
		if got := e.Head().Edit; got != want[i].Head().Edit {
			t.Errorf("revision %d was edited as %+v, want %+v", e.Head().Revision, got, want[i].Head().Edit)
		}
	}
}

func historyBounds(t scene) {
	engine := fresh(t, t.open)
	id := grown(t, engine, "bounded", 4)[0].Head().ID
	tests := []struct {
		before, limit int
		want          string
	}{
		{0, 1, "[4]"},
		{0, 2, "[4 3]"},
		{4, 2, "[3 2]"},
		{5, 9, "[4 3 2 1]"},
		{99, 2, "[4 3]"},
		{2, 9, "[1]"},
		{1, 9, "[]"},
		{-1, 9, "[]"},
		{0, 0, "[]"},
		{0, -1, "[]"},
	}
	for _, test := range tests {
		got := []int{}
		for _, e := range history(t, engine, id, test.before, test.limit) {
			got = append(got, e.Head().Revision)
		}
		if fmt.Sprint(got) != test.want {
			t.Errorf("history before %d, at most %d = %v, want %s", test.before, test.limit, got, test.want)
		}
	}
}

func historyOfOthers(t scene) {
	engine := fresh(t, t.open)
	for _, slug := range []string{"a", "b", "c"} {
		want := grown(t, engine, slug, 3)
		got := history(t, engine, want[0].Head().ID, 0, 100)
		if len(got) != 3 {
			t.Fatalf("the history of %s has %d states, want 3", slug, len(got))
		}
		equal(t, "oldest state", want[2], got[2])
	}
	if got := history(t, engine, knowledgetest.ID(knowledge.KindPractice, "none"), 0, 100); len(got) != 0 {
		t.Errorf("an entity that does not exist has a history of %d states", len(got))
	}
}
