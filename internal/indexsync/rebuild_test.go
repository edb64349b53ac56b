package indexsync_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestRebuildBesideWhileWritesGoOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(practices("old", 1200)...), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		first := x.Current()
		notices := f.Subscribe(t.Context())
		var told []string
		read := make(chan struct{})
		go func() {
			defer close(read)
			for n := range notices {
				told = append(told, said(n))
			}
		}()
		s.inSnapshot = func(int) { time.Sleep(100 * time.Microsecond) }
		written := make(chan []string)
		go func() { written <- write(s, 200) }()
		var progress []int
		if err := f.Rebuild(t.Context(), func(done int) { progress = append(progress, done) }); err != nil {
			t.Fatal(err)
		}
		if x.Current() == first || !first.closed {
			t.Error("the new generation is not in use, or the old one not closed")
		}
		want := <-written
		settle()
		wantEqual(t, x, s)
		mustStop(t, stop)
		<-read
		if !slices.Equal(told, want) {
			t.Errorf("told %d changes, want the %d that were made, each once and in order", len(told), len(want))
		}
		if len(progress) < 3 || !slices.IsSorted(progress) || progress[len(progress)-1] < 1200 {
			t.Errorf("progress was %v", progress)
		}
	})
}

// write saves n changes, one every two milliseconds, and tells what a subscriber must be told.
func write(s *fakeStore, n int) []string {
	var want []string
	for i := range n {
		e := knowledgetest.Practice("new-" + strconv.Itoa(i))
		s.save(e)
		want = append(want, e.Slug+" 1 published")
		time.Sleep(2 * time.Millisecond)
	}
	return want
}

func TestRebuildTellsWhatTheOldGenerationLacked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, b := knowledgetest.Practice("a"), knowledgetest.Practice("b")
		s, x := newStore(a), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		notices := f.Subscribe(t.Context())
		// The follower is held in a write of one change while another is made.
		held, release := make(chan struct{}), make(chan struct{})
		x.set(func(g *generation, call apply) error {
			if g == x.begun[0] && slices.Contains(call.ids, b.ID) {
				close(held)
				<-release
			}
			return nil
		})
		s.save(b)
		<-held
		a2 := knowledgetest.Revised(a, nil)
		s.save(a2)
		done := make(chan error)
		go func() { done <- f.Rebuild(t.Context(), nil) }()
		synctest.Wait() // The new generation is filled and waits for its turn.
		x.set(nil)
		close(release)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		settle()
		wantEqual(t, x, s)
		if got := unread(notices); !slices.Equal(got, []string{"b 1 published", "a 2 was public"}) {
			t.Errorf("told %q, want both changes once", got)
		}
		if !f.Await(t.Context(), a.ID, 2) {
			t.Error("the change cannot be found")
		}
		mustStop(t, stop)
	})
}

func TestChangesOfTheLastMomentAreToldAfterTheSwap(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, c := knowledgetest.Practice("a"), knowledgetest.Practice("c")
		s, x := newStore(a), newIndex()
		f, _ := newFollower(t, s, x)
		if err := f.Rebuild(t.Context(), nil); err != nil { // Ready without Run.
			t.Fatal(err)
		}
		old := x.Current()
		notices := f.Subscribe(t.Context())
		awaited := make(chan bool)
		opens := s.opens()
		// The third feed of this rebuild is the new generation's second: the old one is up to date by then.
		s.script = func(ctx context.Context, after knowledge.Cursor, yield func(knowledge.Change, error) bool) {
			if s.opens() == opens+3 {
				s.save(c)
				go func() { awaited <- f.Await(ctx, c.ID, 1) }()
				synctest.Wait()
				if x.Current() != old {
					t.Error("swapped before the new generation was up to date")
				}
			}
			s.changes(ctx, after, yield)
		}
		if err := f.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if got := unread(notices); !slices.Equal(got, []string{"c 1 published"}) || x.revisions()[c.ID] != 1 {
			t.Errorf("told %q, want the change of the last moment", got)
		}
		<-awaited // Either answer is right: its context ends with the feed.
	})
}

func TestSecondRebuildIsRefused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		s, x := newStore(knowledgetest.Practice("a")), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		s.inSnapshot = func(int) { <-release }
		done := make(chan error)
		go func() { done <- f.Rebuild(t.Context(), nil) }()
		synctest.Wait()
		if err := f.Rebuild(t.Context(), nil); !knowledge.IsKind(err, knowledge.Conflict) {
			t.Errorf("the second rebuild gave %v, want a conflict", err)
		}
		close(release)
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := f.Rebuild(t.Context(), nil); err != nil {
			t.Errorf("a later rebuild gave %v", err)
		}
		mustStop(t, stop)
	})
}

