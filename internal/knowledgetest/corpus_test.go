package knowledgetest_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// few are the records that the corpora of these tests are made of.
func few() []knowledge.Entity {
	long := "First. Then this was done! Was it? It was."
	return []knowledge.Entity{
		knowledgetest.Theme("housing"),
		knowledgetest.Practice("mediators", knowledgetest.Titled("School mediators in Madrid"), knowledgetest.Summed(long),
			knowledgetest.Themed("education"), knowledgetest.By("madrid"), knowledgetest.In("ES")),
		knowledgetest.Practice("homes", knowledgetest.Titled("Homes for families near the river"), knowledgetest.Summed("Homes were built. People moved in."),
			knowledgetest.Themed("housing", "work"), knowledgetest.By("cluj"), knowledgetest.In("RO")),
		knowledgetest.Lesson("early", knowledgetest.Titled("Start early")),
		knowledgetest.Fill(knowledge.KindPractice, 1),
		knowledgetest.Fill(knowledge.KindRecommendation, 1),
	}
}

func TestCorpusIsValidAndVaried(t *testing.T) {
	t.Parallel()
	const n = 300
	ids, slugs, titles, years := map[knowledge.ID]bool{}, map[string]bool{}, map[string]bool{}, map[int]bool{}
	for e := range knowledgetest.Corpus(few(), n, 1) {
		if err := e.Problems().Err(); err != nil {
			t.Fatalf("%s has problems: %v", e.Head().Slug, err)
		}
		if e.Head().Revision != 1 || e.Head().Status != knowledge.StatusPublished {
			t.Fatalf("%s is not a published first revision", e.Head().Slug)
		}
		entry := e.(knowledge.Entry)
		ids[e.Head().ID], slugs[e.Head().Slug] = true, true
		titles[entry.Blocks()[0].Title], years[*entry.Core().Year()] = true, true
	}
	if len(ids) != n || len(slugs) != n {
		t.Errorf("%d entries have %d ids and %d slugs", n, len(ids), len(slugs))
	}
	if len(titles) < 8 || len(years) < 20 {
		t.Errorf("%d titles and %d years, want a mixture", len(titles), len(years))
	}
}

func TestCorpusIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	first := slices.Collect(knowledgetest.Corpus(few(), 50, 9))
	if diff := cmp.Diff(first, slices.Collect(knowledgetest.Corpus(few(), 50, 9))); diff != "" {
		t.Errorf("the second run differs (-first +second):\n%s", diff)
	}
	if diff := cmp.Diff(first, slices.Collect(knowledgetest.Corpus(few(), 60, 9))[:50]); diff != "" {
		t.Errorf("a greater corpus begins otherwise (-small +great):\n%s", diff)
	}
	other := slices.Collect(knowledgetest.Corpus(few(), 50, 10))
	if first[0].Head().ID == other[0].Head().ID || cmp.Equal(first, other) {
		t.Error("another seed gives the same corpus")
	}
}

func TestCorpusSharesNothing(t *testing.T) {
	t.Parallel()
	from := few()
	before := make([]knowledge.Entity, len(from))
	for i, e := range from {
		before[i] = knowledge.Clone(e)
	}
	for e := range knowledgetest.Corpus(from, 30, 1) {
		c := e.(knowledge.Entry).Core()
		for i := range c.ThemeIDs {
			c.ThemeIDs[i] = "spoilt"
		}
		for i := range c.Contributors {
			c.Contributors[i].AuthorityID = "spoilt"
		}
		if c.PrimaryThemeID != nil {
			*c.PrimaryThemeID = "spoilt"
		}
		for _, b := range e.(knowledge.Entry).Blocks() {
			b.Title = "spoilt"
		}
	}
	for i, e := range from {
		if diff := cmp.Diff(before[i], knowledge.Clone(e)); diff != "" {
			t.Errorf("a change to the corpus changed what it was made of (-before +after):\n%s", diff)
		}
	}
}

func BenchmarkCorpus(b *testing.B) {
	from := few()
	for b.Loop() {
		for range knowledgetest.Corpus(from, 100, 1) {
		}
	}
}

func TestTextBytes(t *testing.T) {
	t.Parallel()
	theme := knowledgetest.Theme("housing", "Housing", "es:Vivienda")
	if got, want := knowledgetest.TextBytes(theme), int64(len("Housing")+len("Vivienda")); got != want {
		t.Errorf("a theme with two labels has %d bytes of text, want %d", got, want)
	}
	short := knowledgetest.TextBytes(knowledgetest.Practice("a", knowledgetest.Summed("one")))
	long := knowledgetest.TextBytes(knowledgetest.Practice("a", knowledgetest.Summed("one and two")))
	if got, want := long-short, int64(len(" and two")); got != want {
		t.Errorf("a longer summary adds %d bytes, want %d", got, want)
	}
}
