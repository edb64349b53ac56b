package storetest

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func usages() []contract {
	return []contract{
		{"usage is added up by partner, day and name", usageAddedUp},
		{"usage is read from one day to another", usageSpan},
		{"old usage is dropped", usageDropped},
		{"usage is no entity", usageIsNoEntity},
		{"usage is added by many at the same time", usageRace},
		{"usage fails after close", usageAfterClose},
	}
}

// used is one count of an operation; used of a name with a dot is one of what is deprecated.
func used(partner, day, name string, n int64) knowledge.Usage {
	return knowledge.Usage{
		Partner: knowledgetest.ID(knowledge.KindPartner, partner), Day: knowledge.Date(day), Operation: name,
		Requests: n, Failures: n / 2, Points: 100 * n, Unproven: n / 3,
	}
}

// deprecated is one count of what is deprecated.
func deprecated(partner, day, coordinate string, n int64) knowledge.Usage {
	return knowledge.Usage{
		Partner: knowledgetest.ID(knowledge.KindPartner, partner), Day: knowledge.Date(day), Deprecated: coordinate, Requests: n,
	}
}

// addUsage adds what must be accepted.
func addUsage(tb testing.TB, engine Engine, counted ...knowledge.Usage) {
	tb.Helper()
	if err := engine.AddUsage(tb.Context(), counted); err != nil {
		tb.Fatalf("add usage: %v", err)
	}
}

// counts compares what the engine has of a partner with what is wanted, in any order within a day.
func counts(tb testing.TB, engine Engine, partner, from, to string, want ...knowledge.Usage) {
	tb.Helper()
	got, err := engine.Usage(tb.Context(), knowledgetest.ID(knowledge.KindPartner, partner), knowledge.Date(from), knowledge.Date(to))
	if err != nil {
		tb.Fatalf("usage: %v", err)
	}
	if !slices.IsSortedFunc(got, func(a, b knowledge.Usage) int { return cmp.Compare(a.Day, b.Day) }) {
		tb.Errorf("the days are not in order: %v", got)
	}
	for _, list := range [][]knowledge.Usage{got, want} {
		slices.SortFunc(list, func(a, b knowledge.Usage) int {
			return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Deprecated, b.Deprecated))
		})
	}
	if len(got) == 0 && len(want) == 0 {
		return
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		tb.Errorf("usage of %s from %s to %s (-want +got):\n%s", partner, from, to, diff)
	}
}

func usageAddedUp(t scene) {
	dir := t.TempDir()
	engine := reopen(t, t.open, dir)
	counts(t, engine, "a", "2026-01-01", "2026-12-31")
	addUsage(t, engine)
	addUsage(t, engine, used("a", "2026-03-01", "List", 7), used("a", "2026-03-01", "", 1), deprecated("a", "2026-03-01", "Practice.old", 2))
	addUsage(t, engine, used("a", "2026-03-01", "List", 5), used("a", "2026-03-02", "List", 1), used("b", "2026-03-01", "List", 3))
	addUsage(t, engine, deprecated("a", "2026-03-01", "Practice.old", 1), deprecated("a", "2026-03-01", "Query.list(old:)", 1),
		used("a", "2026-03-01", knowledge.OtherOperations, 1))
	for range 2 {
		counts(t, engine, "a", "2026-01-01", "2026-12-31",
			used("a", "2026-03-01", "List", 7).Plus(used("a", "2026-03-01", "List", 5)), used("a", "2026-03-01", "", 1),
			used("a", "2026-03-01", knowledge.OtherOperations, 1), used("a", "2026-03-02", "List", 1),
			deprecated("a", "2026-03-01", "Practice.old", 3), deprecated("a", "2026-03-01", "Query.list(old:)", 1))
		counts(t, engine, "b", "2026-01-01", "2026-12-31", used("b", "2026-03-01", "List", 3))
		shut(t, engine)
		engine = reopen(t, t.open, dir)
	}
}

func usageSpan(t scene) {
	engine := fresh(t, t.open)
	for _, day := range []string{"2025-12-31", "2026-01-01", "2026-01-02", "2026-01-10", "2026-02-01"} {
		addUsage(t, engine, used("a", day, "List", 1), used("b", day, "List", 1))
	}
	counts(t, engine, "a", "2026-01-01", "2026-01-02", used("a", "2026-01-01", "List", 1), used("a", "2026-01-02", "List", 1))
	counts(t, engine, "a", "2026-01-02", "2026-01-02", used("a", "2026-01-02", "List", 1))
	counts(t, engine, "a", "2026-01-03", "2026-01-09")
	counts(t, engine, "a", "2026-02-01", "2026-01-01")
	counts(t, engine, "c", "2026-01-01", "2026-12-31")
}

func usageDropped(t scene) {
	engine := fresh(t, t.open)
	drop := func(before knowledge.Date) {
		if err := engine.DropUsage(t.Context(), before); err != nil {
			t.Fatalf("drop usage: %v", err)
		}
	}
	drop("2026-01-01")
	for _, partner := range []string{"a", "b", "c"} {
		for _, day := range []string{"2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"} {
			addUsage(t, engine, used(partner, day, "List", 1), deprecated(partner, day, "Practice.old", 1))
		}
	}
	drop("2026-01-01")
	for _, partner := range []string{"a", "b", "c"} {
		counts(t, engine, partner, "2025-01-01", "2026-12-31",
			used(partner, "2026-01-01", "List", 1), used(partner, "2026-01-02", "List", 1),
			deprecated(partner, "2026-01-01", "Practice.old", 1), deprecated(partner, "2026-01-02", "Practice.old", 1))
	}
}

func usageIsNoEntity(t scene) {
	engine := fresh(t, t.open)
	p := knowledgetest.Partner("a")
	save(t, engine, p)
	addUsage(t, engine, used("a", "2026-01-01", "List", 1))
	stored(t, engine, p)
	if got := list(t, engine); len(got) != 1 || got[p.ID] != 1 {
		t.Errorf("the list of revisions is %v", got)
	}
	seen, _ := follow(t, engine, "").catchUp()
	holds(t, seen, p)
}

func usageRace(t scene) {
	engine := fresh(t, t.open)
	var all errgroup.Group
	for range 8 {
		all.Go(func() error {
			for range 5 {
				err := engine.AddUsage(t.Context(), []knowledge.Usage{used("a", "2026-01-01", "List", 1), used("a", "2026-01-01", "Other", 2)})
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
	want := []knowledge.Usage{used("a", "2026-01-01", "List", 0), used("a", "2026-01-01", "Other", 0)}
	for range 40 {
		want[0] = want[0].Plus(used("a", "2026-01-01", "List", 1))
		want[1] = want[1].Plus(used("a", "2026-01-01", "Other", 2))
	}
	counts(t, engine, "a", "2026-01-01", "2026-01-01", want...)
}

func usageAfterClose(t scene) {
	engine := fresh(t, t.open)
	shut(t, engine)
	_, err := engine.Usage(t.Context(), "a", "2026-01-01", "2026-01-01")
	for name, err := range map[string]error{
		"usage": err, "add usage": engine.AddUsage(t.Context(), []knowledge.Usage{used("a", "2026-01-01", "List", 1)}),
		"drop usage": engine.DropUsage(t.Context(), "2026-01-01"),
	} {
		if !knowledge.IsKind(err, knowledge.Unavailable) {
			t.Errorf("%s after close gave %v, want an error of the kind UNAVAILABLE", name, err)
		}
	}
}
