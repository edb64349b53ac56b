package indexsync_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// took measures with the bubble's clock.
func took(do func()) time.Duration {
	began := time.Now() //nolint:forbidigo // The bubble's clock.
	do()
	return time.Since(began)
}

func TestAwaitOfADeletionThatThisProcessHasNotSeen(t *testing.T) {
	t.Parallel()
	for name, indexed := range map[string]bool{"indexed before": true, "never indexed": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := knowledgetest.Practice("a")
				s, x := newStore(knowledgetest.Practice("b")), newIndex()
				if indexed {
					s.save(a)
				}
				_, _, stop := follow(t, s, x)
				settle()
				mustStop(t, stop)
				s.save(a, knowledgetest.Deleted(a))
				_, _, stop = follow(t, s, x)
				settle()
				mustStop(t, stop)
				f, _, stop := follow(t, s, x) // This one has seen nothing.
				<-f.Ready()
				var found bool
				if d := took(func() { found = f.Await(t.Context(), a.ID, 2) }); !found || d > 100*time.Millisecond {
					t.Errorf("Await = %t after %s, want true soon", found, d)
				}
				mustStop(t, stop)
			})
		})
	}
}

func TestAwaitOfADeletionThatIsOnItsWay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		s, x := newStore(), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		x.set(func(*generation, apply) error { return errPassing })
		s.save(a, knowledgetest.Deleted(a)) // In neither, and the position is before both.
		time.AfterFunc(time.Second, func() { x.set(nil) })
		var found bool
		if d := took(func() { found = f.Await(t.Context(), a.ID, 2) }); !found || d < time.Second {
			t.Errorf("Await = %t after %s, want true when the deletion is done", found, d)
		}
		mustStop(t, stop)
	})
}

func TestAwaitWhileTheStoreIsAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, b := knowledgetest.Practice("a"), knowledgetest.Practice("b")
		s, x := newStore(a), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		s.set(always(errPassing))
		s.save(b, knowledgetest.Deleted(b))
		var found bool
		if d := took(func() { found = f.Await(t.Context(), a.ID, 1) }); !found || d != 0 {
			t.Errorf("what is indexed was found %t after %s", found, d)
		}
		if d := took(func() { found = f.Await(t.Context(), b.ID, 2) }); found || d != indexsync.AwaitLimit {
			t.Errorf("what cannot be known was found %t after %s", found, d)
		}
		mustStop(t, stop)
	})
}

func TestAwaitOfWhatTheIndexHasLost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		s, x := newStore(a), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		x.put(a.ID, knowledge.Stamp{})
		if f.Await(t.Context(), a.ID, 1) {
			t.Error("what the store has and the index has not was found")
		}
		mustStop(t, stop)
	})
}

func TestAwaitOfADeletionAcrossALostCursor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		s, x := newStore(a), newIndex()
		var forgotten []knowledge.ID
		f, _, stop := follow(t, s, x, func(o *indexsync.Options) {
			o.Forget = func(ids []knowledge.ID) { forgotten = append(forgotten, ids...) }
		})
		<-f.Ready()
		settle()
		s.set(onFeed(errPassing))
		s.save(knowledgetest.Deleted(a))
		done := make(chan bool)
		go func() { done <- f.Await(t.Context(), a.ID, 2) }()
		settle()
		s.forget()
		s.set(nil)
		if !<-done {
			t.Error("the new generation lacks what was deleted, and nobody was told")
		}
		if !slices.Equal(forgotten, []knowledge.ID{a.ID}) {
			t.Errorf("forgotten were %v, want what was deleted while nobody followed", forgotten)
		}
		mustStop(t, stop)
	})
}
