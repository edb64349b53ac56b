package search_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search"
)

func TestNewWordsAreLearned(t *testing.T) {
	t.Parallel()
	x := filled(t, topical(30, 1)...)
	learn(t, x)
	query := knowledge.Listing{Text: "saxophonne"}
	if found := find(t, x, query); found.Total != 0 || len(found.Interpretation.Corrections) != 0 {
		t.Fatalf("before: %d, %+v", found.Total, found.Interpretation)
	}
	apply(t, x.Current(), "2", practice("a", "en", "Saxophone", "Saxophones."), practice("b", "en", "A saxophone", "Band."))
	if found := find(t, x, knowledge.Listing{Text: "saxophone"}); found.Total != 2 {
		t.Errorf("a word is found %d times before it is learned, want 2", found.Total)
	}
	learn(t, x)
	if found := find(t, x, query); found.Total != 2 || corrections(found.Interpretation) != "saxophonne>saxophone" {
		t.Errorf("after: %d, %+v", found.Total, found.Interpretation)
	}
	if got := suggest(t, x, "saxo"); len(got) < 2 || got[0].Text != "Saxophone" || got[0].Kind != knowledge.SuggestEntry {
		t.Errorf("suggested are %+v", got)
	}
}

// TestSearchesLearnInTheBackground waits for what nobody asked for: at most as long as the pause between.
func TestSearchesLearnInTheBackground(t *testing.T) {
	t.Parallel()
	x := filled(t, topical(30, 1)...)
	find(t, x, knowledge.Listing{Text: "school"})
	apply(t, x.Current(), "2", practice("a", "en", "Saxophone", "Saxophones."), practice("b", "en", "A saxophone", "Band."))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if found := find(t, x, knowledge.Listing{Text: "saxophonne"}); found.Total == 2 {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("the new word is not learned")
		}
	}
}

func TestClosingEndsLearning(t *testing.T) {
	t.Parallel()
	for round := range 4 {
		x, err := search.Open(t.Context(), search.Options{Dir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		apply(t, x.Current(), "1", topical(200, 1)...)
		var wg sync.WaitGroup
		g := x.Current()
		started := make(chan struct{})
		wg.Go(func() {
			close(started)
			if err := g.Learn(t.Context()); err != nil && !knowledge.IsKind(err, knowledge.Unavailable) {
				t.Errorf("Learn: %v", err)
			}
		})
		wg.Go(func() {
			for i := range 50 {
				_, err := x.Find(t.Context(), knowledge.Listing{Text: "school", Page: knowledge.Page{First: 1}})
				if err != nil {
					if !knowledge.IsKind(err, knowledge.Unavailable) {
						t.Errorf("Find: %v", err)
					}
					return
				}
				if i == 10*round {
					if err := g.Apply(t.Context(), indexables(topical(3, uint64(round))...), "2"); err != nil {
						return
					}
				}
			}
		})
		<-started
		if err := x.Close(); err != nil {
			t.Error(err)
		}
		wg.Wait()
	}
}

func TestLearningEndsWithItsContext(t *testing.T) {
	t.Parallel()
	x := filled(t, topical(60, 1)...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := x.Current().Learn(ctx); err == nil {
		t.Error("Learn goes on after the end of the context")
	}
	learn(t, x)
}

func TestARestartKeepsWhatWasLearned(t *testing.T) {
	t.Parallel()
	entities := topical(90, 1)
	of := entities[0].Head().ID
	dir := t.TempDir()
	similar := func(x *search.Index) string {
		t.Helper()
		near, err := x.Similar(t.Context(), of, 5, knowledge.Actor{})
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		for _, h := range near {
			fmt.Fprintf(&out, "%s %.5f\n", h.ID, h.Score)
		}
		return out.String()
	}
	reopen := func(use func(*search.Index)) {
		t.Helper()
		x, err := search.Open(t.Context(), search.Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		use(x)
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	model := func() os.FileInfo {
		t.Helper()
		info, err := os.Stat(filepath.Join(generations(t, dir)[0], "meaning"))
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	want := ""
	reopen(func(x *search.Index) {
		apply(t, x.Current(), "1", entities...)
		learn(t, x)
		want = similar(x)
	})
	if want == "" {
		t.Fatal("nothing was learned")
	}
	before := model()
	reopen(func(x *search.Index) {
		learn(t, x)
		if got := similar(x); got != want {
			t.Errorf("after a restart, near are\n%swant\n%s", got, want)
		}
	})
	if after := model(); !after.ModTime().Equal(before.ModTime()) {
		t.Error("the model was learned again")
	}
	for name, damage := range map[string]func(path string) error{
		"rubbish":   func(path string) error { return os.WriteFile(path, []byte("rubbish"), 0o600) },
		"cut":       func(path string) error { return os.Truncate(path, before.Size()/2) },
		"empty":     func(path string) error { return os.Truncate(path, 0) },
		"missing":   os.Remove,
		"a number":  func(path string) error { return os.WriteFile(path, []byte("90\n"), 0o600) },
		"a bit":     flipInTheMiddle,
		"many more": func(path string) error { return os.WriteFile(path, []byte("-5\nx"), 0o600) },
	} {
		if err := damage(filepath.Join(generations(t, dir)[0], "meaning")); err != nil {
			t.Fatal(err)
		}
		reopen(func(x *search.Index) {
			learn(t, x)
			if got := similar(x); got != want {
				t.Errorf("%s: near are\n%swant\n%s", name, got, want)
			}
		})
		if after := model(); after.Size() != before.Size() {
			t.Errorf("%s: the model has %d bytes, want %d", name, after.Size(), before.Size())
		}
	}
}

// flipInTheMiddle changes one bit of a file.
func flipInTheMiddle(path string) error {
	b, err := os.ReadFile(path) //nolint:gosec // A file of the test.
	if err != nil {
		return err
	}
	b[len(b)/2] ^= 4
	return os.WriteFile(path, b, 0o600)
}
