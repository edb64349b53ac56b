package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
)

// patience is how long a test waits for what should happen at once, on a machine that is busy.
const patience = 30 * time.Second

// fresh opens an engine without data, and closes it after the test.
func fresh(t *testing.T, open Opener) Engine {
	t.Helper()
	return reopen(t, open, t.TempDir())
}

// reopen opens an engine on the data of the folder, and closes it after the test.
func reopen(t *testing.T, open Opener, dir string) Engine {
	t.Helper()
	engine := open(t, dir)
	t.Cleanup(func() {
		if err := engine.Close(); err != nil {
			t.Errorf("close after the test: %v", err)
		}
	})
	return engine
}

// shut closes the engine before the end of the test.
func shut(t *testing.T, engine Engine) {
	t.Helper()
	if err := engine.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
}

// save saves what must be accepted.
func save(t *testing.T, engine Engine, entities ...knowledge.Entity) {
	t.Helper()
	if err := engine.Save(t.Context(), entities...); err != nil {
		t.Fatalf("save: %v", err)
	}
}

// load loads what may not fail.
func load(t *testing.T, engine Engine, ids ...knowledge.ID) []knowledge.Entity {
	t.Helper()
	got, err := engine.Load(t.Context(), ids...)
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	if len(got) != len(ids) {
		t.Fatalf("load gave %d entities for %d ids", len(got), len(ids))
	}
	return got
}

// history reads what may not fail.
func history(t *testing.T, engine Engine, id knowledge.ID, before knowledge.Revision, limit int) []knowledge.Entity {
	t.Helper()
	got, err := engine.History(t.Context(), id, before, limit)
	if err != nil {
		t.Fatalf("history: %v", err)
	}
	return got
}

// equal compares an entity from the engine with the one that was saved.
func equal(t *testing.T, what string, saved, got knowledge.Entity) {
	t.Helper()
	if diff := cmp.Diff(kept(saved), got); diff != "" {
		t.Errorf("%s (-saved +got):\n%s", what, diff)
	}
}

// kept is what an engine keeps of an entity: a copy, and of a tombstone the head alone.
func kept(e knowledge.Entity) knowledge.Entity {
	if e == nil {
		return nil
	}
	c := knowledge.Clone(e)
	if c.Head().Deleted {
		bare := knowledge.New(c.Kind())
		*bare.Head() = *c.Head()
		return bare
	}
	return c
}

// stored checks what the engine has under the id of the entity.
func stored(t *testing.T, engine Engine, want knowledge.Entity) {
	t.Helper()
	equal(t, "stored", want, load(t, engine, want.Head().ID)[0])
}

// refused checks an error of Save for one entity: the cause, and the kind that clients switch on.
func refused(t *testing.T, err, cause error) {
	t.Helper()
	if !errors.Is(err, cause) || !knowledge.IsKind(err, knowledge.Conflict) {
		t.Errorf("save gave %v, want a conflict because %v", err, cause)
	}
	if several, ok := errors.AsType[*knowledge.SaveError](err); ok {
		t.Errorf("save of one entity gave a SaveError: %v", several)
	}
}

// finish waits for goroutines that a test started, no longer than patience.
func finish(t *testing.T, done <-chan struct{}, what string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience)
	defer cancel()
	select {
	case <-done:
	case <-ctx.Done():
		t.Fatalf("%s did not end within %s", what, patience)
	}
}
