package search_test

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

func TestAReopenedIndexHasItsRecordsAndItsCursor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	x, err := search.Open(t.Context(), search.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	wantCursor(t, x.Current(), "")
	a, b := practice("a", "en", "Housing", "Flats."), practice("b", "en", "Housing", "Flats.")
	apply(t, x.Current(), "41", a, b)
	apply(t, x.Current(), "42", kt.Deleted(a), kt.Revised(b, nil))
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	y := openIn(t, dir)
	wantCursor(t, y.Current(), "42")
	if found := find(t, y, knowledge.Listing{Text: "housing"}); found.Total != 1 || found.Hits[0].ID != b.ID {
		t.Errorf("found %+v, want b alone", found)
	}
	stamps, err := y.Current().Revisions(t.Context(), []knowledge.ID{a.ID, b.ID, "PR_unknown"})
	want := knowledge.Stamp{Revision: 2, Status: knowledge.StatusPublished, PublishedRevision: 1}
	if err != nil || len(stamps) != 1 || stamps[b.ID] != want {
		t.Errorf("stamps = %v, %v", stamps, err)
	}
	each := map[knowledge.ID]knowledge.Stamp{}
	if err := y.Current().EachStamp(t.Context(), func(id knowledge.ID, s knowledge.Stamp) error { each[id] = s; return nil }); err != nil {
		t.Fatal(err)
	}
	if len(each) != 1 || each[b.ID] != want {
		t.Errorf("each stamp = %v", each)
	}
	stop := errors.New("stop")
	if err := y.Current().EachStamp(t.Context(), func(knowledge.ID, knowledge.Stamp) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("error = %v, want the visitor's", err)
	}
}

func wantCursor(t *testing.T, g *search.Generation, want knowledge.Cursor) {
	t.Helper()
	if got, err := g.Cursor(); err != nil || got != want {
		t.Errorf("cursor = %q, %v, want %q", got, err, want)
	}
}

// TestACopyTakenAtAnyMomentIsWhole copies the files while batches are written: what a killed process
// leaves behind. Each batch n writes record n and the cursor n, so that they must agree.
func TestACopyTakenAtAnyMomentIsWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	x := openIn(t, dir)
	const rounds = 12
	for n := 1; n <= rounds; n++ {
		apply(t, x.Current(), knowledge.Cursor(strconv.Itoa(n)), practice(fmt.Sprintf("p%d", n), "en", "Housing", "Flats."))
		copied := t.TempDir()
		if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
			continue // A file was merged away while it was copied.
		}
		y, err := search.Open(t.Context(), search.Options{Dir: copied})
		if err != nil {
			t.Fatal(err)
		}
		cursor, err := y.Current().Cursor()
		if err != nil {
			t.Fatal(err)
		}
		total := find(t, y, knowledge.Listing{Page: knowledge.Page{CountOnly: true}}).Total
		if cursor != "" && strconv.Itoa(total) != string(cursor) || cursor == "" && total != 0 {
			t.Errorf("copy %d: cursor %q with %d records", n, cursor, total)
		}
		if err := y.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestADamagedIndexIsThrownAway(t *testing.T) {
	t.Parallel()
	tests := map[string]func(t *testing.T, dir string){
		"root file": func(t *testing.T, dir string) {
			t.Helper()
			overwrite(t, dir, "root.bolt")
		},
		"segments":          func(t *testing.T, dir string) { t.Helper(); overwrite(t, dir, ".zap") },
		"pointer":           func(t *testing.T, dir string) { t.Helper(); overwrite(t, dir, "CURRENT") },
		"missing directory": func(t *testing.T, dir string) { t.Helper(); removeGenerations(t, dir) },
	}
	for name, damage := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			x, err := search.Open(t.Context(), search.Options{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			apply(t, x.Current(), "7", practice("p", "en", "Housing", "Flats."))
			if err := x.Close(); err != nil {
				t.Fatal(err)
			}
			damage(t, dir)
			var log strings.Builder
			y, err := search.Open(t.Context(), search.Options{Dir: dir, Logger: slog.New(slog.NewTextHandler(&log, nil))})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = y.Close() }()
			wantCursor(t, y.Current(), "")
			if found := find(t, y, knowledge.Listing{}); found.Total != 0 {
				t.Errorf("%d records are left", found.Total)
			}
			if n := strings.Count(log.String(), "\n"); n != 1 {
				t.Errorf("%d lines in the log, want 1: %s", n, log.String())
			}
			if left := generations(t, dir); len(left) != 1 {
				t.Errorf("directories = %v, want one", left)
			}
			apply(t, y.Current(), "8", practice("p", "en", "Housing", "Flats."))
			if found := find(t, y, knowledge.Listing{Text: "housing"}); found.Total != 1 {
				t.Errorf("the new index finds %d", found.Total)
			}
		})
	}
}

