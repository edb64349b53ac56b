package graph_test

import (
	"encoding/json"
	"testing"

	"goodpractice/internal/knowledge"
)

// counts compares every count of entries with the number of entries that the reader may see.
func (v *visit) counts(t *testing.T) {
	t.Helper()
	want := map[knowledge.Kind]int{}
	total := 0
	for _, e := range v.world.records {
		if e.Kind().IsEntry() && v.may(e) {
			want[e.Kind()]++
			total++
		}
	}
	var got struct {
		Practices, Lessons, Recommendations struct{ TotalCount int }
		Search                              struct {
			TotalCount int
			Facets     []struct {
				Field   string
				Buckets []struct {
					Value string
					Count int
				}
			}
		}
		Statistics struct {
			TotalCount int
			Cells      []struct{ Count int }
		}
	}
	const query = `query ($filter: EntryFilter) {
		practices(filter: $filter) { totalCount } lessons(filter: $filter) { totalCount }
		recommendations(filter: $filter) { totalCount }
		search(filter: $filter) { totalCount facets(first: 200) { field buckets { value label count } } }
		statistics(filter: $filter, by: [KIND]) { totalCount cells { count values { field value label } } }
	}`
	if err := json.Unmarshal(v.see(t, query, all()), &got); err != nil {
		t.Fatal(err)
	}
	for name, pair := range map[string][2]int{
		"practices":       {got.Practices.TotalCount, want[knowledge.KindPractice]},
		"lessons":         {got.Lessons.TotalCount, want[knowledge.KindLesson]},
		"recommendations": {got.Recommendations.TotalCount, want[knowledge.KindRecommendation]},
		"search":          {got.Search.TotalCount, total},
		"statistics":      {got.Statistics.TotalCount, total},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s counts %d entries, %d may be seen", name, pair[0], pair[1])
		}
	}
	cells := 0
	for _, c := range got.Statistics.Cells {
		cells += c.Count
	}
	if cells != total {
		t.Errorf("the cells of the statistics count %d entries, %d may be seen", cells, total)
	}
	if len(got.Search.Facets) != len(knowledge.FacetFields()) {
		t.Errorf("%d facets", len(got.Search.Facets))
	}
	for _, facet := range got.Search.Facets {
		for _, b := range facet.Buckets {
			if b.Count > total || facet.Field == "KIND" && b.Count != want[knowledge.Kind(b.Value)] {
				t.Errorf("facet %s counts %d entries of %s", facet.Field, b.Count, b.Value)
			}
		}
	}
	for _, field := range knowledge.FacetFields() {
		v.see(t, v.walker.query("statistics", 0), with("by", []knowledge.FacetField{field}))
	}
}

// mutations tries to change what the reader may not see: the answer must be the one for a record that does not exist.
func (v *visit) mutations(t *testing.T) {
	t.Helper()
	const query = `mutation ($id: ID!) {
		withdrawEntry(input: { id: $id, revision: 1, dryRun: true }) { entry { id title } userErrors { message path code } }
	}`
	for _, e := range v.world.records {
		if !e.Kind().IsEntry() || v.may(e) {
			continue
		}
		got := v.see(t, query, map[string]any{"id": e.Head().ID})
		want := v.see(t, query, map[string]any{"id": knowledge.DeriveID(e.Kind(), "nowhere")})
		if string(got) != string(want) {
			t.Errorf("%s is told apart from what does not exist: %s, not %s", e.Head().Slug, got, want)
		}
	}
}

// compare compares the marks that were seen with those that may be seen.
func (v *visit) compare(t *testing.T) {
	t.Helper()
	for word, m := range v.world.marks {
		may := false
		for _, r := range m.readers {
			may = may || r == v.reader
		}
		query, saw := v.seen[word]
		switch {
		case saw && !may:
			t.Errorf("sees %s: %s", m.what, query)
		case may && !saw:
			t.Errorf("does not see %s", m.what)
		}
	}
}
