package search_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

// withDraft is an index of practices with one draft that has a word of its own.
func withDraft(t *testing.T) (*search.Index, []knowledge.Entity, *knowledge.Practice) {
	t.Helper()
	draft := practice("draft", "en", "Clinic and nurses", "Zyxwvut nurses of the clinic, doctors, nurses and patients of the hospital.",
		kt.Standing(knowledge.StatusDraft), kt.By("rome"))
	public := topical(200, 1)
	x := filled(t, append(slices.Clone(public), draft)...)
	learn(t, x)
	return x, public, draft
}

// goneOn is the page behind a cursor.
func goneOn(t *testing.T, x *search.Index, l knowledge.Listing, cursor string, change search.Frozen) (knowledge.Found, error) {
	t.Helper()
	forged, err := search.Forge(cursor, change)
	if err != nil {
		t.Fatal(err)
	}
	l.Page = knowledge.Page{First: knowledge.MaxPageSize, After: forged}
	return x.Find(t.Context(), l)
}

func TestForgedCursorsAreRefused(t *testing.T) {
	t.Parallel()
	x, _, _ := withDraft(t)
	l := knowledge.Listing{Text: "school nurses"}
	cursor := find(t, x, l).Hits[3].Cursor
	id := kt.ID(knowledge.KindPractice, "x")
	tests := map[string]search.Frozen{
		"a weight below 0":        {Weights: func(float64) float64 { return -1 }},
		"an endless weight":       {Weights: func(float64) float64 { return math.Inf(1) }},
		"a weight that is no one": {Weights: func(float64) float64 { return math.NaN() }},
		"no threshold":            {Threshold: new(math.NaN())},
		"a nearness below 0":      {Related: new(-0.5)},
		"a nearness above all":    {Related: new(3.0)},
		"no nearness":             {Related: new(math.NaN())},
		"too many examples":       {Examples: []knowledge.ID{id, id, id, id, id, id}},
		"an example of no kind":   {Examples: []knowledge.ID{"nobody"}},
		"words in disorder":       {Words: []int{3, 2}},
		"a word twice":            {Words: []int{3, 3}},
		"too many words":          {Words: []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33}},
		"a key that is no number": {Key: new(math.NaN())},
		"a record of no kind":     {ID: "nobody"},
	}
	for name, change := range tests {
		if _, err := goneOn(t, x, l, cursor, change); err == nil {
			t.Errorf("%s is taken", name)
		} else {
			wantInvalid(t, err, "after")
		}
	}
}

// What is not refused makes another place in the list of public records, and tells nothing of a draft.
func TestForgedCursorsDoNoHarm(t *testing.T) {
	t.Parallel()
	x, public, draft := withDraft(t)
	l := knowledge.Listing{Text: "school nurses", Facets: knowledge.FacetFields()}
	first := find(t, x, l)
	cursor := first.Hits[3].Cursor
	tests := map[string]search.Frozen{
		"another model":          {Model: new(uint32(7))},
		"no model":               {Model: new(uint32(0))},
		"another language":       {Language: new(knowledge.LanguageTag("tlh"))},
		"weights of 0":           {Weights: func(float64) float64 { return 0 }},
		"large weights":          {Weights: func(float64) float64 { return 64 }},
		"a threshold below all":  {Threshold: new(math.Inf(-1))},
		"a threshold above all":  {Threshold: new(math.Inf(1))},
		"everything is related":  {Related: new(0.0)},
		"a draft as an example":  {Examples: []knowledge.ID{draft.ID}},
		"words that are not":     {Words: []int{7, 700, 65535}},
		"a key before all":       {Key: new(math.Inf(1))},
		"a key behind all":       {Key: new(math.Inf(-1))},
		"the draft as the place": {ID: draft.ID, Model: new(uint32(7))},
		"a draft's word":         {Corrections: map[string]string{"school": "zyxwvut", "nurses": "zyxwvut"}},
	}
	for name, change := range tests {
		found, err := goneOn(t, x, l, cursor, change)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, h := range found.Hits {
			if byID(public, h.ID) == nil || math.IsNaN(h.Score) || math.IsInf(h.Score, 0) {
				t.Errorf("%s: %+v", name, h)
			}
		}
		if found.Total > first.Total {
			t.Errorf("%s: total %d of %d", name, found.Total, first.Total)
		}
		for i, f := range found.Facets {
			if name != "a draft's word" && name != "weights of 0" && !slices.Equal(f.Buckets, first.Facets[i].Buckets) {
				t.Errorf("%s: %s is %v, want %v", name, f.Field, f.Buckets, first.Facets[i].Buckets)
			}
		}
	}
}

