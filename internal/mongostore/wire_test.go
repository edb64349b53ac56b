package mongostore_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/mongostore"
	"goodpractice/internal/mongostore/mongotest"
)

// Connections are cut again and again while writers change the same records, each change with a reason of
// its own. What was accepted is there exactly once, what was refused is not there, and what is unknown is
// there once or not at all.
func TestCutConnectionsLoseNothingAndRepeatNothing(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	through, wire := mongotest.Through(t, uri)
	stores := []*mongostore.Store{opened(t, through, mongostore.Options{}), opened(t, through, mongostore.Options{})}
	quiet := opened(t, uri, mongostore.Options{})
	var records []knowledge.ID
	for i := range 4 {
		p := knowledgetest.Practice(fmt.Sprint("p-", i))
		save(t, quiet, p)
		records = append(records, p.ID)
	}
	outcomes := &outcomes{of: map[string]error{}}
	done := make(chan struct{})
	var writers sync.WaitGroup
	for i := range 8 {
		writers.Go(func() { outcomes.write(t, stores[i%2], records, i, done) })
	}
	for cuts := 0; cuts < 8 || outcomes.accepted() < 50; cuts++ {
		if cuts == 100 {
			t.Fatalf("only %d changes were accepted: the test does not test", outcomes.accepted())
		}
		<-time.After(rand.N(time.Second)) // The driver takes about half a second to come back.
		wire.Cut()
	}
	close(done)
	writers.Wait()

	published(t, raw(t, uri))
	found := map[string]int{}
	for _, id := range records {
		states, err := quiet.History(t.Context(), id, 0, 100_000)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range states {
			found[s.Head().Edit.Reason]++
		}
	}
	accepted, unknown := 0, 0
	for reason, err := range outcomes.of {
		n := found[reason]
		switch {
		case err == nil:
			if accepted++; n != 1 {
				t.Errorf("%s was accepted and is there %d times", reason, n)
			}
		case knowledge.IsKind(err, knowledge.Conflict):
			if n != 0 {
				t.Errorf("%s was refused and is there: %v", reason, err)
			}
		case strings.Contains(err.Error(), "nothing was saved"):
			if n != 0 {
				t.Errorf("%s was not sent and is there: %v", reason, err)
			}
		default:
			if unknown++; n > 1 {
				t.Errorf("%s is there %d times: %v", reason, n, err)
			}
		}
	}
	t.Logf("%d accepted, %d unknown of %d", accepted, unknown, len(outcomes.of))
	audit, err := quiet.Audit(t.Context())
	if err != nil || audit.Unpublished+audit.Carried+audit.HistoryGaps != 0 || audit.LogGaps != 0 {
		t.Errorf("the audit says %+v, %v", audit, err)
	}
}

// outcomes are the answers to changes, by their reason.
type outcomes struct {
	mu sync.Mutex
	of map[string]error // guarded
}

// accepted counts the changes that were accepted.
func (o *outcomes) accepted() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := 0
	for _, err := range o.of {
		if err == nil {
			n++
		}
	}
	return n
}

// write changes records until done is closed.
func (o *outcomes) write(t *testing.T, store *mongostore.Store, records []knowledge.ID, writer int, done <-chan struct{}) {
	t.Helper()
	for n := 0; ; n++ {
		select {
		case <-done:
			return
		default:
		}
		current, err := store.Load(t.Context(), records[(writer+n)%len(records)])
		if err != nil {
			continue
		}
		reason := fmt.Sprintf("writer %d, change %d", writer, n)
		err = store.Save(t.Context(), knowledgetest.Revised(current[0], func(e knowledge.Entity) { e.Head().Edit.Reason = reason }))
		o.mu.Lock()
		o.of[reason] = err
		o.mu.Unlock()
	}
}

