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
func fresh(tb testing.TB, open Opener) Engine {
	tb.Helper()
	return reopen(tb, open, tb.TempDir())
}

// reopen opens an engine on the data of the folder, and closes it after the test.
func reopen(tb testing.TB, open Opener, dir string) Engine {
	tb.Helper()
	engine := open(tb, dir)
	tb.Cleanup(func() {
		if err := engine.Close(); err != nil {
			tb.Errorf("close after the test: %v", err)
		}
	})
	return engine
}

// shut closes the engine before the end of the test.
func shut(tb testing.TB, engine Engine) {
	tb.Helper()
	if err := engine.Close(); err != nil {
		tb.Fatalf("close: %v", err)
	}
}

// save saves what must be accepted.
func save(tb testing.TB, engine Engine, entities ...knowledge.Entity) {
	tb.Helper()
	if err := engine.Save(tb.Context(), entities...); err != nil {
		tb.Fatalf("save: %v", err)
	}
}

// load loads what may not fail.
func load(tb testing.TB, engine Engine, ids ...knowledge.ID) []knowledge.Entity {
	tb.Helper()
	got, err := engine.Load(tb.Context(), ids...)
	if err != nil {
		tb.Fatalf("load: %v", err)
	}
	if len(got) != len(ids) {
		tb.Fatalf("load gave %d entities for %d ids", len(got), len(ids))
	}
	return got
}

// history reads what may not fail.
func history(tb testing.TB, engine Engine, id knowledge.ID, before knowledge.Revision, limit int) []knowledge.Entity {
	tb.Helper()
	got, err := engine.History(tb.Context(), id, before, limit)
	if err != nil {
		tb.Fatalf("history: %v", err)
	}
	return got
}

// equal compares an entity from the engine with the one that was saved.
func equal(tb testing.TB, what string, saved, got knowledge.Entity) {
	tb.Helper()
	if diff := cmp.Diff(kept(saved), got); diff != "" {
		tb.Errorf("%s (-saved +got):\n%s", what, diff)
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
func stored(tb testing.TB, engine Engine, want knowledge.Entity) {
	tb.Helper()
	equal(tb, "stored", want, load(tb, engine, want.Head().ID)[0])
}

// refused checks an error of Save for one entity: the cause, and the kind that clients switch on.
func refused(tb testing.TB, err, cause error) {
	tb.Helper()
	if !errors.Is(err, cause) || !knowledge.IsKind(err, knowledge.Conflict) {
		tb.Errorf("save gave %v, want a conflict because %v", err, cause)
	}
	if several, ok := errors.AsType[*knowledge.SaveError](err); ok {
		tb.Errorf("save of one entity gave a SaveError: %v", several)
	}
}

// finish waits for goroutines that a test started, no longer than patience.
func finish(tb testing.TB, done <-chan struct{}, what string) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(tb.Context()), patience)
	defer cancel()
	select {
	case <-done:
	case <-ctx.Done():
		tb.Fatalf("%s did not end within %s", what, patience)
	}
}
