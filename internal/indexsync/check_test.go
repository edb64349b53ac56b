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

func TestCheckFindsEachFault(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, b, c := knowledgetest.Practice("a"), knowledgetest.Theme("b"), knowledgetest.Lesson("c")
		s, x := newStore(a, b, c, knowledgetest.Revised(c, nil)), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		wantReport(t, f, indexsync.Report{Entities: 3, Equal: true})
		surplus := knowledgetest.ID(knowledge.KindEvent, "surplus")
		x.put(a.ID, knowledge.Stamp{})
		x.put(c.ID, knowledge.Stamp{Revision: 1})
		x.put(surplus, knowledge.Stamp{Revision: 4})
		x.put(b.ID, knowledge.Stamp{Revision: 9}) // From the future, as after a restored copy of the store.
		stale := []knowledge.ID{b.ID, c.ID}
		slices.Sort(stale)
		wantReport(t, f, indexsync.Report{
			Entities: 3,
			Missing:  indexsync.Difference{Count: 1, IDs: []knowledge.ID{a.ID}},
			Stale:    indexsync.Difference{Count: 2, IDs: stale},
			Surplus:  indexsync.Difference{Count: 1, IDs: []knowledge.ID{surplus}},
		})
		if err := f.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		wantReport(t, f, indexsync.Report{Entities: 3, Equal: true})
		mustStop(t, stop)
	})
}

func wantReport(t *testing.T, f *indexsync.Follower, want indexsync.Report) {
	t.Helper()
	got, err := f.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	same := got.Entities == want.Entities && got.Equal == want.Equal
	for _, pair := range [][2]indexsync.Difference{
		{got.Missing, want.Missing}, {got.Stale, want.Stale}, {got.Surplus, want.Surplus},
	} {
		same = same && pair[0].Count == pair[1].Count && slices.Equal(pair[0].IDs, pair[1].IDs)
	}
	if !same {
		t.Errorf("Check = %+v, want %+v", got, want)
	}
}

func TestCheckListsTheFirstHundred(t *testing.T) {
	t.Parallel()
	s, x := newStore(practices("p", 1234)...), newIndex()
	f, _ := newFollower(t, s, x)
	got, err := f.Check(t.Context())
	if err != nil || got.Missing.Count != 1234 || len(got.Missing.IDs) != 100 || got.Entities != 1234 || got.Equal {
		t.Errorf("Check = %+v, %v, want 1,234 missing and 100 of them listed", got, err)
	}
}

func TestCheckLeavesOutWhatIsOnItsWay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, b := knowledgetest.Practice("a"), knowledgetest.Practice("b")
		lost := knowledgetest.Practice("lost")
		late := knowledgetest.Practice("late")
		s, x := newStore(a, b, lost, late), newIndex()
		f, _, stop := follow(t, s, x)
		<-f.Ready()
		settle()
		x.put(lost.ID, knowledge.Stamp{})
		// The follower is slow, and changes go on while the check reads.
		x.set(func(*generation, apply) error { time.Sleep(100 * time.Millisecond); return nil })
		late = knowledgetest.Revised(late, nil)
		s.save(knowledgetest.Revised(a, nil), knowledgetest.Deleted(b), knowledgetest.Practice("c"), late)
		time.AfterFunc(960*time.Millisecond, func() { s.save(knowledgetest.Deleted(late)) })
		s.inSnapshot = func(n int) {
			if n == 1 {
				s.save(knowledgetest.Practice("d"))
			}
		}
		wantReport(t, f, indexsync.Report{
			Entities: 4, // a, lost, c and late, as the snapshot saw them.
			Missing:  indexsync.Difference{Count: 1, IDs: []knowledge.ID{lost.ID}},
		})
		mustStop(t, stop)
	})
}

func TestCheckSaysWhatItCannotRead(t *testing.T) {
	t.Parallel()
	s, x := newStore(knowledgetest.Practice("a")), newIndex()
	f, _ := newFollower(t, s, x)
	s.set(onList(errPassing))
	if _, err := f.Check(t.Context()); err == nil {
		t.Error("a failing list gave no error")
	}
	s.set(onLoad(errPassing))
	if _, err := f.Check(t.Context()); err == nil {
		t.Error("a failing store gave no error")
	}
	s.set(nil)
	x.Current().closed = true
	if _, err := f.Check(t.Context()); err == nil {
		t.Error("a closed index gave no error")
	}
}
