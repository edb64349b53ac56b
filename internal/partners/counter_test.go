package partners_test

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/partners"
)

// ledger is a store of usage in memory.
type ledger struct {
	mu      sync.Mutex
	err     error
	kept    map[string]knowledge.Usage // by operation or coordinate
	calls   int
	dropped []knowledge.Date
}

func (l *ledger) AddUsage(_ context.Context, counted []knowledge.Usage) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.calls++
	if l.err != nil {
		return l.err
	}
	for _, u := range counted {
		key := string(u.Day) + " " + u.Operation + u.Deprecated
		if known, ok := l.kept[key]; ok {
			u = known.Plus(u)
		}
		l.kept[key] = u
	}
	return nil
}

func (l *ledger) DropUsage(_ context.Context, before knowledge.Date) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.dropped = append(l.dropped, before)
	return l.err
}

// requests are the counts of requests by day and name.
func (l *ledger) requests() map[string]int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := map[string]int64{}
	for key, u := range l.kept {
		out[key] = u.Requests
	}
	return out
}

// newCounter counts for a partner with the origin https://a.example.
func newCounter(t *testing.T, now func() time.Time) (*partners.Counter, *ledger) {
	t.Helper()
	l := &ledger{kept: map[string]knowledge.Usage{}}
	c, err := partners.NewCounter(partners.CounterOptions{
		Store: l, Directory: told(knowledgetest.Partner("a", "https://a.example")), Logger: slog.New(slog.DiscardHandler), Now: now,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, l
}

// byToken is a request with a key of the partner, byOrigin one from its page.
func byToken(t *testing.T) context.Context {
	t.Helper()
	return knowledge.WithReader(t.Context(), knowledge.Reader{Actor: knowledge.Actor{
		ID: "TK_x", Role: knowledge.RoleReader, PartnerID: knowledgetest.ID(knowledge.KindPartner, "a"),
	}})
}

func byOrigin(t *testing.T) context.Context {
	t.Helper()
	return knowledge.WithReader(t.Context(), knowledge.Reader{Origin: "https://a.example"})
}

func flush(t *testing.T, c *partners.Counter) {
	t.Helper()
	if err := c.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestRequestsOfPartnersAreCounted(t *testing.T) {
	t.Parallel()
	c, l := newCounter(t, knowledgetest.Now)
	c.Record(byToken(t), partners.Executed{Operation: "List", Points: 10, Deprecated: []string{"Practice.old"}})
	c.Record(byToken(t), partners.Executed{Operation: "List", Points: 5, Failed: true, Deprecated: []string{"Practice.old"}})
	c.Record(byOrigin(t), partners.Executed{Operation: "List", Points: 1})
	c.Record(byOrigin(t), partners.Executed{})
	for _, other := range []knowledge.Reader{
		{},
		{Origin: "https://evil.example"},
		{Actor: knowledge.Actor{ID: "TK_editor", Role: knowledge.RoleEditor}},
		{Actor: knowledge.Actor{ID: "TK_editor", Role: knowledge.RoleEditor}, Origin: "https://a.example"},
	} {
		c.Record(knowledge.WithReader(t.Context(), other), partners.Executed{Operation: "Other", Points: 1})
	}
	flush(t, c)
	flush(t, c)
	partner := knowledgetest.ID(knowledge.KindPartner, "a")
	want := map[string]knowledge.Usage{
		"2024-05-14 List":         {Partner: partner, Day: "2024-05-14", Operation: "List", Requests: 3, Failures: 1, Points: 16, Unproven: 1},
		"2024-05-14 ":             {Partner: partner, Day: "2024-05-14", Requests: 1, Unproven: 1},
		"2024-05-14 Practice.old": {Partner: partner, Day: "2024-05-14", Deprecated: "Practice.old", Requests: 2, Failures: 1},
	}
	if diff := cmp.Diff(want, l.kept); diff != "" {
		t.Errorf("usage (-want +got):\n%s", diff)
	}
	if l.calls != 1 {
		t.Errorf("%d writes, want one: the second time there was nothing to write", l.calls)
	}
}

// Whoever makes up an origin and names can use up the names of unproven requests, and takes none from the tokens.
func TestNamesAreBounded(t *testing.T) {
	t.Parallel()
	c, l := newCounter(t, knowledgetest.Now)
	for i := range 1000 {
		c.Record(byOrigin(t), partners.Executed{Operation: "Made" + strconv.Itoa(i), Deprecated: []string{"T.f" + strconv.Itoa(i)}})
	}
	for range 2 {
		c.Record(byToken(t), partners.Executed{Operation: "Real"})
	}
	flush(t, c)
	got := l.requests()
	if got["2024-05-14 Real"] != 2 || got["2024-05-14 Made0"] != 1 || got["2024-05-14 (other)"] != 900 || len(got) != 102+200 {
		t.Errorf("%d names, Real: %d, other: %d", len(got), got["2024-05-14 Real"], got["2024-05-14 (other)"])
	}
}

func TestWhatCouldNotBeWrittenIsKept(t *testing.T) {
	t.Parallel()
	c, l := newCounter(t, knowledgetest.Now)
	c.Record(byToken(t), partners.Executed{Operation: "List"})
	l.err = errors.New("away")
	if err := c.Flush(t.Context()); !errors.Is(err, l.err) {
		t.Fatalf("flush gave %v", err)
	}
	c.Record(byToken(t), partners.Executed{Operation: "List"})
	l.err = nil
	flush(t, c)
	if got := l.requests(); !maps.Equal(got, map[string]int64{"2024-05-14 List": 2}) {
		t.Errorf("kept %v", got)
	}
}

func TestCountsAreWrittenEveryFewSecondsAndOldOnesDropped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, l := newCounter(t, time.Now) //nolint:forbidigo // The clock of the bubble.
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- c.Run(ctx) }()
		c.Record(byToken(t), partners.Executed{Operation: "List"})
		time.Sleep(6 * time.Second)
		synctest.Wait()
		if got := l.requests(); !maps.Equal(got, map[string]int64{"2000-01-01 List": 1}) {
			t.Errorf("after six seconds there is %v", got)
		}
		time.Sleep(25 * time.Hour)
		c.Record(byToken(t), partners.Executed{Operation: "List"})
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		flush(t, c)
		if got := l.requests(); !maps.Equal(got, map[string]int64{"2000-01-01 List": 1, "2000-01-02 List": 1}) {
			t.Errorf("at the end there is %v", got)
		}
		if diff := cmp.Diff([]knowledge.Date{"1998-11-27", "1998-11-28"}, l.dropped); diff != "" {
			t.Errorf("dropped before (-want +got):\n%s", diff)
		}
	})
}

func TestManyRecordAtOnce(t *testing.T) {
	t.Parallel()
	c, l := newCounter(t, knowledgetest.Now)
	ctx := byToken(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				c.Record(ctx, partners.Executed{Operation: "List"})
			}
			if err := c.Flush(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	flush(t, c)
	if got := l.requests()["2024-05-14 List"]; got != 800 {
		t.Errorf("counted %d, want 800", got)
	}
}

func BenchmarkRecord(b *testing.B) {
	l := &ledger{kept: map[string]knowledge.Usage{}}
	c, err := partners.NewCounter(partners.CounterOptions{
		Store: l, Directory: told(knowledgetest.Partner("a", "https://a.example")), Logger: slog.New(slog.DiscardHandler), Now: knowledgetest.Now,
	})
	if err != nil {
		b.Fatal(err)
	}
	ctx := knowledge.WithReader(b.Context(), knowledge.Reader{Origin: "https://a.example"})
	for b.Loop() {
		c.Record(ctx, partners.Executed{Operation: "List", Points: 10})
	}
}
