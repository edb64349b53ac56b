package boltstore_test

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// TestEveryMomentOfAWriteIsWhole opens copies of the file that were taken while writers were at work,
// which is what a crash would leave behind. What was accepted before the copy must be in it, with its
// history, its slug and its place in the feed, and nothing may be there by half.
func TestEveryMomentOfAWriteIsWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "store")
	w := newWriters(open(t, path, boltstore.Options{}))
	w.start(t)
	for i := range 8 {
		want := w.after(100 * i)
		copied := filepath.Join(dir, fmt.Sprint("copy-", i))
		copyAsACrash(t, path, copied)
		checkCopy(t, copied, want)
	}
	w.stop()
	checkCopyOf(t, w.store, w.after(0))
}

const writerCount = 4

// writers save one practice each, again and again, and remember what was accepted.
type writers struct {
	store    *boltstore.Store
	more     *sync.Cond // its lock guards accepted and saves
	accepted map[knowledge.ID]*knowledge.Practice
	saves    int
	all      sync.WaitGroup
	quit     chan struct{}
}

func newWriters(store *boltstore.Store) *writers {
	return &writers{
		store: store, more: sync.NewCond(&sync.Mutex{}),
		accepted: map[knowledge.ID]*knowledge.Practice{}, quit: make(chan struct{}),
	}
}

func (w *writers) start(t *testing.T) {
	t.Helper()
	for i := range writerCount {
		w.all.Go(func() {
			p := knowledgetest.Practice(fmt.Sprint("writer-", i))
			for {
				select {
				case <-w.quit:
					return
				default:
				}
				if err := w.store.Save(t.Context(), p); err != nil {
					t.Error(err)
					w.enter(p, math.MaxInt/writerCount)
					return
				}
				w.enter(p, 1)
				p = knowledgetest.Revised(p, func(p *knowledge.Practice) { p.Slug = fmt.Sprint("writer-", i, "-", p.Revision) })
			}
		})
	}
}

// enter remembers what was accepted.
func (w *writers) enter(p *knowledge.Practice, saves int) {
	w.more.L.Lock()
	defer w.more.L.Unlock()
	w.accepted[p.ID] = p
	w.saves += saves
	w.more.Signal()
}

func (w *writers) stop() {
	close(w.quit)
	w.all.Wait()
}

// after waits for a number of saves, and gives what has been accepted.
func (w *writers) after(saves int) map[knowledge.ID]*knowledge.Practice {
	w.more.L.Lock()
	defer w.more.L.Unlock()
	for w.saves < saves {
		w.more.Wait()
	}
	return maps.Clone(w.accepted)
}

// copyAsACrash copies the file as it is at some moment of a commit: the two header pages are the same
// before, in and after the copy, so no commit has ended meanwhile, and any part of the pages of the
// one under way may be in the copy.
func copyAsACrash(t *testing.T, from, to string) {
	t.Helper()
	for range 10_000 {
		before, whole, after := header(t, from), read(t, from), header(t, from)
		if bytes.Equal(before, after) && bytes.HasPrefix(whole, before) {
			if err := os.WriteFile(to, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatal("no copy came about between two commits")
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func header(t *testing.T, path string) []byte {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	b := make([]byte, 2*os.Getpagesize())
	if _, err := file.ReadAt(b, 0); err != nil {
		t.Fatal(err)
	}
	return b
}

func checkCopy(t *testing.T, path string, want map[knowledge.ID]*knowledge.Practice) {
	t.Helper()
	store := open(t, path, boltstore.Options{NoSync: true})
	checkCopyOf(t, store, want)
	if err := store.Close(); err != nil {
		t.Error(err)
	}
}

// checkCopyOf checks that the store holds what was accepted, and that its parts agree.
func checkCopyOf(t *testing.T, store *boltstore.Store, want map[knowledge.ID]*knowledge.Practice) {
	t.Helper()
	all := content(t, store)
	for id, accepted := range want {
		states := all[id]
		if len(states) == 0 || states[0].Head().Revision < accepted.Revision {
			t.Fatalf("%s was accepted up to revision %d; stored are %d states", id, accepted.Revision, len(states))
		}
	}
	for id, states := range all {
		newest := states[0].Head()
		if len(states) != min(newest.Revision, 1000) {
			t.Errorf("%s is at revision %d and has %d states", id, newest.Revision, len(states))
		}
		rival := knowledgetest.Practice("rival")
		rival.Slug = newest.Slug
		if err := store.Save(t.Context(), rival); !knowledge.IsKind(err, knowledge.Conflict) {
			t.Errorf("the slug of %s is free: %v", id, err)
		}
		loaded, err := store.Load(t.Context(), id)
		if err != nil || loaded[0].Head().Revision != newest.Revision {
			t.Errorf("load of %s gave %v, %v", id, loaded, err)
		}
	}
}
