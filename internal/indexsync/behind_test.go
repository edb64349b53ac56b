package indexsync_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// isBehind tells whether the follower is behind, since the time where it is.
func isBehind(t *testing.T, f *indexsync.Follower, want time.Time) bool {
	t.Helper()
	since, behind := f.Behind()
	if behind && !since.Equal(want) {
		t.Errorf("behind since %s, want %s", since, want)
	}
	return behind
}

// A store that was away answers again long before the index has caught up with what was saved meanwhile.
func TestBehindUntilCaughtUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		s, x := newStore(a), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		if isBehind(t, f, time.Time{}) {
			t.Error("behind although nothing has failed")
		}
		broken := time.Now() //nolint:forbidigo // The bubble's clock.
		s.set(always(errPassing))
		s.cut()
		settle()
		if !isBehind(t, f, broken) {
			t.Error("the store is away, and the index is not behind")
		}
		s.save(practices("p", 1200)...)
		pass(time.Hour)
		if !isBehind(t, f, broken) {
			t.Error("the store has been away for an hour, and the index is not behind")
		}
		release := make(chan struct{})
		x.set(func(_ *generation, call apply) error { // The first batch is written, the second waits.
			if len(x.revisions()) > 1 {
				<-release
			}
			return nil
		})
		s.set(nil)
		pass(2 * time.Second)
		if n := len(x.revisions()); n < 100 || n > 1000 {
			t.Fatalf("%d records are indexed: the test tests nothing", n)
		}
		if !isBehind(t, f, broken) {
			t.Error("a part has come, and the index is not behind")
		}
		x.set(nil)
		close(release)
		settle()
		if isBehind(t, f, broken) {
			t.Error("everything has come, and the index is behind")
		}
		wantEqual(t, x, s)
		mustStop(t, stop)
	})
}

func TestBehindUntilANewIndexIsInUse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(practices("p", 3)...), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		release := make(chan struct{})
		s.inSnapshot = func(int) { <-release }
		lost := time.Now() //nolint:forbidigo // The bubble's clock.
		s.forget()
		s.cut()
		settle()
		pass(time.Minute)
		if !isBehind(t, f, lost) {
			t.Error("a new index is being built, and the old one is not behind")
		}
		close(release)
		settle()
		if isBehind(t, f, lost) {
			t.Error("the new index is in use, and behind")
		}
		mustStop(t, stop)
	})
}

func TestBehindMayBeAskedByAnybody(t *testing.T) {
	t.Parallel()
	s, x := newStore(knowledgetest.Practice("a")), newIndex()
	f, _ := newFollower(t, s, x)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	s.set(func(_ knowledge.Cursor, n int) error {
		if n == 0 && s.opens() == 1 {
			return errPassing
		}
		return nil
	})
	go func() { done <- f.Run(ctx) }()
	for ready := false; !ready; {
		f.Behind()
		ready = isClosed(f.Ready())
	}
	if _, behind := f.Behind(); behind {
		t.Error("behind when it is ready")
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
