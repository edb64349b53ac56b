package indexsync_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestStoreThatIsAwayForAnHour(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, b := knowledgetest.Practice("a"), knowledgetest.Practice("b")
		s, x := newStore(a, b), newIndex()
		f, log, stop := follow(t, s, x, func(o *indexsync.Options) { o.Compare = time.Minute })
		<-f.Ready()
		notices := f.Subscribe(t.Context())
		settle()
		s.set(always(errPassing))
		s.save(knowledgetest.Revised(a, nil)) // Ends the open feed.
		pass(time.Hour)
		if got := unread(notices); got != nil {
			t.Errorf("told %q while the store was away", got)
		}
		if n := strings.Count(log.String(), "level=WARN"); n != 2 {
			t.Errorf("%d warnings in an hour, want one of the feed and one of the comparison:\n%s", n, log)
		}
		// Another process writes before this one reads again.
		s.save(knowledgetest.Deleted(b), knowledgetest.Practice("c"))
		s.set(nil)
		pass(1100 * time.Millisecond)
		wantEqual(t, x, s)
		want := []string{"a 2 was public", "b 2 was public", "c 1 published"}
		if got := unread(notices); !slices.Equal(got, want) {
			t.Errorf("told %q, want %q", got, want)
		}
		pass(2 * time.Minute)
		for _, text := range []string{"follows the store again", "can be compared with the store again"} {
			if n := strings.Count(log.String(), text); n != 1 {
				t.Errorf("%q was logged %d times:\n%s", text, n, log)
			}
		}
		mustStop(t, stop)
	})
}

func TestStartWhileTheStoreIsAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(practices("p", 1200)...), newIndex()
		s.set(always(errPassing))
		var progress []int
		f, log, stop := follow(t, s, x, func(o *indexsync.Options) {
			o.Compare = 10 * time.Second
			o.Progress = func(done int) { progress = append(progress, done) }
		})
		pass(time.Minute)
		if isClosed(f.Ready()) || len(x.begun) > 0 || len(progress) > 0 {
			t.Errorf("ready %t, %d generations begun, progress %v without a store", isClosed(f.Ready()), len(x.begun), progress)
		}
		s.set(nil)
		if d := took(func() { <-f.Ready() }); d > 1100*time.Millisecond {
			t.Errorf("ready %s after the store came", d)
		}
		wantEqual(t, x, s)
		if !slices.Equal(progress, []int{500, 1000, 1200}) {
			t.Errorf("progress was %v", progress)
		}
		s.save(knowledgetest.Practice("later"))
		settle()
		if len(progress) != 3 {
			t.Error("progress is told of what comes later")
		}
		mustStop(t, stop)
		if n := strings.Count(log.String(), "level=WARN"); n != 1 {
			t.Errorf("%d warnings, want one:\n%s", n, log)
		}
	})
}

func TestPositionThatIsLostWhileTheStoreComesAndGoes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, gone := knowledgetest.Practice("a"), knowledgetest.Practice("gone")
		back := knowledgetest.Practice("back")
		s, x := newStore(a, knowledgetest.Revised(a, nil), gone, back, knowledgetest.Deleted(back)), newIndex()
		var forgotten []knowledge.ID
		f, log, stop := follow(t, s, x, func(o *indexsync.Options) {
			o.Forget = func(ids []knowledge.ID) { forgotten = append(forgotten, ids...) }
		})
		<-f.Ready()
		settle()
		s.save(back, knowledgetest.Deleted(back)) // Seen and remembered.
		settle()
		forgotten = nil
		before := len(x.begun)
		// A restore: the position is lost, and snapshots fail for a while.
		s.set(func(after knowledge.Cursor, _ int) error {
			if after == "" {
				return errPassing
			}
			return nil
		})
		s.forget()
		s.goBack([]knowledge.ID{gone.ID}, a, back)
		s.cut()
		pass(time.Minute)
		if len(x.begun) != before {
			t.Errorf("%d generations were begun while nothing could be read", len(x.begun)-before)
		}
		if !f.Await(t.Context(), gone.ID, 1) {
			t.Error("the old generation does not answer any more")
		}
		s.set(nil)
		pass(1100 * time.Millisecond)
		if got := x.revisions()[a.ID]; got != 1 || x.revisions()[gone.ID] != 0 {
			t.Errorf("the index has %v, want what was restored", x.revisions())
		}
		want := []knowledge.ID{a.ID, gone.ID}
		slices.Sort(want)
		if !slices.Equal(forgotten, want) {
			t.Errorf("forgotten were %v, want %v", forgotten, want)
		}
		if f.Await(t.Context(), back.ID, 2) {
			t.Error("a deletion that was taken back is remembered")
		}
		mustStop(t, stop)
		if n := strings.Count(log.String(), "forgotten"); n != 1 {
			t.Errorf("the lost position was logged %d times:\n%s", n, log)
		}
	})
}

func TestRebuildThatLosesTheStoreAtTheLastMomentKeepsSubscriptions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(practices("p", 700)...), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		notices := f.Subscribe(t.Context())
		first, opens := x.Current(), s.opens()
		failures := 0
		s.set(func(after knowledge.Cursor, _ int) error {
			if s.opens() == opens+2 && failures == 0 { // The feed that brings the old generation up to date.
				failures++
				return errPassing
			}
			return nil
		})
		if err := f.Rebuild(t.Context(), nil); err == nil || failures != 1 || x.Current() != first {
			t.Errorf("Rebuild gave %v after %d failures, want it refused", err, failures)
		}
		b := knowledgetest.Practice("b")
		s.save(b)
		settle()
		if got := unread(notices); !slices.Equal(got, []string{"b 1 published"}) {
			t.Errorf("told %q, want the subscription to go on", got)
		}
		if err := f.Rebuild(t.Context(), nil); err != nil {
			t.Errorf("another try gave %v", err)
		}
		if got := unread(notices); got != nil {
			t.Errorf("told %q", got)
		}
		mustStop(t, stop)
	})
}

func TestStartOnAnOldIndexWhileTheStoreIsAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		s, x := newStore(a), newIndex()
		_, _, stop := follow(t, s, x)
		settle()
		mustStop(t, stop)
		s.save(knowledgetest.Revised(a, nil))
		s.set(always(errPassing))
		f, log, stop := follow(t, s, x, func(o *indexsync.Options) { o.Compare = 10 * time.Second })
		pass(time.Minute)
		if isClosed(f.Ready()) {
			t.Error("ready although it is not known whether the index is up to date")
		}
		if !f.Await(t.Context(), a.ID, 1) {
			t.Error("what the old index has is not found")
		}
		s.set(nil)
		if d := took(func() { <-f.Ready() }); d > 1100*time.Millisecond {
			t.Errorf("ready %s after the store came", d)
		}
		wantEqual(t, x, s)
		mustStop(t, stop)
		if n := strings.Count(log.String(), "level=WARN"); n != 1 {
			t.Errorf("%d warnings, want one:\n%s", n, log)
		}
	})
}
