package catalog_test

import (
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestDryRunSavesNothing(t *testing.T) {
	t.Parallel()
	owned := func(slug string, status knowledge.EditorialStatus) *knowledge.Practice {
		return knowledgetest.Practice(slug, knowledgetest.By("madrid"), knowledgetest.Themed("housing"),
			knowledgetest.Saying(func(x *knowledge.EntryText) { x.Action = "Built." }), knowledgetest.Standing(status))
	}
	open, public := owned("open", knowledge.StatusDraft), owned("public", knowledge.StatusPublished)
	r := newRig(t, open, public)
	input := draft("Homes first in Madrid")
	tests := map[string]func() (catalog.Saved, error){
		"create": func() (catalog.Saved, error) {
			return r.Create(as(t, madrid()), knowledge.KindPractice, "en", input, dry())
		},
		"create a country": func() (catalog.Saved, error) {
			return r.Create(as(t, editor()), knowledge.KindCountry, "", nouns()[knowledge.KindCountry].input, dry())
		},
		"update": func() (catalog.Saved, error) { return r.Update(as(t, madrid()), target(open), nil, input, dry()) },
		"update with another slug": func() (catalog.Saved, error) {
			c := saying("New.")
			c.Slug = new("free")
			return r.Update(as(t, madrid()), target(open), nil, c, dry())
		},
		"translate": func() (catalog.Saved, error) {
			return r.Translate(as(t, madrid()), target(open), "ro", knowledge.OriginHuman, &input.PracticeTextChanges, dry())
		},
		"submit": func() (catalog.Saved, error) {
			return r.Step(as(t, madrid()), target(open), knowledge.ActionSubmit, nil, dry())
		},
		"archive": func() (catalog.Saved, error) {
			return r.Step(as(t, editor()), target(public), knowledge.ActionArchive, nil, dry())
		},
		"link": func() (catalog.Saved, error) {
			return r.Link(as(t, madrid()), target(open), knowledge.RelInspiredBy, public.ID, nil, dry())
		},
		"assess": func() (catalog.Saved, error) {
			return r.Assess(as(t, editor()), target(public), catalog.Assessment{VerifiedBy: new("Us")}, dry())
		},
	}
	r.stays(t)
	for name, request := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := request()
			if err != nil || got.Entity == nil || got.Searchable {
				t.Errorf("got %+v, %v, want a preview", got, err)
			}
		})
	}
}

func TestDryRunTellsWhatWouldBe(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	got, err := r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("Homes first"), dry())
	if err != nil {
		t.Fatal(err)
	}
	p, ok := got.Entity.(*knowledge.Practice)
	if !ok || p.Title != "Homes first" || p.Slug != "homes-first" || p.Revision != 0 || p.Status != knowledge.StatusDraft {
		t.Fatalf("previewed %+v", got.Entity)
	}
	if !p.CreatedAt.After(start()) {
		t.Errorf("created at %s", p.CreatedAt)
	}
	score := p.Completeness()
	real := saved[*knowledge.Practice](t)(r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("Homes first"), knowledge.Request{}))
	same(t, "completeness", real.Completeness(), score)
	if score.Score == 0 || score.Score == 100 || len(score.Missing) == 0 {
		t.Errorf("completeness %+v", score)
	}
	c := saying("Better.")
	c.Period = &knowledge.Period{Start: "2019-01-01", Precision: knowledge.PrecisionYear}
	got, err = r.Update(as(t, madrid()), target(real), nil, c, dry())
	if err != nil {
		t.Fatal(err)
	}
	after, ok := got.Entity.(*knowledge.Practice)
	if !ok || after.Summary != "Better." || after.Revision != 1 || after.Completeness().Score <= score.Score {
		t.Errorf("previewed %+v", got.Entity)
	}
	if kept := r.stored(t, real.ID).(*knowledge.Practice); kept.Period != nil || kept.Texts[0].Summary == "Better." {
		t.Error("a dry run changed what is stored")
	}
	if shown, err := r.Load(as(t, madrid()), real.ID); err != nil || shown[0].(*knowledge.Practice).Summary == "Better." {
		t.Errorf("a dry run changed what readers see: %v", err)
	}
}
