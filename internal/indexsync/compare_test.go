package indexsync_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// comparison is how often the followers of these tests compare, and mending how long one comparison
// takes that has something to mend.
const (
	comparison = time.Minute
	mending    = 6 * time.Second
)

// compared follows with comparisons, and notes what is forgotten.
func compared(t *testing.T, s *fakeStore, x *fakeIndex) (
	f *indexsync.Follower, log *logbook, forgotten *[]knowledge.ID, stop func() error,
) {
	t.Helper()
	forgotten = new([]knowledge.ID)
	f, log, stop = follow(t, s, x, func(o *indexsync.Options) {
		o.Compare = comparison
		o.Forget = func(ids []knowledge.ID) { *forgotten = append(*forgotten, ids...) }
	})
	<-f.Ready()
	settle()
	return f, log, forgotten, stop
}

func TestComparisonMendsEachFault(t *testing.T) {
	t.Parallel()
	a, b, c := knowledgetest.Practice("a"), knowledgetest.Practice("b"), knowledgetest.Practice("c")
	b2 := knowledgetest.Revised(b, nil)
	surplus := knowledgetest.ID(knowledge.KindPractice, "surplus")
	tests := []struct {
		name      string
		spoil     func(s *fakeStore, x *fakeIndex)
		log       string
		told      []string
		forgotten []knowledge.ID
	}{
		{"nothing", func(*fakeStore, *fakeIndex) {}, "", nil, nil},
		{
			"missing in the index", func(_ *fakeStore, x *fakeIndex) { x.put(a.ID, knowledge.Stamp{}) },
			"missing=1 behind=0 ahead=0 surplus=0",
			[]string{"a 1 published"},
			nil,
		},
		{
			"behind the store", func(_ *fakeStore, x *fakeIndex) {
				x.put(b.ID, knowledge.Stamp{Revision: 1, Status: knowledge.StatusPublished})
			},
			"missing=0 behind=1 ahead=0 surplus=0",
			[]string{"b 2 was public published"},
			nil,
		},
		{
			"ahead of the store", func(s *fakeStore, _ *fakeIndex) { s.goBack(nil, b) },
			"missing=0 behind=0 ahead=1 surplus=0",
			[]string{"closed"},
			[]knowledge.ID{b.ID},
		},
		{
			"gone from the store", func(s *fakeStore, _ *fakeIndex) { s.goBack([]knowledge.ID{c.ID}) },
			"missing=0 behind=0 ahead=0 surplus=1",
			[]string{"closed"},
			[]knowledge.ID{c.ID},
		},
		{
			"never in the store", func(_ *fakeStore, x *fakeIndex) { x.put(surplus, knowledge.Stamp{Revision: 7}) },
			"missing=0 behind=0 ahead=0 surplus=1",
			[]string{"closed"},
			[]knowledge.ID{surplus},
		},
		{
			"nothing that subscribers care for", func(_ *fakeStore, x *fakeIndex) { x.put("garbage", knowledge.Stamp{Revision: 7}) },
			"missing=0 behind=0 ahead=0 surplus=1", nil,
			[]knowledge.ID{"garbage"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, x := newStore(a, b, c, b2), newIndex()
				f, log, forgotten, stop := compared(t, s, x)
				position, _ := x.Current().Cursor()
				notices := f.Subscribe(t.Context())
				test.spoil(s, x)
				pass(comparison + mending)
				wantEqual(t, x, s)
				if got := unread(notices); !slices.Equal(got, test.told) {
					t.Errorf("told %q, want %q", got, test.told)
				}
				if !slices.Equal(*forgotten, test.forgotten) {
					t.Errorf("forgotten were %v, want %v", *forgotten, test.forgotten)
				}
				warnings := strings.Count(log.String(), "level=WARN")
				if test.log == "" && warnings != 0 || test.log != "" && (warnings != 1 || !strings.Contains(log.String(), test.log)) {
					t.Errorf("want one warning with %q in the log, or none:\n%s", test.log, log)
				}
				if now, _ := x.Current().Cursor(); now != position {
					t.Errorf("the position moved from %q to %q", position, now)
				}
				mustStop(t, stop)
			})
		})
	}
}

func TestComparisonIsOnlyMadeWhereItIsWanted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		s, x := newStore(a), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		x.put(a.ID, knowledge.Stamp{})
		pass(24 * time.Hour)
		if len(x.revisions()) != 0 {
			t.Error("compared although nobody asked for it")
		}
		mustStop(t, stop)
	})
}