// overwrite puts rubbish into every file whose name ends like this.
func overwrite(t *testing.T, dir, suffix string) {
	t.Helper()
	hit := false
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, suffix) {
			return err
		}
		hit = true
		return os.WriteFile(path, []byte("rubbish"), 0o600)
	})
	if err != nil || !hit {
		t.Fatalf("nothing damaged: %v", err)
	}
}

func generations(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "generation-*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func removeGenerations(t *testing.T, dir string) {
	t.Helper()
	for _, name := range generations(t, dir) {
		if err := os.RemoveAll(name); err != nil {
			t.Fatal(err)
		}
	}
}

func TestACrashedRebuildLeavesTheOldIndex(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	x, err := search.Open(t.Context(), search.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, x.Current(), "7", practice("p", "en", "Housing", "Flats."))
	g, err := x.NewGeneration()
	if err != nil {
		t.Fatal(err)
	}
	apply(t, g, "1", practice("q", "en", "Housing", "Flats."))
	copied := t.TempDir()
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	y := openIn(t, copied)
	wantCursor(t, y.Current(), "7")
	if left := generations(t, copied); len(left) != 1 {
		t.Errorf("directories = %v, want one", left)
	}
}

func TestOneProcessOwnsADirectory(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	x := openIn(t, dir)
	apply(t, x.Current(), "7", practice("p", "en", "Housing", "Flats."))
	if _, err := search.Open(t.Context(), search.Options{Dir: dir}); !knowledge.IsKind(err, knowledge.Unavailable) {
		t.Errorf("a second open: %v, want Unavailable", err)
	}
	if found := find(t, x, knowledge.Listing{Text: "housing"}); found.Total != 1 {
		t.Errorf("after a second open %d records are left", found.Total)
	}
}

func TestSwapUnderSearches(t *testing.T) {
	t.Parallel()
	for name, dir := range map[string]string{"in memory": "", "on disk": t.TempDir()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := openIn(t, dir)
			p := practice("p", "en", "Housing", "Flats.")
			apply(t, x.Current(), "0", p)
			done := make(chan struct{})
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					for {
						select {
						case <-done:
							return
						default:
						}
						found, err := x.Find(t.Context(), knowledge.Listing{Text: "housing", Page: knowledge.Page{First: 5}})
						if err != nil || found.Total != 1 {
							t.Errorf("during a swap: %d, %v", found.Total, err)
							return
						}
					}
				})
			}
			for n := range 6 {
				old := x.Current()
				g, err := x.NewGeneration()
				if err != nil {
					t.Fatal(err)
				}
				apply(t, g, knowledge.Cursor(strconv.Itoa(n)), p)
				if err := x.Swap(g); err != nil {
					t.Fatal(err)
				}
				wantCursor(t, x.Current(), knowledge.Cursor(strconv.Itoa(n)))
				if err := old.Apply(t.Context(), nil, "x"); !knowledge.IsKind(err, knowledge.Unavailable) {
					t.Errorf("the old generation still writes: %v", err)
				}
				if err := x.Swap(g); !knowledge.IsKind(err, knowledge.Invalid) {
					t.Errorf("a second swap: %v", err)
				}
			}
			close(done)
			wg.Wait()
			if dir != "" && len(generations(t, dir)) != 1 {
				t.Errorf("directories = %v, want one", generations(t, dir))
			}
		})
	}
}

