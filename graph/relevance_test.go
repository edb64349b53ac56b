package graph_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/graph/transport"
	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

// judged is a line of a set of queries.
type judged struct {
	text, language string
	answers        []string
	isMust         bool
}

func judgedQueries(t *testing.T, file string) []judged {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "relevance", file))
	if err != nil {
		t.Fatal(err)
	}
	var out []judged
	for line := range strings.Lines(string(content)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Split(line, " | ")
		if len(parts) < 3 {
			t.Fatalf("%q has no answer", line)
		}
		q := judged{text: parts[0], language: parts[1], isMust: len(parts) > 3 && parts[3] == "!"}
		for a := range strings.SplitSeq(parts[2], ",") {
			q.answers = append(q.answers, strings.TrimSpace(a))
		}
		out = append(out, q)
	}
	return out
}

// least is what a set of queries must reach: first hits that are right, answers among the first five, and the mean
// of 1/rank of the first answer. Raise it with the ranking.
type least struct{ first, found, inverse float64 }

// TestRelevanceOfTheSampleRecords asks what people would ask, through GraphQL. Every change of the ranking shows as
// a difference of the reports.
func TestRelevanceOfTheSampleRecords(t *testing.T) {
	t.Parallel()
	records, err := bundle.Seed()
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, embedded, transport.Limits{}, records...)
	judge(t, s, "queries", least{0.92, 0.92, 0.95})
	judge(t, s, "unseen", least{0.83, 0.86, 0.87}) // Judged before anything was searched for, and seen since.
	judge(t, s, "fresh", least{0.56, 0.76, 0.65})  // Judged before anything was searched for. Nothing may be tuned on it: what is, is "unseen".
}

// judge asks the queries of a file.
func judge(t *testing.T, s *site, name string, want least) {
	t.Helper()
	queries := judgedQueries(t, name+".txt")
	languages := map[string]bool{}
	var report strings.Builder
	first, inverse, found := 0.0, 0.0, 0.0
	for _, q := range queries {
		languages[q.language] = true
		hits := firstHits(t, s, q.text)
		wanted := s.judgedRight(t, q.answers)
		rank, among := 0, 0
		for i, slug := range hits {
			if slices.Contains(wanted, slug) {
				if rank == 0 {
					rank = i + 1
				}
				among++
			}
		}
		if rank == 1 {
			first++
		}
		if rank > 0 {
			inverse += 1 / float64(rank)
		}
		found += float64(among) / float64(min(len(wanted), len(hits), 5)+isNone(hits))
		if q.isMust && rank != 1 {
			t.Errorf("%q finds %v first, want one of %v", q.text, hits, q.answers)
		}
		fmt.Fprintf(&report, "%d  %-40.40s  %s\n", rank, q.text, strings.Join(hits, " "))
	}
	n := float64(len(queries))
	if len(queries) < 60 || len(languages) < 10 {
		t.Errorf("%d queries in %d languages are too few", len(queries), len(languages))
	}
	summary := fmt.Sprintf("%d queries in %d languages: recall@1 %.3f, recall@5 %.3f, MRR %.3f", len(queries), len(languages), first/n, found/n, inverse/n)
	t.Log(summary)
	if first/n < want.first || found/n < want.found || inverse/n < want.inverse {
		t.Errorf("%s: %s: the least is %+v", name, summary, want)
	}
	compareFile(t, filepath.Join("testdata", "relevance", name+"-report.txt"), summary+"\n\n"+report.String())
}

func isNone(hits []string) int {
	if len(hits) == 0 {
		return 1
	}
	return 0
}

// compareFile compares a text with that of a file, or writes it there.
func compareFile(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (- before, + now; -update writes it):\n%s", file, diff)
	}
}

// firstHits are the slugs of the first five results.
func firstHits(t *testing.T, s *site, text string) []string {
	t.Helper()
	type answer struct {
		Search struct{ Nodes []struct{ Slug string } }
	}
	got := get[answer](t, s, "", `query ($text: String!) { search(text: $text, first: 5) { nodes { slug } } }`, map[string]any{"text": text})
	var out []string
	for _, n := range got.Search.Nodes {
		out = append(out, n.Slug)
	}
	return out
}

// judgedRight are the slugs that answers stand for; each must exist.
func (s *site) judgedRight(t *testing.T, names []string) []string {
	t.Helper()
	type answer struct {
		Search struct{ Nodes []struct{ Slug string } }
	}
	var out []string
	for _, name := range names {
		theme, ok := strings.CutPrefix(name, "@")
		if !ok {
			if !slices.ContainsFunc(knowledge.EntryKinds(), func(k knowledge.Kind) bool {
				_, err := s.catalog.BySlug(t.Context(), k, name)
				return err == nil
			}) {
				t.Errorf("there is no record %s", name)
			}
			out = append(out, name)
			continue
		}
		got := get[answer](t, s, "", `query ($theme: [String!]) { search(filter: {themes: $theme}, first: 100) { nodes { slug } } }`,
			map[string]any{"theme": []string{theme}})
		for _, n := range got.Search.Nodes {
			out = append(out, n.Slug)
		}
	}
	return out
}
