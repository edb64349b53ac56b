package indexsync_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// errPassing is a failure that passes.
var errPassing = errors.New("the disk is busy")

// follow makes a follower with a clock and a log, and runs it until stop is called.
func follow(
	t *testing.T, s *fakeStore, x *fakeIndex, more ...func(*indexsync.Options),
) (f *indexsync.Follower, log *logbook, stop func() error) {
	t.Helper()
	f, log = newFollower(t, s, x, more...)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- f.Run(ctx) }()
	return f, log, func() error {
		cancel()
		return <-done
	}
}

func newFollower(t *testing.T, s *fakeStore, x *fakeIndex, more ...func(*indexsync.Options)) (*indexsync.Follower, *logbook) {
	t.Helper()
	log := &logbook{}
	o := indexsync.Options{
		Feed: s, Store: s, Logger: slog.New(slog.NewTextHandler(log, nil)),
		Now: time.Now, //nolint:forbidigo // The bubble's clock.
	}
	for _, set := range more {
		set(&o)
	}
	f, err := indexsync.New(x, o)
	if err != nil {
		t.Fatal(err)
	}
	return f, log
}

// logbook is a log that may be read while it is written.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer // guarded by mu
}

func (l *logbook) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// mustStop stops a follower that has not failed.
func mustStop(t *testing.T, stop func() error) {
	t.Helper()
	if err := stop(); err != nil {
		t.Errorf("Run returned %v, want nil at the end of its context", err)
	}
}

// settle lets the follower finish what it has to do.
func settle() { pass(20 * time.Millisecond) }

// pass lets time pass, and what is due then be done.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// isClosed tells whether the follower is ready.
func isClosed(ready <-chan struct{}) bool {
	select {
	case <-ready:
		return true
	default:
		return false
	}
}

func TestNewRefusesWhatIsMissing(t *testing.T) {
	t.Parallel()
	s, logger := newStore(), slog.New(slog.DiscardHandler)
	now := knowledgetest.Now
	for name, o := range map[string]indexsync.Options{
		"feed":   {Store: s, Logger: logger, Now: now},
		"store":  {Feed: s, Logger: logger, Now: now},
		"logger": {Feed: s, Store: s, Now: now},
		"clock":  {Feed: s, Store: s, Logger: logger},
	} {
		if _, err := indexsync.New(newIndex(), o); err == nil {
			t.Errorf("New without a %s gave no error", name)
		}
	}
	if _, err := indexsync.New[*generation](nil, indexsync.Options{Feed: s, Store: s, Logger: logger, Now: now}); err == nil {
		t.Error("New without an index gave no error")
	}
}

func TestRunIndexesWhatWasThereAndWhatComes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, b := knowledgetest.Practice("a"), knowledgetest.Practice("b")
		s, x := newStore(a), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		wantEqual(t, x, s)
		s.save(b, knowledgetest.Revised(a, nil))
		settle()
		wantEqual(t, x, s)
		s.save(knowledgetest.Deleted(b))
		settle()
		wantEqual(t, x, s)
		mustStop(t, stop)
		if got, _ := x.Current().Cursor(); got != cursor(0, 4) {
			t.Errorf("the index is at %q, want the feed's end", got)
		}
	})
}

func TestReadyWaitsForTheMark(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		s, x := newStore(knowledgetest.Practice("a"), knowledgetest.Practice("b")), newIndex()
		s.inSnapshot = func(n int) {
			if n == 1 {
				<-release
			}
		}
		f, _, stop := follow(t, s, x)
		settle()
		if isClosed(f.Ready()) {
			t.Error("ready in the middle of the snapshot")
		}
		close(release)
		settle()
		if !isClosed(f.Ready()) {
			t.Error("not ready although the feed has caught up")
		}
		mustStop(t, stop)
	})
}

func TestRunResumesWhereItStopped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		s, x := newStore(a), newIndex()
		_, _, stop := follow(t, s, x)
		settle()
		mustStop(t, stop)
		s.save(knowledgetest.Revised(a, nil))
		opens := s.opens()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		wantEqual(t, x, s)
		mustStop(t, stop)
		if got := s.opened[opens:]; len(got) != 1 || got[0] != cursor(0, 1) {
			t.Errorf("feeds opened at %q, want one at the stored position", got)
		}
		if len(x.begun) != 1 {
			t.Errorf("%d generations were begun, want the first run's only", len(x.begun))
		}
	})
}

func TestCrashInTheSnapshotStartsItAnew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, gone := knowledgetest.Practice("a"), knowledgetest.Practice("gone")
		s, x := newStore(gone, a, knowledgetest.Practice("b")), newIndex()
		// What an interrupted snapshot has left: some records, and no position.
		item := knowledge.Indexable{Entity: gone}
		if err := x.Current().Apply(t.Context(), []knowledge.Indexable{item}, ""); err != nil {
			t.Fatal(err)
		}
		s.save(knowledgetest.Deleted(gone))
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		wantEqual(t, x, s)
		mustStop(t, stop)
	})
}