func TestFailedRebuildChangesNothing(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func(*fakeStore, *fakeIndex, context.CancelFunc){
		"the store": func(s *fakeStore, _ *fakeIndex, _ context.CancelFunc) {
			s.set(func(after knowledge.Cursor, n int) error {
				if after == "" && n == 600 {
					return errPassing
				}
				return nil
			})
		},
		"the index": func(_ *fakeStore, x *fakeIndex, _ context.CancelFunc) {
			x.set(func(g *generation, _ apply) error {
				if g.number == 2 && len(g.applied) == 1 {
					return errPassing
				}
				return nil
			})
		},
		"the context": func(s *fakeStore, _ *fakeIndex, cancel context.CancelFunc) {
			s.inSnapshot = func(n int) {
				if n == 600 {
					cancel()
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, x := newStore(practices("p", 1200)...), newIndex()
				f, _, stop := follow(t, s, x)
				<-f.Ready()
				settle()
				first := x.Current()
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				fail(s, x, cancel)
				if err := f.Rebuild(ctx, nil); !errors.Is(err, errPassing) && !errors.Is(err, context.Canceled) {
					t.Errorf("Rebuild gave %v", err)
				}
				if x.Current() != first || x.discarded != len(x.begun)-1 || slices.ContainsFunc(x.begun[1:], isOpen) {
					t.Error("the old generation is not in use, or the new one not discarded")
				}
				s.set(nil)
				s.save(knowledgetest.Practice("later"))
				settle()
				wantEqual(t, x, s)
				mustStop(t, stop)
			})
		})
	}
}

func isOpen(g *generation) bool { return !g.closed }

func TestRebuildLetsGoOfWhatIsHeld(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		housing := knowledgetest.Theme("housing")
		s, x := newStore(housing, knowledgetest.Practice("a", knowledgetest.Themed("housing"))), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		broken, calls := x.Current(), 0
		x.set(func(g *generation, _ apply) error { // The theme is written, and nothing after it.
			if calls++; g == broken && calls > 1 {
				return errPassing
			}
			return nil
		})
		s.save(knowledgetest.Revised(housing, nil))
		settle()
		if broken.docs[housing.ID].stamp.Revision != 2 {
			t.Fatal("the theme was not written: the test tests nothing")
		}
		if err := f.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if !f.Await(t.Context(), housing.ID, 2) {
			t.Error("the new generation has the theme, and it is waited for")
		}
		mustStop(t, stop)
	})
}

func TestRebuildHealsAGenerationThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(knowledgetest.Practice("a")), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		broken := x.Current()
		x.set(func(g *generation, _ apply) error {
			if g == broken {
				return errPassing
			}
			return nil
		})
		notices := f.Subscribe(t.Context())
		s.save(knowledgetest.Practice("b"))
		settle()
		if err := f.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		wantEqual(t, x, s)
		if _, open := <-notices; open {
			t.Error("a subscriber that has missed changes was not told so")
		}
		time.Sleep(10 * time.Second)
		s.save(knowledgetest.Practice("c"))
		settle()
		wantEqual(t, x, s)
		mustStop(t, stop)
	})
}

func TestRebuildWithoutRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(practices("p", 700)...), newIndex()
		x.put(knowledgetest.ID(knowledge.KindPractice, "surplus"), knowledge.Stamp{Revision: 3})
		f, _ := newFollower(t, s, x)
		if err := f.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		wantEqual(t, x, s)
		if !isClosed(f.Ready()) {
			t.Error("not ready although everything can be found")
		}
		if got := x.Current().cursor; got != cursor(0, 700) {
			t.Errorf("the new generation is at %q", got)
		}
	})
}

func TestSwapThatOnlyFailsToCleanUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(knowledgetest.Practice("a")), newIndex()
		f, log, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		x.swapped = errPassing
		if err := f.Rebuild(t.Context(), nil); err != nil {
			t.Errorf("Rebuild gave %v although the new generation is in use", err)
		}
		s.save(knowledgetest.Practice("b"))
		settle()
		wantEqual(t, x, s)
		mustStop(t, stop)
		if x.discarded != 0 || !strings.Contains(log.String(), "could not be deleted") {
			t.Errorf("%d generations discarded, and the log is:\n%s", x.discarded, log)
		}
	})
}