func TestComparisonTakesNoLagForAFault(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(practices("p", 300)...), newIndex()
		f, log, forgotten, stop := compared(t, s, x)
		notices := f.Subscribe(t.Context())
		go func() {
			for range notices {
			}
		}()
		// Writers never rest, the follower is slow, and a list takes a while.
		x.set(func(*generation, apply) error { time.Sleep(300 * time.Millisecond); return nil })
		s.inSnapshot = func(int) { time.Sleep(10 * time.Millisecond) }
		all := s.snapshot()
		for i := range 3 * 600 {
			e := all[i*7%len(all)]
			switch {
			case e.Head().Deleted:
				e = knowledgetest.Practice("new-" + e.Head().Slug)
			case i%5 == 0:
				e = knowledgetest.Deleted(e)
			default:
				e = knowledgetest.Revised(e, nil)
			}
			all[i*7%len(all)] = e
			s.save(e)
			time.Sleep(100 * time.Millisecond)
		}
		pass(mending)
		wantEqual(t, x, s)
		mustStop(t, stop)
		if strings.Contains(log.String(), "WARN") || len(*forgotten) > 0 {
			t.Errorf("%d were forgotten, and the log is:\n%s", len(*forgotten), log)
		}
	})
}

func TestComparisonLeavesALongBacklogToTheFeed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, b := knowledgetest.Practice("a"), knowledgetest.Practice("b")
		s, x := newStore(a, b), newIndex()
		_, log, forgotten, stop := compared(t, s, x)
		pass(comparison - time.Second)
		x.set(func(*generation, apply) error { time.Sleep(3 * time.Second); return nil })
		s.save(practices("p", 2500)...) // 15 seconds of work.
		s.save(knowledgetest.Deleted(a), knowledgetest.Revised(b, nil))
		pass(comparison)
		wantEqual(t, x, s)
		mustStop(t, stop)
		if strings.Contains(log.String(), "WARN") || len(*forgotten) > 0 {
			t.Errorf("%d were forgotten, and the log is:\n%s", len(*forgotten), log)
		}
	})
}

func TestComparisonWaitsForWhatIsStoredAndNotToldYet(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, gone, behind := knowledgetest.Practice("a"), knowledgetest.Practice("gone"), knowledgetest.Practice("behind")
		a2 := knowledgetest.Revised(a, nil)
		s, x := newStore(a, gone, behind, knowledgetest.Revised(behind, nil)), newIndex()
		_, log, forgotten, stop := compared(t, s, x)
		pass(comparison - time.Second)
		tell := s.saveUnseen(a2) // Another process dies after writing, …
		s.goBack([]knowledge.ID{gone.ID})
		x.put(behind.ID, knowledge.Stamp{Revision: 1})
		pass(3 * time.Second)
		tell() // … and a third one tells in its place.
		s.save(knowledgetest.Deleted(gone))
		pass(2 * time.Second)
		tell = s.saveUnseen(knowledgetest.Revised(a2, nil)) // And again before the second look.
		s.goBack([]knowledge.ID{behind.ID})
		pass(2 * time.Second)
		tell()
		s.save(knowledgetest.Deleted(knowledgetest.Revised(behind, nil)))
		settle()
		wantEqual(t, x, s)
		mustStop(t, stop)
		if strings.Contains(log.String(), "WARN") || len(*forgotten) > 0 {
			t.Errorf("%d were forgotten, and the log is:\n%s", len(*forgotten), log)
		}
	})
}

func TestComparisonIndexesDependentsAnew(t *testing.T) {
	t.Parallel()
	housing := knowledgetest.Theme("housing")
	next := knowledgetest.Revised(housing, nil)
	for name, test := range map[string]struct {
		spoil  func(s *fakeStore)
		linked knowledge.Revision
	}{
		"a theme that the feed has not told of": {func(s *fakeStore) { s.saveUnseen(knowledgetest.Revised(next, nil)) }, 3},
		"a theme that went back":                {func(s *fakeStore) { s.goBack(nil, housing) }, 1},
		"a theme that is gone":                  {func(s *fakeStore) { s.goBack([]knowledge.ID{housing.ID}) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := knowledgetest.Practice("a", knowledgetest.Themed("housing"))
				s, x := newStore(housing, a, next), newIndex()
				f, log, _, stop := compared(t, s, x)
				notices := f.Subscribe(t.Context())
				test.spoil(s)
				// The first comparison fails between the two: the second begins again.
				calls := 0
				x.set(func(*generation, apply) error {
					if calls++; calls == 2 {
						return errPassing
					}
					return nil
				})
				pass(comparison + mending)
				if calls != 2 || x.revisions()[housing.ID] != 2 {
					t.Fatalf("%d writes, and the theme is in revision %d: the test tests nothing", calls, x.revisions()[housing.ID])
				}
				pass(comparison + mending)
				wantEqual(t, x, s)
				if got := x.linked(a.ID)[housing.ID]; got != test.linked {
					t.Errorf("the practice is found by revision %d of its theme, want %d", got, test.linked)
				}
				if got := unread(notices); got != nil {
					t.Errorf("told %q, though no entry has changed", got)
				}
				mustStop(t, stop)
				if n := strings.Count(log.String(), "was mended"); n != 1 {
					t.Errorf("the mending was logged %d times:\n%s", n, log)
				}
			})
		})
	}
}

