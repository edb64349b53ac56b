package catalog_test

import (
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestSimilarEntriesAreThoseTheReaderMaySee(t *testing.T) {
	t.Parallel()
	homes := owned("homes", knowledge.StatusPublished, knowledgetest.Themed("education", "housing", "housing/social"), knowledgetest.For("youth", "women"))
	towers := owned("towers", knowledge.StatusPublished, knowledgetest.Themed("housing/social", "housing"), knowledgetest.For("women"))
	alone := knowledgetest.Lesson("alone", knowledgetest.By("lyon"))
	hidden := owned("hidden", knowledge.StatusDraft, knowledgetest.Themed("housing"))
	r := newRig(t, homes, towers, alone, hidden)
	c := r.with(t, func(o *catalog.Options) {
		o.Search = scripted{Search: o.Search, similar: []knowledge.Hit{
			{ID: hidden.ID, Score: 0.9}, {ID: towers.ID, Score: 0.8}, {ID: practice("gone"), Score: 0.7}, {ID: alone.ID, Score: 0.6},
		}}
	})
	for name, a := range everyone() {
		found, err := c.Similar(as(t, a), homes, 20, c.Load)
		if err != nil || len(found) != 2 {
			t.Fatalf("%s: got %+v, %v", name, found, err)
		}
		same(t, "the first", "towers", found[0].Entry.Head().Slug)
		same(t, "its score", 0.8, found[0].Score)
		same(t, "shared themes", []knowledge.ID{theme("housing"), theme("housing/social")}, found[0].ThemeIDs)
		same(t, "shared groups", []knowledge.ID{knowledgetest.ID(knowledge.KindTargetGroup, "women")}, found[0].TargetGroupIDs)
		same(t, "the second", "alone", found[1].Entry.Head().Slug)
		same(t, "shared with it", 0, len(found[1].ThemeIDs)+len(found[1].TargetGroupIDs))
	}
	for _, n := range []int{0, -1, knowledge.MaxSimilar + 1} {
		_, err := c.Similar(as(t, anonymous()), homes, n, c.Load)
		failure(t, err, knowledge.Invalid, "first")
	}
}

func TestSimilarEntriesWithoutTheStore(t *testing.T) {
	t.Parallel()
	homes, towers, away := owned("homes", knowledge.StatusPublished), owned("towers", knowledge.StatusPublished), owned("away", knowledge.StatusPublished)
	r := newRig(t, homes, towers, away)
	r.options.Search = scripted{Search: r.options.Search, similar: []knowledge.Hit{{ID: away.ID}, {ID: towers.ID}}}
	c := r.with(t, func(*catalog.Options) {})
	c.Changed([]knowledge.Entity{towers})
	r.faults.set(func(f *faulty) { f.load = func([]knowledge.ID) error { return unavailable() } })
	found, err := c.Similar(as(t, anonymous()), homes, 5, c.Load)
	if !knowledge.IsKind(err, knowledge.Unavailable) || len(found) != 1 || found[0].Entry.Head().Slug != "towers" {
		t.Errorf("got %+v, %v", found, err)
	}
}
