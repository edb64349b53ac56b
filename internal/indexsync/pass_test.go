package indexsync_test

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestSeveralChangesOfOneEntityBecomeOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		before := len(x.calls(0))
		a, b := knowledgetest.Practice("a"), knowledgetest.Practice("b")
		a2 := knowledgetest.Revised(a, nil)
		s.save(a, a2, b, knowledgetest.Revised(a2, nil))
		settle()
		wantEqual(t, x, s)
		want := apply{[]knowledge.ID{b.ID, a.ID}, cursor(0, 4)}
		if got := x.calls(before); len(got) != 1 || !slices.Equal(got[0].ids, want.ids) || got[0].cursor != want.cursor {
			t.Errorf("applied %v, want %v once, in the order of the last changes", got, want)
		}
		mustStop(t, stop)
	})
}

func TestBatchesAreBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		before := len(x.calls(0))
		s.save(practices("p", 1200)...)
		settle()
		wantEqual(t, x, s)
		for _, call := range x.calls(before) {
			if len(call.ids) > 500 {
				t.Errorf("a batch of %d", len(call.ids))
			}
		}
		if n := len(x.calls(before)); n != 3 {
			t.Errorf("%d batches for 1,200 changes, want 3", n)
		}
		mustStop(t, stop)
	})
}

func TestSteadyTrickleIsNotHeldBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		before := len(x.calls(0))
		for _, e := range practices("p", 50) {
			s.save(e)
			time.Sleep(900 * time.Microsecond)
		}
		settle()
		wantEqual(t, x, s)
		for _, call := range x.calls(before) {
			if len(call.ids) > 6 {
				t.Errorf("a batch waited for %d changes at one in 0.9 ms, want at most 5 ms", len(call.ids))
			}
		}
		mustStop(t, stop)
	})
}

func practices(slug string, n int) []knowledge.Entity {
	out := make([]knowledge.Entity, n)
	for i := range out {
		out[i] = knowledgetest.Practice(slug + "-" + strconv.Itoa(i))
	}
	return out
}

// under sets the broader theme.
func under(e *knowledge.Theme, broader string) *knowledge.Theme {
	id := knowledgetest.ID(knowledge.KindTheme, broader)
	e.BroaderID = &id
	return e
}

func TestLinkedRecordsAreLoadedUpToTheBroadest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		lisbon := knowledgetest.Authority("lisbon", "Lisbon", "PT")
		region := knowledgetest.ID(knowledge.KindAuthority, "region")
		lisbon.ParentID = &region
		s, x := newStore(
			under(knowledgetest.Theme("social-housing"), "housing"),
			under(knowledgetest.Theme("housing"), "inclusion"),
			under(knowledgetest.Theme("inclusion"), "social-housing"), // A circle, which no rule lets in.
			lisbon, knowledgetest.Authority("region", "Area", "PT"), knowledgetest.Country("PT"),
			knowledgetest.Practice("a", knowledgetest.Themed("social-housing"), knowledgetest.By("lisbon"), knowledgetest.In("PT")),
			knowledgetest.Practice("b", knowledgetest.Themed("housing", "missing")),
		), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		before := len(s.loads)
		s.save(knowledgetest.Revised(s.load(t, knowledgetest.ID(knowledge.KindPractice, "a")), nil))
		settle()
		mustStop(t, stop)
		for slug, want := range map[string][]knowledge.ID{
			"a": {theme("social-housing"), theme("housing"), theme("inclusion"), lisbon.ID, region, knowledge.CountryID("PT")},
			"b": {theme("housing"), theme("inclusion"), theme("social-housing")},
		} {
			got := slices.Sorted(maps.Keys(x.linked(knowledgetest.ID(knowledge.KindPractice, slug))))
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%s is linked to %v, want %v", slug, got, want)
			}
		}
		got := slices.Sorted(maps.Keys(x.linked(theme("social-housing"))))
		want := []knowledge.ID{theme("housing"), theme("inclusion")}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("a theme is linked to %v, want its broader ones %v and not itself", got, want)
		}
		if n := len(s.loads) - before; n != 3 {
			t.Errorf("%d loads for one practice, want one for each step: theme, broader, broadest", n)
		}
	})
}

func theme(slug string) knowledge.ID { return knowledgetest.ID(knowledge.KindTheme, slug) }

func TestLinkedIsForOthersToo(t *testing.T) {
	t.Parallel()
	s := newStore(under(knowledgetest.Theme("housing"), "inclusion"), knowledgetest.Theme("inclusion"))
	a := knowledgetest.Practice("a", knowledgetest.Themed("housing", "missing"))
	got, err := indexsync.Linked(t.Context(), s.Load, a, knowledgetest.Deleted(knowledgetest.Practice("b", knowledgetest.Themed("other"))))
	if err != nil || len(got) != 2 || got[theme("housing")] == nil || got[theme("inclusion")] == nil {
		t.Errorf("Linked = %v, %v, want housing and inclusion", got, err)
	}
	s.set(onLoad(errPassing))
	if _, err := indexsync.Linked(t.Context(), s.Load, a); err == nil {
		t.Error("a failing store gave no error")
	}
}

