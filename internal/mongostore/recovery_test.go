package mongostore_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/mongostore"
)

// A process that dies between its write and the publication leaves a marker behind.
func TestOpeningAFeedPublishesWhatWasLeftBehind(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	p := knowledgetest.Practice("a")
	// The sweepers never come to it.
	save(t, opened(t, uri, mongostore.Options{Sweep: time.Hour}), p)
	db := raw(t, uri)
	published(t, db)
	leaveBehind(t, db, p.ID)

	store := opened(t, uri, mongostore.Options{Sweep: time.Hour})
	f := follow(t, store, "")
	f.catchUp()
	published(t, db)
	dense(t, db)
	if got := revisions(t, store, p.ID); !slices.Equal(got, []knowledge.Revision{2, 1}) {
		t.Errorf("the history has the revisions %v", got)
	}
	if n := len(logNumbers(t, db)); n != 2 {
		t.Errorf("the log has %d entries, want 2", n)
	}
}

func TestTheSweeperPublishesWhatWasLeftBehind(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	store := opened(t, uri, mongostore.Options{Sweep: 20 * time.Millisecond})
	p := knowledgetest.Practice("a")
	save(t, store, p)
	f := follow(t, store, "")
	f.catchUp()
	db := raw(t, uri)
	published(t, db)
	leaveBehind(t, db, p.ID)
	if c := f.next(); c.Entity == nil || c.Entity.Head().Revision != 2 {
		t.Errorf("the feed gave %+v", c)
	}
	published(t, db)
	if got := revisions(t, store, p.ID); !slices.Equal(got, []knowledge.Revision{2, 1}) {
		t.Errorf("the history has the revisions %v", got)
	}
}

// A record that still carries its earlier state is changed again: the state must reach the history first.
func TestNoRevisionIsSkippedByTheNextWrite(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	store := opened(t, uri, mongostore.Options{Sweep: time.Hour})
	p := knowledgetest.Practice("a")
	save(t, store, p)
	db := raw(t, uri)
	published(t, db)
	leaveBehind(t, db, p.ID)
	if audit, err := store.Audit(t.Context()); err != nil || audit.Unpublished != 1 || audit.Carried != 1 || audit.HistoryGaps != 0 {
		t.Errorf("the audit says %+v, %v", audit, err)
	}
	if got := revisions(t, store, p.ID); !slices.Equal(got, []knowledge.Revision{2, 1}) {
		t.Errorf("before the write the history has the revisions %v", got)
	}
	save(t, store, knowledgetest.Revised(knowledgetest.Revised(p, nil), nil))
	published(t, db)
	if got := revisions(t, store, p.ID); !slices.Equal(got, []knowledge.Revision{3, 2, 1}) {
		t.Errorf("after the write the history has the revisions %v", got)
	}
}

