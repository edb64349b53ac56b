package search_test

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search"
)

func TestAnIndexOfAnotherMappingIsThrownAway(t *testing.T) {
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
	before := generations(t, dir)
	setFingerprint(t, before[0], "of another program")
	var log strings.Builder
	y, err := search.Open(t.Context(), search.Options{Dir: dir, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	wantCursor(t, y.Current(), "")
	if found := find(t, y, knowledge.Listing{}); found.Total != 0 {
		t.Errorf("%d records are left", found.Total)
	}
	if after := generations(t, dir); len(after) != 1 || after[0] == before[0] {
		t.Errorf("directories = %v, before %v", after, before)
	}
	if !strings.Contains(log.String(), "another mapping") || strings.Count(log.String(), "\n") != 1 {
		t.Errorf("log = %q", log.String())
	}
	apply(t, y.Current(), "8", practice("p", "en", "Housing", "Flats."))
	if err := y.Close(); err != nil {
		t.Fatal(err)
	}
	z := openIn(t, dir)
	wantCursor(t, z.Current(), "8")
}

// setFingerprint writes into an index as a program with another mapping would have.
func setFingerprint(t *testing.T, dir, value string) {
	t.Helper()
	queue := index.NewAnalysisQueue(1)
	defer queue.Close()
	engine, err := scorch.NewScorch(scorch.Name, map[string]any{"path": dir, "bolt_timeout": "1s"}, queue)
	if err != nil {
		t.Fatal(err)
	}
	if err := engine.Open(); err != nil {
		t.Fatal(err)
	}
	batch := index.NewBatch()
	batch.SetInternal([]byte("fingerprint"), []byte(value))
	if err := engine.Batch(batch); err != nil {
		t.Fatal(err)
	}
	if err := engine.Close(); err != nil {
		t.Fatal(err)
	}
}