func TestFeedGoesOnAfterARestore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		a2 := knowledgetest.Revised(a, nil)
		back := knowledgetest.Practice("back")
		s, x := newStore(a, a2, knowledgetest.Revised(a2, nil), back), newIndex()
		f, _, _, stop := compared(t, s, x)
		s.save(knowledgetest.Deleted(back))
		settle()
		s.goBack(nil, a, back)
		s.save(a2) // Saved anew after the restore: the index is ahead, and passes it by.
		settle()
		if got := x.revisions()[a.ID]; got != 3 {
			t.Fatalf("the index has revision %d: the test tests nothing", got)
		}
		pass(comparison + mending)
		wantEqual(t, x, s)
		// From here on nothing is remembered of what was taken back.
		done := make(chan bool)
		go func() { done <- f.Await(t.Context(), back.ID, 2) }()
		synctest.Wait()
		select {
		case <-done:
			t.Error("a deletion that was taken back is remembered")
		default:
		}
		s.save(knowledgetest.Revised(back, nil), knowledgetest.Revised(a2, nil))
		if !<-done {
			t.Error("what was saved after the restore is not found")
		}
		wantEqual(t, x, s)
		mustStop(t, stop)
	})
}

func TestComparisonGoesOnAfterFailures(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func(*fakeStore, *fakeIndex, error){
		"of the list":  func(s *fakeStore, _ *fakeIndex, err error) { s.set(onList(err)) },
		"of a load":    func(s *fakeStore, _ *fakeIndex, err error) { s.set(onLoad(err)) },
		"of the feed":  func(s *fakeStore, _ *fakeIndex, err error) { s.set(onFeed(err)) },
		"of the index": func(_ *fakeStore, x *fakeIndex, err error) { x.set(func(*generation, apply) error { return err }) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := knowledgetest.Practice("a")
				s, x := newStore(a), newIndex()
				_, log, _, stop := compared(t, s, x)
				fail(s, x, errPassing)
				x.put(a.ID, knowledge.Stamp{})
				pass(10 * (comparison + mending))
				if n := strings.Count(log.String(), "cannot be compared"); n != 1 {
					t.Errorf("the streak was logged %d times:\n%s", n, log)
				}
				s.set(nil)
				x.set(nil)
				pass(2 * (comparison + mending))
				wantEqual(t, x, s)
				if n := strings.Count(log.String(), "can be compared with the store again"); n != 1 {
					t.Errorf("the end of the streak was logged %d times:\n%s", n, log)
				}
				mustStop(t, stop)
			})
		})
	}
}

func TestComparisonEndsWithRun(t *testing.T) {
	t.Parallel()
	for name, after := range map[string]time.Duration{
		"before it":      comparison / 2,
		"in its list":    comparison + 100*time.Millisecond,
		"in its pause":   comparison + 3*time.Second,
		"after the last": comparison + mending,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := knowledgetest.Practice("a")
				s, x := newStore(a, knowledgetest.Practice("b")), newIndex()
				s.inSnapshot = func(int) { time.Sleep(200 * time.Millisecond) }
				_, log, _, stop := compared(t, s, x)
				x.put(a.ID, knowledge.Stamp{})
				ctx, cancel := context.WithTimeout(t.Context(), after)
				defer cancel()
				<-ctx.Done()
				if d := took(func() { mustStop(t, stop) }); d > 200*time.Millisecond {
					t.Errorf("Run took %s to end", d)
				}
				if strings.Contains(log.String(), "cannot be compared") {
					t.Errorf("the end was logged as a failure:\n%s", log)
				}
			})
		})
	}
}

func TestComparisonTakesBackWhatIsWrittenAnew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		a2 := knowledgetest.Revised(a, nil)
		s, x := newStore(a, a2, knowledgetest.Revised(a2, nil)), newIndex()
		_, _, _, stop := compared(t, s, x)
		pass(comparison - time.Second)
		x.set(func(*generation, apply) error { time.Sleep(3 * time.Second); return nil })
		s.save(a2) // A restore to revision 1, and a new revision 2 that is on its way at the first look.
		pass(comparison / 2)
		wantEqual(t, x, s)
		mustStop(t, stop)
	})
}

func TestComparisonNoticesThatTheOpenFeedIsDeaf(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := knowledgetest.Practice("a")
		s, x := newStore(a, knowledgetest.Revised(a, nil)), newIndex()
		f, log, forgotten, stop := compared(t, s, x)
		notices := f.Subscribe(t.Context())
		s.forget() // A restore while the feed is open.
		s.goBack(nil, a)
		pass(comparison + mending)
		wantEqual(t, x, s)
		if !slices.Equal(*forgotten, []knowledge.ID{a.ID}) {
			t.Errorf("forgotten were %v", *forgotten)
		}
		if got := unread(notices); !slices.Equal(got, []string{"closed"}) {
			t.Errorf("told %q, want the end of the subscription", got)
		}
		s.save(knowledgetest.Practice("b"))
		settle()
		wantEqual(t, x, s) // Followed again, at once.
		mustStop(t, stop)
		if n := strings.Count(log.String(), "WARN"); n != 1 || !strings.Contains(log.String(), "forgotten") {
			t.Errorf("want one warning, of the lost position:\n%s", log)
		}
	})
}