// A failover may take entries back that nobody was told of. What is behind the gap must come all the same,
// and whoever meant to use the number finds it taken.
func TestAGapInTheLogIsFilled(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	store := opened(t, uri, mongostore.Options{GapWait: 50 * time.Millisecond, Poll: 10 * time.Millisecond})
	save(t, store, knowledgetest.Practice("a"))
	f := follow(t, store, "")
	f.catchUp()
	db := raw(t, uri)
	published(t, db)
	b := knowledgetest.Practice("b")
	save(t, store, b)
	f.next()
	published(t, db)
	leaveBehind(t, db, b.ID)
	_, err := db.Collection("log").InsertOne(t.Context(), bson.D{
		{Key: "_id", Value: int64(6)},
		{Key: "token", Value: "behind the gap"},
		{Key: "at", Value: knowledgetest.Now()},
		{Key: "refs", Value: bson.A{bson.D{{Key: "id", Value: b.ID}, {Key: "revision", Value: 2}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if c := f.next(); c.Entity == nil || c.Entity.Head().Revision != 2 {
		t.Errorf("the feed gave %+v", c)
	}
	dense(t, db)
	c := knowledgetest.Practice("c")
	save(t, store, c) // Its process believes that 3 is the next number.
	if got := f.next(); got.Entity == nil || got.Entity.Head().ID != c.ID {
		t.Errorf("the feed gave %+v", got)
	}
	dense(t, db)
}

func TestACursorBelowTheFloorIsLost(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	store := opened(t, uri, mongostore.Options{})
	f := follow(t, store, "")
	cursors := []knowledge.Cursor{f.catchUp()}
	for i := range 5 {
		save(t, store, knowledgetest.Practice(fmt.Sprint("p-", i)))
		cursors = append(cursors, f.next().Cursor)
	}
	// An hour is over: everything but the last entry may go.
	later := func() time.Time { return time.Now().Add(time.Hour) } //nolint:forbidigo // A clock that is ahead.
	opened(t, uri, mongostore.Options{Retention: time.Minute, Now: later})
	db := raw(t, uri)
	eventually(t, "the log is cut off", func() bool { return slices.Equal(logNumbers(t, db), []int64{5}) })
	for i, cursor := range cursors[:5] {
		t.Log(i)
		follow(t, store, cursor).lost()
	}
	follow(t, store, cursors[5]).catchUp()
	// Numbers below the floor are free, and must not be taken: not by a process that has just begun either.
	for slug, writer := range map[string]*mongostore.Store{"after": store, "anew": opened(t, uri, mongostore.Options{})} {
		save(t, writer, knowledgetest.Practice(slug))
		if c := f.next(); c.Entity == nil || c.Entity.Head().Slug != slug {
			t.Errorf("a feed above the floor gave %+v", c)
		}
	}
	if got := logNumbers(t, db); !slices.Equal(got, []int64{5, 6, 7}) {
		t.Errorf("the log has the numbers %v", got)
	}
}

// A restored database gives numbers out again. Cursors from before are lost, and feeds that are open notice.
func TestARestoredDatabaseLosesCursors(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	var ahead atomic.Int64
	store := opened(t, uri, mongostore.Options{Now: func() time.Time {
		return time.Now().Add(time.Duration(ahead.Load())) //nolint:forbidigo // A clock that is ahead.
	}})
	f := follow(t, store, "")
	f.catchUp()
	var cursors []knowledge.Cursor
	for i := range 3 {
		save(t, store, knowledgetest.Practice(fmt.Sprint("p-", i)))
		cursors = append(cursors, f.next().Cursor)
	}
	db := raw(t, uri)
	published(t, db)
	// Back to the time after the first save, with another life after it.
	if _, err := db.Collection("log").DeleteMany(t.Context(), bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: 1}}}}); err != nil {
		t.Fatal(err)
	}
	other := opened(t, uri, mongostore.Options{})
	for i := range 2 {
		save(t, other, knowledgetest.Practice(fmt.Sprint("q-", i)))
	}
	follow(t, store, cursors[1]).lost()
	follow(t, store, cursors[2]).lost()
	follow(t, store, cursors[0]).catchUp()
	ahead.Store(int64(time.Hour))
	f.lost()
}

// Writers of several processes change the same records. Both feeds must end with what is stored, no revision
// may be missing, and the log must be dense.
func TestTwoProcessesConverge(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	stores := []*mongostore.Store{opened(t, uri, mongostore.Options{}), opened(t, uri, mongostore.Options{})}
	var records []*knowledge.Practice
	for i := range 3 {
		records = append(records, knowledgetest.Practice(fmt.Sprint("p-", i)))
		save(t, stores[0], records[i])
	}
	feeds := []*feed{follow(t, stores[0], ""), follow(t, stores[1], "")}
	for _, f := range feeds {
		f.catchUp()
	}
	var writers sync.WaitGroup
	var saved atomic.Int64
	for i := range 6 {
		writers.Go(func() {
			store, p := stores[i%2], records[i%3]
			for range 12 {
				current, err := store.Load(t.Context(), p.ID)
				if err != nil {
					t.Error(err)
					return
				}
				if store.Save(t.Context(), knowledgetest.Revised(current[0], nil)) == nil {
					saved.Add(1)
				}
			}
		})
	}
	go func() { writers.Wait(); _ = stores[0].Save(t.Context(), knowledgetest.Practice("last")) }()
	seen := []map[knowledge.ID]knowledge.Revision{{}, {}}
	for i, f := range feeds {
		for last := knowledgetest.Practice("last").ID; seen[i][last] == 0; {
			m := f.next().Entity.Head()
			seen[i][m.ID] = m.Revision
		}
	}
	db := raw(t, uri)
	published(t, db)
	dense(t, db)
	total := 0
	for _, p := range records {
		current, err := stores[0].Load(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		revision := current[0].Head().Revision
		total += revision - 1
		for i := range seen {
			if seen[i][p.ID] != revision {
				t.Errorf("feed %d ended with revision %d of %s, stored is %d", i, seen[i][p.ID], p.Slug, revision)
			}
		}
		got := revisions(t, stores[1], p.ID)
		for i, r := range got {
			if r != revision-i || len(got) != revision {
				t.Fatalf("the history of %s has the revisions %v", p.Slug, got)
			}
		}
	}
	audit, err := stores[0].Audit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if audit.Entities != 4 || audit.Unpublished+audit.Carried+audit.HistoryGaps != 0 || audit.LogGaps != 0 || audit.LogEntries == 0 {
		t.Errorf("the audit says %+v", audit)
	}
	if total != int(saved.Load()) {
		t.Errorf("%d saves were accepted, %d revisions are there", saved.Load(), total)
	}
}

// After a failover a new primary may show for a moment what a majority had before: an entry is there and its
// record is still the older one. The feed must wait for the record.
func TestARecordThatIsBehindItsEntryIsWaitedFor(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	store := opened(t, uri, mongostore.Options{Sweep: time.Hour, GapWait: patience})
	p := knowledgetest.Practice("a")
	save(t, store, p)
	f := follow(t, store, "")
	f.catchUp()
	db := raw(t, uri)
	published(t, db)
	_, err := db.Collection("log").InsertOne(t.Context(), bson.D{
		{Key: "_id", Value: int64(2)},
		{Key: "token", Value: "before its record"},
		{Key: "at", Value: knowledgetest.Now()},
		{Key: "refs", Value: bson.A{bson.D{{Key: "id", Value: p.ID}, {Key: "revision", Value: 2}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	select {
	case c := <-f.changes:
		t.Fatalf("the feed gave %+v", c)
	case <-time.After(500 * time.Millisecond):
	}
	leaveBehind(t, db, p.ID)
	if c := f.next(); c.Entity == nil || c.Entity.Head().Revision != 2 {
		t.Errorf("the feed gave %+v", c)
	}
}

// A process publishes a record of which it has not seen the earlier state, as when its read came from behind.
// The earlier state must stay in the record until somebody has copied it.
func TestAnEarlierStateStaysUntilTheHistoryHasIt(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	store := opened(t, uri, mongostore.Options{Sweep: time.Hour})
	p := knowledgetest.Practice("a")
	save(t, store, p)
	db := raw(t, uri)
	published(t, db)
	leaveBehind(t, db, p.ID)
	if err := store.UnmarkUnseen(t.Context(), p.ID, 2); err != nil {
		t.Fatal(err)
	}
	if audit, err := store.Audit(t.Context()); err != nil || audit.Carried != 1 || audit.Unpublished != 1 || audit.HistoryGaps != 0 {
		t.Errorf("the audit says %+v, %v", audit, err)
	}
	follow(t, store, "").catchUp()
	published(t, db)
	if audit, err := store.Audit(t.Context()); err != nil || audit.HistoryGaps != 0 {
		t.Errorf("the audit says %+v, %v", audit, err)
	}
}
