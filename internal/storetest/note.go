package storetest

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func notes() []contract {
	return []contract{
		{"a note is kept, replaced and removed under its name", noteKept},
		{"a note is no entity", noteIsNoEntity},
		{"notes under many names at the same time", noteRace},
		{"notes fail after close", noteAfterClose},
	}
}

// note reads what may not fail.
func note(t scene, engine Engine, name string) string {
	t.Helper()
	text, err := engine.Note(t.Context(), name)
	if err != nil {
		t.Fatalf("note: %v", err)
	}
	return text
}

// setNote keeps what must be accepted.
func setNote(t scene, engine Engine, name, text string) {
	t.Helper()
	if err := engine.SetNote(t.Context(), name, text); err != nil {
		t.Fatalf("set note: %v", err)
	}
}

func noteKept(t scene) {
	dir := t.TempDir()
	engine := reopen(t, t.open, dir)
	want := map[string]string{
		"seeding":  "begun",
		"seeding.": "a name that begins with another",
		"Seeding":  "capitals count",
		"$a.b c/ö": "any\nsigns \x01 'and' \"quotes\", 😀",
		"long":     strings.Repeat("Ä 12345 ", 1000),
		"format":   "not what the engine itself keeps under this name",
	}
	for name, text := range want {
		if got := note(t, engine, name); got != "" {
			t.Errorf("note %q is %q before it was set", name, got)
		}
		setNote(t, engine, name, "something else")
		setNote(t, engine, name, text)
	}
	setNote(t, engine, "gone", "for a while")
	for range 2 {
		setNote(t, engine, "gone", "")
	}
	want["gone"] = ""
	for _, when := range []string{"at once", "after opening again"} {
		for name, text := range want {
			if got := note(t, engine, name); got != text {
				t.Errorf("%s: note %q is %q, want %q", when, name, got, text)
			}
		}
		shut(t, engine)
		engine = reopen(t, t.open, dir)
	}
}

func noteIsNoEntity(t scene) {
	engine := fresh(t, t.open)
	p := knowledgetest.Practice("a")
	save(t, engine, p)
	setNote(t, engine, string(p.ID), "a note under the id of an entity")
	setNote(t, engine, "other", "text")
	stored(t, engine, p)
	if got := list(t, engine); len(got) != 1 || got[p.ID] != 1 {
		t.Errorf("the list of revisions is %v", got)
	}
	f := follow(t, engine, "")
	seen, _ := f.catchUp()
	holds(t, seen, p)
	setNote(t, engine, "other", "later")
	next := knowledgetest.Revised(p, nil)
	save(t, engine, next)
	equal(t, "the only change", next, f.next().Entity)
	if got := note(t, engine, string(p.ID)); got != "a note under the id of an entity" {
		t.Errorf("after a save the note is %q", got)
	}
}

func noteRace(t scene) {
	engine := fresh(t, t.open)
	var all errgroup.Group
	for i := range 8 {
		all.Go(func() error {
			for n := range 5 {
				if err := engine.SetNote(t.Context(), fmt.Sprint("own-", i), strconv.Itoa(n)); err != nil {
					return err
				}
				if err := engine.SetNote(t.Context(), "shared", "anyone's"); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
	for i := range 8 {
		if got := note(t, engine, fmt.Sprint("own-", i)); got != "4" {
			t.Errorf("note %d is %q, want the last text", i, got)
		}
	}
	if got := note(t, engine, "shared"); got != "anyone's" {
		t.Errorf("the note that all have set is %q", got)
	}
}

func noteAfterClose(t scene) {
	engine := fresh(t, t.open)
	setNote(t, engine, "a", "text")
	shut(t, engine)
	_, err := engine.Note(t.Context(), "a")
	for name, err := range map[string]error{"note": err, "set note": engine.SetNote(t.Context(), "a", "other")} {
		if !knowledge.IsKind(err, knowledge.Unavailable) {
			t.Errorf("%s after close gave %v, want an error of the kind UNAVAILABLE", name, err)
		}
	}
}