// A database that is too slow answers nothing in time. Then every call fails at once, and the store comes
// back by itself.
func TestASlowDatabase(t *testing.T) {
	t.Parallel()
	through, wire := mongotest.Through(t, fresh(t))
	store := opened(t, through, mongostore.Options{Timeout: 200 * time.Millisecond})
	p := knowledgetest.Practice("a")
	eventually(t, "saved", func() bool { // On a busy machine the limit may be short without a wire, too.
		err := store.Save(t.Context(), p)
		return err == nil || errors.Is(err, knowledge.ErrConflict)
	})
	wire.Slow(time.Minute)
	var unknown error
	eventually(t, "away", func() bool {
		if err := store.Save(t.Context(), knowledgetest.Revised(p, nil)); strings.Contains(err.Error(), "not known") {
			unknown = err
		}
		_, away := store.Away()
		return away
	})
	if !knowledge.IsKind(unknown, knowledge.Unavailable) {
		t.Errorf("a write that was sent and not answered gave %v", unknown)
	}
	wire.Slow(0)
	eventually(t, "back", func() bool {
		_, err := store.Load(t.Context(), p.ID)
		_, away := store.Away()
		return err == nil && !away
	})
}

// The wire goes down for a while. Feeds end with an error, calls fail at once, and all is well again
// afterwards without any help.
func TestADatabaseThatGoesAndComesBack(t *testing.T) {
	t.Parallel()
	through, wire := mongotest.Through(t, fresh(t))
	store := opened(t, through, mongostore.Options{})
	p := knowledgetest.Practice("a")
	save(t, store, p)
	f := follow(t, store, "")
	cursor := f.catchUp()
	wire.Down()
	select {
	case err := <-f.ended:
		if !knowledge.IsKind(err, knowledge.Unavailable) {
			t.Errorf("the feed ended with %v", err)
		}
	case <-time.After(patience):
		t.Fatal("the feed goes on without a database")
	}
	eventually(t, "away", func() bool {
		_, err := store.Load(t.Context(), p.ID)
		_, away := store.Away()
		return away && knowledge.IsKind(err, knowledge.Unavailable)
	})
	slow := time.AfterFunc(time.Second, func() { t.Error("the refusals took more than a second") })
	for range 10 {
		if err := store.Save(t.Context(), knowledgetest.Revised(p, nil)); err == nil {
			t.Error("a save without a database was accepted")
		}
	}
	slow.Stop()
	wire.Up()
	eventually(t, "back", func() bool { return store.Save(t.Context(), knowledgetest.Practice("b")) == nil })
	if _, away := store.Away(); away {
		t.Error("the database is away although it answers")
	}
	if c := follow(t, store, cursor).next(); c.Entity == nil || c.Entity.Head().Slug != "b" {
		t.Errorf("the feed gave %+v", c)
	}
}

// A caller whose own time is short says nothing of the database: others go on.
func TestACallerWithLittleTimeDisturbsNobody(t *testing.T) {
	t.Parallel()
	through, wire := mongotest.Through(t, fresh(t))
	store := opened(t, through, mongostore.Options{})
	save(t, store, knowledgetest.Practice("a"))
	wire.Slow(300 * time.Millisecond)
	for range 6 {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		if _, err := store.Load(ctx, "PR_a"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("load gave %v", err)
		}
		cancel()
	}
	if _, away := store.Away(); away {
		t.Error("callers with little time have made the database away")
	}
	if _, err := store.Load(t.Context(), "PR_a"); err != nil {
		t.Errorf("a caller with time got %v", err)
	}
}

// A bulk that was cut off may have been carried out. Nobody may be told that nothing was saved.
func TestABulkThatIsNotAnsweredIsUnknown(t *testing.T) {
	t.Parallel()
	uri := fresh(t)
	through, wire := mongotest.Through(t, uri)
	store := opened(t, through, mongostore.Options{Timeout: 300 * time.Millisecond})
	a, b := knowledgetest.Practice("a"), knowledgetest.Practice("b")
	eventually(t, "saved", func() bool { // On a busy machine the limit may be short without a wire, too.
		for _, err := range knowledge.SaveErrors(store.Save(t.Context(), a, b), 2) {
			if err != nil && !errors.Is(err, knowledge.ErrConflict) {
				return false
			}
		}
		return true
	})
	wire.Slow(time.Minute)
	errs := knowledge.SaveErrors(store.Save(t.Context(), knowledgetest.Revised(a, nil), knowledgetest.Revised(b, nil)), 2)
	wire.Slow(0)
	quiet := opened(t, uri, mongostore.Options{})
	for i, id := range []knowledge.ID{a.ID, b.ID} {
		if errs[i] == nil || !strings.Contains(errs[i].Error(), "not known") {
			t.Errorf("place %d: %v", i, errs[i])
		}
		if got := revisions(t, quiet, id); len(got) > 2 {
			t.Errorf("the history has the revisions %v", got)
		}
	}
}
