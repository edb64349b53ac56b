package indexsync_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestAwait(t *testing.T) {
	t.Parallel()
	a := knowledgetest.Practice("a")
	tests := []struct {
		name     string
		during   func(s *fakeStore, x *fakeIndex, cancel func()) // what happens while somebody waits
		revision knowledge.Revision
		want     bool
		after    time.Duration
	}{
		{"is there already", nil, 1, true, 0},
		{"comes", func(s *fakeStore, _ *fakeIndex, _ func()) { s.save(knowledgetest.Revised(a, nil)) }, 2, true, time.Millisecond},
		{"comes as a later one", func(s *fakeStore, _ *fakeIndex, _ func()) {
			s.save(knowledgetest.Revised(knowledgetest.Revised(a, nil), nil))
		}, 2, true, time.Millisecond},
		{"is a deletion", func(s *fakeStore, _ *fakeIndex, _ func()) { s.save(knowledgetest.Deleted(a)) }, 2, true, time.Millisecond},
		{"never comes", nil, 2, false, indexsync.AwaitLimit},
		{"another one comes", func(s *fakeStore, _ *fakeIndex, _ func()) { s.save(knowledgetest.Practice("b")) }, 2, false, indexsync.AwaitLimit},
		{"nobody waits any more", func(_ *fakeStore, _ *fakeIndex, cancel func()) { cancel() }, 2, false, 0},
		{"the index fails for a while", func(s *fakeStore, x *fakeIndex, _ func()) {
			x.set(func(*generation, apply) error { return errPassing })
			s.save(knowledgetest.Revised(a, nil))
			time.AfterFunc(time.Second, func() { x.set(nil) })
		}, 2, true, 1551 * time.Millisecond}, // Tries at 1, 51, 152, 353, 754 and 1,555 ms, less rounding.
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, x := newStore(a), newIndex()
				f, _, stop := follow(t, s, x)
				<-f.Ready()
				settle()
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				began := time.Now() //nolint:forbidigo // The bubble's clock.
				done := make(chan bool)
				go func() { done <- f.Await(ctx, a.ID, test.revision) }()
				synctest.Wait()
				if test.during != nil {
					test.during(s, x, cancel)
				}
				if got := <-done; got != test.want {
					t.Errorf("Await = %t, want %t", got, test.want)
				}
				if took := time.Since(began); took < test.after || took > test.after+10*time.Millisecond {
					t.Errorf("Await took %s, want %s", took, test.after)
				}
				mustStop(t, stop)
			})
		})
	}
}

func TestAwaitOfADeletionThatIsDone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		s, x := newStore(a), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		s.save(knowledgetest.Deleted(a))
		settle()
		if !f.Await(t.Context(), a.ID, 2) {
			t.Error("a deletion that is done is waited for")
		}
		// It is remembered for a while only, and found out after that.
		for _, e := range practices("p", 1100) {
			s.save(e, knowledgetest.Deleted(e))
		}
		settle()
		loads := len(s.loads)
		if !f.Await(t.Context(), a.ID, 2) {
			t.Error("a deletion that was done long ago is waited for")
		}
		if len(s.loads) != loads+1 {
			t.Error("deletions are remembered for ever: the test tests nothing")
		}
		mustStop(t, stop)
	})
}

func TestAwaitAcrossALostCursor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		s, x := newStore(a), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		s.set(onFeed(errPassing))
		s.save(knowledgetest.Revised(a, nil))
		done := make(chan bool)
		go func() { done <- f.Await(t.Context(), a.ID, 2) }()
		settle()
		s.forget()
		s.set(nil)
		if !<-done {
			t.Error("the new generation has the revision and nobody was told")
		}
		if got := x.revisions()[a.ID]; got != 2 {
			t.Errorf("told before the swap: readers find revision %d", got)
		}
		mustStop(t, stop)
	})
}

func TestAwaitOfANounWaitsForItsDependents(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		housing := knowledgetest.Theme("housing")
		a := knowledgetest.Practice("a", knowledgetest.Themed("housing"))
		s, x := newStore(housing, a), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		x.set(func(_ *generation, call apply) error {
			if slices.Contains(call.ids, a.ID) {
				time.Sleep(time.Second)
			}
			return nil
		})
		s.save(knowledgetest.Revised(housing, nil))
		settle()
		if x.revisions()[housing.ID] != 2 || x.linked(a.ID)[housing.ID] != 1 {
			t.Fatal("the theme is not on its way: the test tests nothing")
		}
		if !f.Await(t.Context(), housing.ID, 2) {
			t.Error("the theme was not found")
		}
		if got := x.linked(a.ID)[housing.ID]; got != 2 {
			t.Errorf("the practice is found by revision %d of its theme, want 2", got)
		}
		if !f.Await(t.Context(), housing.ID, 2) {
			t.Error("the theme was not found when it was there")
		}
		mustStop(t, stop)
	})
}
