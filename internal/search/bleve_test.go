package search_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	blevesearch "github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/collector"
	"github.com/blevesearch/bleve/v2/search/facet"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"

	"goodpractice/internal/knowledge"
)

var bleveIndex = flag.String("bleve-index", "", "the directory of an index, on which TestAgainstBleve compares")

// TestAgainstBleve prints how long the same search takes here and with Bleve's own searcher, in turn, on
// the same segments: the best 20 of a word, and how many there are by each dimension. Bleve looks the
// word up in fewer fields: it leaves out the stems of languages other than English.
func TestAgainstBleve(t *testing.T) {
	if *bleveIndex == "" {
		t.Skip("docs/benchmarks.md tells how to run this")
	}
	theirs := bleveSearch(t, *bleveIndex, "housing")
	x := openIn(t, *bleveIndex)
	ours := func() error {
		_, err := x.Find(t.Context(), knowledge.Listing{
			Text: "housing", Kinds: knowledge.EntryKinds(), Page: knowledge.Page{First: 20}, Facets: knowledge.FacetFields(),
		})
		return err
	}
	var times [2][]time.Duration
	for range 30 {
		for i, search := range []func() error{ours, theirs} {
			start := time.Now() //nolint:forbidigo // It measures.
			if err := search(); err != nil {
				t.Fatal(err)
			}
			times[i] = append(times[i], time.Since(start))
		}
	}
	for i := range times {
		slices.Sort(times[i])
	}
	half := len(times[0]) / 2
	_, err := fmt.Fprintf(os.Stdout, "search housing with facets, median: here %s, Bleve's own searcher %s, ratio %.1f\n",
		times[0][half], times[1][half], float64(times[1][half])/float64(times[0][half]))
	if err != nil {
		t.Fatal(err)
	}
}

// bleveSearch opens a copy of an index, because only one process can open it, and makes a search with
// what Bleve has for that.
func bleveSearch(t *testing.T, dir, word string) func() error {
	t.Helper()
	queue := index.NewAnalysisQueue(1)
	engine, err := scorch.NewScorch(scorch.Name, map[string]any{"path": copyIndex(t, dir), "read_only": true}, queue)
	if err != nil {
		t.Fatal(err)
	}
	if err := engine.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = engine.Close()
		queue.Close()
	})
	q, known := bleveQuery(word), mapping.NewIndexMapping()
	return func() error {
		reader, err := engine.Reader()
		if err != nil {
			return err
		}
		defer reader.Close() //nolint:errcheck // Read only.
		s, err := q.Searcher(t.Context(), reader, known, blevesearch.SearcherOptions{})
		if err != nil {
			return err
		}
		defer s.Close() //nolint:errcheck // Read only.
		order := blevesearch.SortOrder{&blevesearch.SortScore{Desc: true}, &blevesearch.SortDocID{}}
		best, facets := collector.NewTopNCollector(20, 0, order), blevesearch.NewFacetsBuilder(reader)
		for _, f := range []string{"kind", "theme", "country", "authority", "language", "year", "group", "evidence"} {
			facets.Add(f, facet.NewTermsFacetBuilder(f, 200))
		}
		best.SetFacetsBuilder(facets)
		if err := best.Collect(t.Context(), s, reader); err != nil {
			return err
		}
		if best.Total() == 0 {
			return fmt.Errorf("bleve finds nothing for %q", word)
		}
		return nil
	}
}

// bleveQuery finds a word in the fields of words and of English stems, among what is public.
func bleveQuery(word string) query.Query {
	term := func(value, field string, boost float64) query.Query {
		q := query.NewTermQuery(value)
		q.SetField(field)
		q.SetBoost(boost)
		return q
	}
	var words, kinds []query.Query
	for _, f := range []string{"title_x", "lead_x", "body_x", "label_x", "hidden_x"} {
		words = append(words, term(word, f, 1))
	}
	for _, f := range []string{"title_en", "lead_en", "body_en"} {
		words = append(words, term(strings.TrimSuffix(word, "ing"), f, .6))
	}
	for _, k := range knowledge.EntryKinds() {
		kinds = append(kinds, term(string(k), "kind", 1))
	}
	q := query.NewBooleanQuery([]query.Query{query.NewDisjunctionQuery(words)}, nil, nil)
	q.AddFilter(query.NewConjunctionQuery([]query.Query{term("PUBLISHED", "status", 1), query.NewDisjunctionQuery(kinds)}))
	return q
}

// copyIndex copies the generation that readers see.
func copyIndex(t *testing.T, dir string) string {
	t.Helper()
	current, err := os.ReadFile(filepath.Join(dir, "CURRENT"))
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(to, os.DirFS(filepath.Join(dir, strings.TrimSpace(string(current))))); err != nil {
		t.Fatal(err)
	}
	return to
}