// Whoever puts a draft's id or words into a cursor gets what they would get for one that there is not.
func TestAForgedCursorTellsNothingOfADraft(t *testing.T) {
	t.Parallel()
	x, _, draft := withDraft(t)
	nobody := kt.ID(knowledge.KindPractice, "nobody")
	examples := func(id knowledge.ID) search.Frozen { return search.Frozen{Examples: []knowledge.ID{id}} }
	tests := []struct {
		name, text string
		with, not  search.Frozen
	}{
		{"an example", "school nurses", examples(draft.ID), examples(nobody)},
		{"an example of a question about nothing", "the exam", examples(draft.ID), examples(nobody)},
		{
			"a correction", "school nurses",
			search.Frozen{Corrections: map[string]string{"nurses": "zyxwvut"}},
			search.Frozen{Corrections: map[string]string{"nurses": "abcdefgh"}},
		},
		{
			"the only correction", "nurses",
			search.Frozen{Corrections: map[string]string{"nurses": "zyxwvut"}},
			search.Frozen{Corrections: map[string]string{"nurses": "abcdefgh"}},
		},
	}
	for _, test := range tests {
		l := knowledge.Listing{Text: test.text, Explain: true}
		cursor := find(t, x, l).Hits[1].Cursor
		got, err := goneOn(t, x, l, cursor, test.with)
		if err != nil {
			t.Fatal(err)
		}
		want, err := goneOn(t, x, l, cursor, test.not)
		if err != nil {
			t.Fatal(err)
		}
		told := func(f knowledge.Found) string {
			var b strings.Builder
			fmt.Fprintf(&b, "%d %+v", f.Total, *f.Interpretation)
			for _, h := range f.Hits {
				fmt.Fprintf(&b, "\n%s %x %t %v", h.ID, h.Score, h.IsRelated, h.Parts)
			}
			return strings.NewReplacer("zyxwvut", "?", "abcdefgh", "?").Replace(b.String())
		}
		if a, b := told(got), told(want); a != b {
			t.Errorf("%s: %s\nwant %s", test.name, a, b)
		}
	}
}

// Whoever may read drafts does not learn from them, so that a cursor that is handed on names none.
func TestOnlyPublicRecordsAreExamples(t *testing.T) {
	t.Parallel()
	x, public, draft := withDraft(t)
	editor := knowledge.Actor{Role: knowledge.RoleEditor}
	l := knowledge.Listing{
		Text: "clinic nurses", Viewer: editor,
		Filter: knowledge.EntryFilter{Statuses: []knowledge.EditorialStatus{knowledge.StatusDraft, knowledge.StatusPublished}},
	}
	found := find(t, x, l)
	if found.Hits[0].ID != draft.ID {
		t.Fatalf("the draft is not the best record: %v", found.Hits[0])
	}
	for page := range 2 {
		examples, err := search.LearnsFrom(found.Hits[len(found.Hits)-1].Cursor)
		if err != nil || len(examples) == 0 {
			t.Fatalf("%d examples, %v", len(examples), err)
		}
		for _, id := range examples {
			if byID(public, id) == nil {
				t.Errorf("page %d: %s is an example", page, id)
			}
		}
		l.Page = knowledge.Page{First: 10, After: found.Hits[1].Cursor}
		found = find(t, x, l)
	}
}

// An example that is withdrawn meanwhile changes scores, and the list goes on behind the same record.
func TestAListGoesOnWhenAnExampleIsWithdrawn(t *testing.T) {
	t.Parallel()
	x, public, _ := withDraft(t)
	l := knowledge.Listing{Text: "school lessons"}
	whole := find(t, x, l)
	examples, err := search.LearnsFrom(whole.Hits[0].Cursor)
	if err != nil {
		t.Fatal(err)
	}
	withdrawn := *byID(public, examples[0]).(*knowledge.Practice) //nolint:forcetypeassert // All are practices.
	withdrawn.Status = knowledge.StatusWithdrawn
	apply(t, x.Current(), "2", &withdrawn)
	now := ids(find(t, x, l).Hits)
	for _, last := range whole.Hits {
		if last.ID == withdrawn.ID {
			continue
		}
		l.Page = knowledge.Page{First: knowledge.MaxPageSize, After: last.Cursor}
		rest := find(t, x, l)
		for _, h := range rest.Hits {
			if left, err := search.LearnsFrom(h.Cursor); err != nil || len(left) != len(examples)-1 || slices.Contains(left, withdrawn.ID) {
				t.Errorf("the next page learns from %v, %v", left, err)
			}
			if h.ID == last.ID || h.ID == withdrawn.ID {
				t.Errorf("%s comes again behind %s", h.ID, last.ID)
			}
		}
		if !rest.HasPrevious && last.ID != now[0] {
			t.Errorf("nothing is before %s", last.ID)
		}
	}
}