func TestRunGoesOnAfterFailures(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func(*fakeStore, *fakeIndex, error){
		"of the feed":  func(s *fakeStore, _ *fakeIndex, err error) { s.set(onFeed(err)) },
		"of the store": func(s *fakeStore, _ *fakeIndex, err error) { s.set(onLoad(err)) },
		"of the index": func(_ *fakeStore, x *fakeIndex, err error) { x.set(func(*generation, apply) error { return err }) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				theme := knowledgetest.Theme("housing")
				s, x := newStore(theme), newIndex()
				f, log, stop := follow(t, s, x)
				<-f.Ready()
				opens := s.opens()
				fail(s, x, errPassing)
				s.save(knowledgetest.Practice("a", knowledgetest.Themed("housing")))
				time.Sleep(60 * time.Second)
				if n := s.opens() - opens; n < 60 || n > 70 {
					t.Errorf("tried %d times in a minute, want pauses that grow to 1 s", n)
				}
				fail(s, x, nil)
				time.Sleep(1100 * time.Millisecond)
				wantEqual(t, x, s)
				mustStop(t, stop)
				if n := strings.Count(log.String(), "cannot follow"); n != 1 {
					t.Errorf("the streak was logged %d times, want once:\n%s", n, log)
				}
				if !strings.Contains(log.String(), errPassing.Error()) || !strings.Contains(log.String(), "follows the store again") {
					t.Errorf("the log lacks the cause or the end of the streak:\n%s", log)
				}
			})
		})
	}
}

func onFeed(err error) func(knowledge.Cursor, int) error {
	return func(_ knowledge.Cursor, n int) error {
		if n >= 0 {
			return err
		}
		return nil
	}
}

func onList(err error) func(knowledge.Cursor, int) error {
	return func(_ knowledge.Cursor, n int) error {
		if n == -2 {
			return err
		}
		return nil
	}
}

// always fails, as a store that is away does.
func always(err error) func(knowledge.Cursor, int) error {
	return func(knowledge.Cursor, int) error { return err }
}

func onLoad(err error) func(knowledge.Cursor, int) error {
	return func(_ knowledge.Cursor, n int) error {
		if n == -1 {
			return err
		}
		return nil
	}
}

func TestRunReturnsWhenTheStoreIsClosed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(knowledgetest.Practice("a")), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		notices := f.Subscribe(t.Context())
		s.set(onFeed(fs.ErrClosed))
		s.save(knowledgetest.Practice("b"))
		if _, open := <-notices; open {
			t.Error("the subscription goes on although nothing follows any more")
		}
		if err := stop(); !errors.Is(err, fs.ErrClosed) {
			t.Errorf("Run returned %v, want what closed the store", err)
		}
	})
}

func TestSecondRunIsRefused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, _, stop := follow(t, newStore(), newIndex())
		<-f.Ready()
		if err := f.Run(t.Context()); err == nil {
			t.Error("a second Run was not refused")
		}
		mustStop(t, stop)
	})
}

func TestFeedWithoutAPositionDoesNotSpin(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]func(context.Context, knowledge.Cursor, func(knowledge.Change, error) bool){
		"a mark without a cursor": func(_ context.Context, _ knowledge.Cursor, yield func(knowledge.Change, error) bool) {
			yield(knowledge.Change{CaughtUp: true}, nil)
		},
		"a feed that ends by itself": func(context.Context, knowledge.Cursor, func(knowledge.Change, error) bool) {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, x := newStore(), newIndex()
				s.script = script
				f, log, stop := follow(t, s, x)
				time.Sleep(time.Minute)
				if n := s.opens(); n > 70 {
					t.Errorf("the feed was opened %d times in a minute", n)
				}
				if isClosed(f.Ready()) {
					t.Error("ready without a position")
				}
				mustStop(t, stop)
				if x.discarded != len(x.begun) {
					t.Errorf("%d of %d unused generations were discarded", x.discarded, len(x.begun))
				}
				if !strings.Contains(log.String(), "the feed") {
					t.Errorf("the log does not tell:\n%s", log)
				}
			})
		})
	}
}

func TestLostCursorBuildsANewGeneration(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, b := knowledgetest.Practice("a"), knowledgetest.Practice("b")
		s, x := newStore(a, b), newIndex()
		f, log, stop := follow(t, s, x)
		<-f.Ready()
		first := x.Current()
		notices := f.Subscribe(t.Context())
		s.set(onFeed(errPassing)) // The connection breaks …
		s.save(knowledgetest.Deleted(b), knowledgetest.Revised(a, nil))
		settle()
		s.forget() // … and the log is cut meanwhile.
		s.set(nil)
		time.Sleep(time.Second)
		wantEqual(t, x, s)
		if x.Current() == first || !first.closed {
			t.Error("the old generation is still in use")
		}
		if _, open := <-notices; open {
			t.Error("a subscriber that has missed changes was not told so")
		}
		s.save(knowledgetest.Practice("c"))
		settle()
		wantEqual(t, x, s)
		s.forget()
		s.cut()
		time.Sleep(time.Second)
		wantEqual(t, x, s)
		mustStop(t, stop)
		if n := strings.Count(log.String(), "forgotten"); n != 2 {
			t.Errorf("two lost positions were logged %d times", n)
		}
	})
}

func TestOlderStatesAreIgnored(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		b := knowledgetest.Revised(a, nil)
		s, x := newStore(b), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		s.save(a) // Delivered late: the store itself still has the newer state.
		s.mu.Lock()
		s.live[b.ID] = b
		s.mu.Unlock()
		settle()
		if got := x.revisions(); !maps.Equal(got, map[knowledge.ID]knowledge.Revision{a.ID: 2}) {
			t.Errorf("the index has %v, want revision 2 to stay", got)
		}
		mustStop(t, stop)
		if got, _ := x.Current().Cursor(); got != cursor(0, 2) {
			t.Errorf("the index is at %q, want behind the old state", got)
		}
	})
}