func TestDiscard(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	x := openIn(t, dir)
	g, err := x.NewGeneration()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(x.Discard(g), x.Discard(g), x.Discard(x.Current())); err != nil {
		t.Fatal(err)
	}
	wantCursor(t, x.Current(), "")
	if left := generations(t, dir); len(left) != 1 {
		t.Errorf("directories = %v, want one", left)
	}
	if err := x.Swap(g); err == nil {
		t.Error("a discarded generation was swapped in")
	}
}

func TestAClosedIndexIsUnavailable(t *testing.T) {
	t.Parallel()
	x := filled(t, practice("p", "en", "Housing", "Flats."))
	g := x.Current()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				_, err := x.Find(t.Context(), knowledge.Listing{Text: "housing", Page: knowledge.Page{First: 5}})
				if err == nil {
					continue
				}
				if !knowledge.IsKind(err, knowledge.Unavailable) {
					t.Errorf("error = %v, want Unavailable", err)
				}
				return
			}
		})
	}
	if err := errors.Join(x.Close(), x.Close()); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	_, newErr := x.NewGeneration()
	_, cursorErr := g.Cursor()
	_, revisionsErr := g.Revisions(t.Context(), nil)
	_, dependentsErr := g.Dependents(t.Context(), nil)
	_, _, tableErr := x.CrossTable(t.Context(), knowledge.CrossTable{Dimensions: []knowledge.FacetField{knowledge.FacetKind}})
	for i, err := range []error{
		newErr, cursorErr, revisionsErr, dependentsErr, tableErr, x.Swap(g), g.Apply(t.Context(), nil, "1"),
		g.EachStamp(t.Context(), nil),
	} {
		if !knowledge.IsKind(err, knowledge.Unavailable) {
			t.Errorf("call %d: %v, want Unavailable", i, err)
		}
	}
}

func TestDependents(t *testing.T) {
	t.Parallel()
	city := kt.Authority("rivas", "Rivas", "ES")
	region := kt.Authority("madrid", "Madrid", "ES")
	city.ParentID = &region.ID
	entities := []knowledge.Entity{
		city, region, kt.Country("ES", "Spain"), kt.Theme("housing"), belowHousing(kt.Theme("slum-exit")),
		practice("a", "en", "One", "One.", kt.Themed("slum-exit"), kt.By("rivas"), kt.In("ES")),
		practice("b", "en", "Two", "Two.", kt.Themed("unknown-yet")),
	}
	x := filled(t, entities...)
	slug := map[knowledge.ID]string{}
	for _, e := range entities {
		slug[e.Head().ID] = e.Head().Slug
	}
	tests := []struct {
		nouns []knowledge.ID
		want  string
	}{
		{[]knowledge.ID{kt.ID(knowledge.KindTheme, "housing")}, "a slum-exit"},
		{[]knowledge.ID{kt.ID(knowledge.KindTheme, "unknown-yet")}, "b"},
		{[]knowledge.ID{region.ID}, "a rivas"},
		{[]knowledge.ID{knowledge.CountryID("ES")}, "a madrid rivas"},
		{[]knowledge.ID{kt.ID(knowledge.KindTheme, "housing"), region.ID}, "a rivas slum-exit"},
		{nil, ""},
	}
	for _, test := range tests {
		ids, err := x.Current().Dependents(t.Context(), test.nouns)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, id := range ids {
			got = append(got, slug[id])
		}
		if words := sorted(got); words != test.want {
			t.Errorf("dependents of %v = %q, want %q", test.nouns, words, test.want)
		}
	}
}
