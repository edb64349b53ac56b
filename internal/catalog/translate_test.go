package catalog_test

import (
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// inRomanian is a title and a summary.
func inRomanian(title, summary string) *knowledge.PracticeTextChanges {
	c := &knowledge.PracticeTextChanges{}
	c.Title, c.Summary = new(title), new(summary)
	return c
}

func TestTranslateAddsAndChangesABlock(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	r := newRig(t, p)
	got := saved[*knowledge.Practice](t)(r.Translate(as(t, madrid(), "ro"), target(p), "RO", knowledge.OriginMachine, inRomanian("Case", "Pe scurt."), knowledge.Request{}))
	if got.Revision != 2 || got.Edit.Action != knowledge.ActionTranslate || got.Title != "Case" {
		t.Errorf("saved %+v, shown %q", got.Meta, got.Title)
	}
	same(t, "languages", []knowledge.LanguageTag{"en", "ro"}, got.Languages())
	same(t, "block", knowledge.EntryText{Language: "ro", Origin: knowledge.OriginMachine, Title: "Case", Summary: "Pe scurt."}, got.Texts[1].EntryText)

	better := &knowledge.PracticeTextChanges{}
	better.Summary = new("Mai bine.")
	got = saved[*knowledge.Practice](t)(r.Translate(as(t, madrid()), target(got), "ro", knowledge.OriginHuman, better, knowledge.Request{}))
	same(t, "block", knowledge.EntryText{Language: "ro", Origin: knowledge.OriginHuman, Title: "Case", Summary: "Mai bine."}, got.Texts[1].EntryText)
	same(t, "own block", p.Texts[0], got.Texts[0])

	page, err := r.Find(as(t, madrid()), knowledge.Listing{
		Text: "bine", Page: knowledge.Page{First: 5}, Filter: knowledge.EntryFilter{Statuses: []knowledge.EditorialStatus{knowledge.StatusDraft}},
	})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "found by the translation", []string{"homes"}, slugs(page))

	got = saved[*knowledge.Practice](t)(r.RemoveTranslation(as(t, madrid(), "ro"), target(got), "ro", knowledge.Request{}))
	if len(got.Texts) != 1 || got.Title != "Homes" || got.Edit.Action != knowledge.ActionRemoveTranslation {
		t.Errorf("left %+v, shown %q", got.Texts, got.Title)
	}
}

func TestTranslateKnowsEverySortOfEntry(t *testing.T) {
	t.Parallel()
	l, rec := knowledgetest.Lesson("lesson"), knowledgetest.Recommendation("advice")
	r := newRig(t, l, rec)
	lessonText, advice := &knowledge.LessonTextChanges{Statement: new("Dacă")}, &knowledge.RecommendationTextChanges{Wording: new("Se recomandă")}
	gotLesson := saved[*knowledge.LessonLearnt](t)(r.Translate(as(t, editor(), "ro"), target(l), "ro", knowledge.OriginHuman, lessonText, knowledge.Request{}))
	same(t, "statement", "Dacă", gotLesson.Statement)
	gotAdvice := saved[*knowledge.Recommendation](t)(r.Translate(as(t, editor(), "ro"), target(rec), "ro", knowledge.OriginHuman, advice, knowledge.Request{}))
	same(t, "wording", "Se recomandă", gotAdvice.Wording)
}

func TestTranslateRefuses(t *testing.T) {
	t.Parallel()
	open, public := owned("open", knowledge.StatusDraft), owned("public", knowledge.StatusPublished)
	r := newRig(t, open, public, knowledgetest.Lesson("lesson"))
	sound := inRomanian("Case", "Pe scurt.")
	tests := []struct {
		name     string
		actor    knowledge.Actor
		at       knowledge.ID
		language knowledge.LanguageTag
		origin   knowledge.TextOrigin
		text     catalog.TextChanges
		code     knowledge.ProblemCode
		path     string
	}{
		{"nobody", anonymous(), public.ID, "ro", knowledge.OriginHuman, sound, knowledge.CodeSignIn, ""},
		{"one's own public record", madrid(), public.ID, "ro", knowledge.OriginHuman, sound, knowledge.CodeForbidden, "id"},
		{"no language", madrid(), open.ID, "", knowledge.OriginHuman, sound, knowledge.CodeInvalidFormat, "language"},
		{"a word for a language", madrid(), open.ID, "romanian", knowledge.OriginHuman, sound, knowledge.CodeInvalidFormat, "language"},
		{"the language it was written in", madrid(), open.ID, "EN", knowledge.OriginHuman, sound, knowledge.CodeNotAllowedNow, "language"},
		{"an original", madrid(), open.ID, "ro", knowledge.OriginOriginal, sound, knowledge.CodeInvalidFormat, "origin"},
		{"an unknown origin", madrid(), open.ID, "ro", "ALIEN", sound, knowledge.CodeUnknown, "origin"},
		{"texts of another sort of entry", editor(), lesson("lesson"), "ro", knowledge.OriginHuman, sound, knowledge.CodeWrongKind, "id"},
		{"a title that is too long", madrid(), open.ID, "ro", knowledge.OriginHuman, inRomanian(longText(201), ""), knowledge.CodeTooLong, "text.title"},
		{"a title of two lines", madrid(), open.ID, "ro", knowledge.OriginHuman, inRomanian("a\nb", ""), knowledge.CodeInvalidFormat, "text.title"},
		{"a name of a building block that is too long", madrid(), open.ID, "ro", knowledge.OriginHuman, &knowledge.PracticeTextChanges{
			BuildingBlocks: []knowledge.BuildingBlock{{Name: "One"}, {Name: longText(201)}},
		}, knowledge.CodeTooLong, "text.buildingBlocks.1.name"},
	}
	r.stays(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			at := catalog.Target{ID: test.at, Revision: 1, Kinds: entries()}
			_, err := r.Translate(as(t, test.actor), at, test.language, test.origin, test.text, knowledge.Request{})
			refusal(t, err, test.code, test.path)
		})
	}
}

func TestRemoveTranslationRefuses(t *testing.T) {
	t.Parallel()
	open, public := owned("open", knowledge.StatusDraft), owned("public", knowledge.StatusPublished)
	r := newRig(t, open, public)
	tests := []struct {
		name     string
		at       knowledge.Entity
		language knowledge.LanguageTag
		code     knowledge.ProblemCode
		path     string
	}{
		{"a language that is not there", open, "ro", knowledge.CodeUnknown, "language"},
		{"the language it was written in", open, "en", knowledge.CodeUnknown, "language"},
		{"no language", open, "", knowledge.CodeUnknown, "language"},
		{"a public record", public, "en", knowledge.CodeForbidden, "id"},
	}
	r.stays(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := r.RemoveTranslation(as(t, madrid()), target(test.at), test.language, knowledge.Request{})
			refusal(t, err, test.code, test.path)
		})
	}
}
