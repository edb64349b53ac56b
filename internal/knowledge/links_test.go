package knowledge_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// linkable lists the links that SetLink makes, by the kind that they begin at.
func linkable() map[knowledge.Kind][]knowledge.Relation {
	return map[knowledge.Kind][]knowledge.Relation{
		knowledge.KindPractice:       {knowledge.RelVariantOf, knowledge.RelInspiredBy, knowledge.RelSupersedes},
		knowledge.KindLesson:         {knowledge.RelComesFrom},
		knowledge.KindRecommendation: {knowledge.RelRestsOn, knowledge.RelAdoptedAt, knowledge.RelSupersededBy},
	}
}

func TestSetAndRemoveLink(t *testing.T) {
	t.Parallel()
	for _, kind := range knowledge.Kinds() {
		for _, name := range constants(t, "Relation") {
			relation := knowledge.Relation(name)
			e := knowledge.New(kind)
			before := e.References()
			target := knowledge.DeriveID(relation.Targets()[0], "target")
			links := func() (n int) {
				for _, r := range e.References() {
					if r.Relation == relation && r.Target == target {
						n++
					}
				}
				return n
			}
			if !slices.Contains(linkable()[kind], relation) {
				if knowledge.SetLink(e, relation, target, nil) || knowledge.RemoveLink(e, relation, target) {
					t.Errorf("a link %s begins at a %s", relation, kind.Noun())
				}
				if diff := cmp.Diff(before, e.References()); diff != "" {
					t.Errorf("a refused link %s of %s is kept:\n%s", relation, kind, diff)
				}
				continue
			}
			if knowledge.RemoveLink(e, relation, target) {
				t.Errorf("%s of %s: a link that is not there was removed", relation, kind)
			}
			for range 2 { // The second time changes nothing.
				if !knowledge.SetLink(e, relation, target, nil) || links() != 1 {
					t.Errorf("%s of %s: there are %d links, want one", relation, kind, links())
				}
			}
			if knowledge.RemoveLink(e, relation, knowledge.DeriveID(relation.Targets()[0], "other")) || links() != 1 {
				t.Errorf("%s of %s: another link was removed", relation, kind)
			}
			if !knowledge.RemoveLink(e, relation, target) || links() != 0 {
				t.Errorf("%s of %s: there are %d links after the removal", relation, kind, links())
			}
		}
	}
}

func TestLinksOfWhichThereIsOneAreReplaced(t *testing.T) {
	t.Parallel()
	r := knowledgetest.Recommendation("rec")
	for _, slug := range []string{"old", "new"} {
		knowledge.SetLink(r, knowledge.RelAdoptedAt, knowledgetest.ID(knowledge.KindEvent, slug), nil)
		knowledge.SetLink(r, knowledge.RelSupersededBy, knowledgetest.ID(knowledge.KindRecommendation, slug), nil)
	}
	if *r.AdoptedAtID != knowledgetest.ID(knowledge.KindEvent, "new") || *r.SupersededByID != knowledgetest.ID(knowledge.KindRecommendation, "new") {
		t.Errorf("adopted at %s, superseded by %s: want the new ones", *r.AdoptedAtID, *r.SupersededByID)
	}
}

func TestClausesRestOnTheirOwn(t *testing.T) {
	t.Parallel()
	r := knowledgetest.Recommendation("rec")
	practice := knowledgetest.ID(knowledge.KindPractice, "iris")
	for _, clause := range []*string{nil, new("1"), new("2"), new("1"), nil} {
		knowledge.SetLink(r, knowledge.RelRestsOn, practice, clause)
	}
	want := []knowledge.Basis{{TargetID: practice}, {TargetID: practice, Clause: new("1")}, {TargetID: practice, Clause: new("2")}}
	if diff := cmp.Diff(want, r.RestsOn); diff != "" {
		t.Errorf("restsOn (-want +got):\n%s", diff)
	}
	if !knowledge.RemoveLink(r, knowledge.RelRestsOn, practice) || len(r.RestsOn) > 0 {
		t.Errorf("after the removal it rests on %v", r.RestsOn)
	}
}

func TestBlocksOfTexts(t *testing.T) {
	t.Parallel()
	entries := []knowledge.Entry{knowledgetest.Practice("p"), knowledgetest.Lesson("l"), knowledgetest.Recommendation("r")}
	texts := []interface {
		ApplyIn(e knowledge.Entry, language knowledge.LanguageTag) bool
	}{
		&knowledge.PracticeTextChanges{EntryTextChanges: knowledge.EntryTextChanges{Title: new("Titre")}},
		&knowledge.LessonTextChanges{EntryTextChanges: knowledge.EntryTextChanges{Title: new("Titre")}},
		&knowledge.RecommendationTextChanges{EntryTextChanges: knowledge.EntryTextChanges{Title: new("Titre")}},
	}
	for i, e := range entries {
		n, source := len(e.Blocks()), e.Core().SourceLanguage
		knowledge.AddBlock(e, "fr", knowledge.OriginMachine)
		knowledge.AddBlock(e, "fr", knowledge.OriginHuman)
		block := e.Blocks()[len(e.Blocks())-1]
		if len(e.Blocks()) != n+1 || block.Language != "fr" || block.Origin != knowledge.OriginHuman {
			t.Errorf("%s: AddBlock twice made %d blocks, the last %+v", e.Kind(), len(e.Blocks()), block)
		}
		for j, text := range texts {
			if text.ApplyIn(e, "fr") != (i == j) {
				t.Errorf("%T of a %s: ApplyIn = %v", text, e.Kind(), i != j)
			}
		}
		if block := e.Blocks()[n]; block.Title != "Titre" || e.Blocks()[0].Title == "Titre" {
			t.Errorf("%s: the title is %q", e.Kind(), block.Title)
		}
		if knowledge.RemoveBlock(e, source) || knowledge.RemoveBlock(e, "de") || len(e.Blocks()) != n+1 {
			t.Errorf("%s: RemoveBlock removes the source language or what is not there", e.Kind())
		}
		if !knowledge.RemoveBlock(e, "fr") || len(e.Blocks()) != n {
			t.Errorf("%s: RemoveBlock leaves %d blocks, want %d", e.Kind(), len(e.Blocks()), n)
		}
		expect(t, e.Problems())
	}
}
