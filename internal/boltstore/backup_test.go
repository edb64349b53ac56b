package boltstore_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// content is everything that a store gives away: the snapshot with the history of each entity.
func content(t *testing.T, store *boltstore.Store) map[knowledge.ID][]knowledge.Entity {
	t.Helper()
	all := map[knowledge.ID][]knowledge.Entity{}
	for change, err := range store.Changes(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		if change.CaughtUp {
			break
		}
		id := change.Entity.Head().ID
		states, err := store.History(t.Context(), id, 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		all[id] = states
	}
	return all
}

// cursor is the position at the end of what was saved.
func cursor(t *testing.T, store *boltstore.Store) knowledge.Cursor {
	t.Helper()
	for change, err := range store.Changes(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		if change.CaughtUp {
			return change.Cursor
		}
	}
	t.Fatal("the feed has ended")
	return ""
}

// backUp writes a backup into a file.
func backUp(t *testing.T, store *boltstore.Store) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	written, err := store.Backup(t.Context(), file)
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != written {
		t.Errorf("backup says %d bytes, the file has %d: %v", written, info.Size(), err)
	}
	return path
}

func TestBackupOpensAndEquals(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	fill(t, path, 40)
	store := open(t, path, boltstore.Options{NoSync: true})
	p := knowledgetest.Practice("a")
	gone := knowledgetest.Practice("gone")
	for _, e := range []knowledge.Entity{p, knowledgetest.Revised(p, nil), gone, knowledgetest.Deleted(gone)} {
		if err := store.Save(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	want := content(t, store)
	backup := open(t, backUp(t, store), boltstore.Options{NoSync: true})
	if diff := cmp.Diff(want, content(t, backup)); diff != "" {
		t.Errorf("the backup (-store +backup):\n%s", diff)
	}
	if err := backup.Save(t.Context(), knowledgetest.Practice("gone")); !errors.Is(err, knowledge.ErrConflict) {
		t.Errorf("the backup has forgotten a tombstone: %v", err)
	}
}

// A restored backup must not take the numbers that it gives anew for those that were given before.
func TestCursorsFromAfterTheBackupAreLost(t *testing.T) {
	t.Parallel()
	store := open(t, filepath.Join(t.TempDir(), "store"), boltstore.Options{NoSync: true})
	add := func(store *boltstore.Store, slug string) {
		t.Helper()
		if err := store.Save(t.Context(), knowledgetest.Practice(slug)); err != nil {
			t.Fatal(err)
		}
	}
	add(store, "a")
	before := cursor(t, store)
	backup := backUp(t, store)
	add(store, "b")
	after := cursor(t, store)

	restored := open(t, backup, boltstore.Options{NoSync: true})
	add(restored, "c") // Takes the number that b had.
	for change, err := range restored.Changes(t.Context(), after) {
		if !errors.Is(err, knowledge.ErrCursorLost) {
			t.Errorf("the cursor from after the backup gave %+v, %v", change, err)
		}
		break
	}
	for change, err := range restored.Changes(t.Context(), before) {
		if err != nil || change.Entity == nil || change.Entity.Head().Slug != "c" {
			t.Errorf("the cursor from before the backup gave %+v, %v", change, err)
		}
		break
	}
}

func TestBackupEndsWithItsContextAndItsWriter(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	fill(t, path, 1)
	store := open(t, path, boltstore.Options{NoSync: true})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := store.Backup(ctx, &bytes.Buffer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("backup with an ended context gave %v", err)
	}
	full := errors.New("no space left")
	if _, err := store.Backup(t.Context(), refusing{full}); !errors.Is(err, full) {
		t.Errorf("backup into a full disk gave %v", err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Backup(t.Context(), &bytes.Buffer{}); !knowledge.IsKind(err, knowledge.Unavailable) {
		t.Errorf("backup after close gave %v", err)
	}
}

// refusing is a writer that fails.
type refusing struct{ err error }

func (r refusing) Write([]byte) (int, error) { return 0, r.err }