func TestDependentsFollowTheirNouns(t *testing.T) {
	t.Parallel()
	housing := knowledgetest.Theme("housing")
	for _, test := range []struct {
		name   string
		change knowledge.Entity
		linked knowledge.Revision // 0: no longer
	}{
		{"changed", knowledgetest.Revised(housing, nil), 2},
		{"archived", knowledgetest.Revised(housing, func(e *knowledge.Theme) { e.Status = knowledge.StatusArchived }), 2},
		{"deleted", knowledgetest.Deleted(housing), 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a := knowledgetest.Practice("a", knowledgetest.Themed("social-housing"))
				s, x := newStore(housing, under(knowledgetest.Theme("social-housing"), "housing"), a,
					knowledgetest.Practice("b")), newIndex()
				f, _, stop := follow(t, s, x)
				<-f.Ready()
				settle()
				before := len(x.calls(0))
				s.save(test.change)
				settle()
				wantEqual(t, x, s)
				if got := x.linked(a.ID)[housing.ID]; got != test.linked {
					t.Errorf("the practice is found by revision %d of its theme, want %d", got, test.linked)
				}
				got := x.calls(before)
				if len(got) != 2 || len(got[1].ids) != 2 {
					t.Fatalf("applied %v, want the theme, then the practice and the narrower theme", got)
				}
				if got[0].cursor != cursor(0, 4) || got[1].cursor != cursor(0, 5) {
					t.Errorf("the position moved to %q, then %q, want it to move last", got[0].cursor, got[1].cursor)
				}
				mustStop(t, stop)
			})
		})
	}
}

func TestManyDependentsComeInChunks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		housing := knowledgetest.Theme("housing")
		s, x := newStore(housing), newIndex()
		for i := range 1100 {
			s.save(knowledgetest.Practice("p-"+strconv.Itoa(i), knowledgetest.Themed("housing")))
		}
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		before := len(x.calls(0))
		// The second write of dependents fails once: the batch comes again as a whole.
		n := 0
		x.set(func(*generation, apply) error {
			if n++; n == 3 {
				return errPassing
			}
			return nil
		})
		s.save(knowledgetest.Revised(housing, nil))
		time.Sleep(time.Second)
		for _, e := range s.snapshot() {
			if id := e.Head().ID; id != housing.ID && x.linked(id)[housing.ID] != 2 {
				t.Fatalf("%s is found by revision %d of its theme, want 2", id, x.linked(id)[housing.ID])
			}
		}
		calls := x.calls(before)
		if got := len(calls); got != 2+4 {
			t.Errorf("%d writes, want 2 before the failure and 4 after it", got)
		}
		for i, call := range calls {
			if isLast := i == len(calls)-1; len(call.ids) > 500 || (call.cursor == cursor(0, 1102)) != isLast {
				t.Errorf("write %d has %d entities and the position %q", i, len(call.ids), call.cursor)
			}
		}
		mustStop(t, stop)
	})
}

func TestSnapshotDoesNotIndexTwice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, x := newStore(), newIndex()
		for i := range 600 { // Practices come before their themes.
			s.save(knowledgetest.Practice("p-"+strconv.Itoa(i), knowledgetest.Themed("housing")))
		}
		housing := knowledgetest.Theme("housing")
		s.save(housing)
		// While the snapshot is read, the theme changes: what was indexed before that is behind.
		s.inSnapshot = func(n int) {
			if n == 550 {
				time.Sleep(10 * time.Millisecond) // The first batch is written.
				s.save(knowledgetest.Revised(housing, nil))
			}
		}
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		wantEqual(t, x, s)
		for _, e := range s.snapshot() {
			if id := e.Head().ID; id != housing.ID && x.linked(id)[housing.ID] != 2 {
				t.Fatalf("%s is found by revision %d of its theme, want 2", id, x.linked(id)[housing.ID])
			}
		}
		mustStop(t, stop)
		x2 := newIndex()
		s.inSnapshot = nil
		f, _, stop = follow(t, s, x2)
		<-f.Ready()
		mustStop(t, stop)
		total := 0
		for _, call := range x2.calls(0) {
			total += len(call.ids)
		}
		if total != 601 {
			t.Errorf("%d entities were written for 601 that did not change", total)
		}
	})
}

func TestStoppedInTheMiddleOfABatch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		housing := knowledgetest.Theme("housing")
		a := knowledgetest.Practice("a", knowledgetest.Themed("housing"))
		s, x := newStore(housing, a), newIndex()
		f, _ := newFollower(t, s, x)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- f.Run(ctx) }()
		<-f.Ready()
		settle()
		x.set(func(_ *generation, call apply) error { // Between the theme and its practice.
			if slices.Contains(call.ids, a.ID) {
				cancel()
				return context.Canceled
			}
			return nil
		})
		s.save(knowledgetest.Revised(housing, nil))
		if err := <-done; err != nil {
			t.Errorf("Run returned %v", err)
		}
		if x.linked(a.ID)[housing.ID] != 1 {
			t.Fatal("the practice was indexed: the test tests nothing")
		}
		x.set(nil)
		_, _, stop := follow(t, s, x)
		settle()
		if got := x.linked(a.ID)[housing.ID]; got != 2 {
			t.Errorf("after the restart the practice is found by revision %d of its theme, want 2", got)
		}
		mustStop(t, stop)
	})
}
