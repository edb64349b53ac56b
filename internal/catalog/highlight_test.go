package catalog_test

import (
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// marking is a marker that marks nothing.
type marking struct{}

// Highlight implements knowledge.Marker.
func (marking) Highlight([]knowledge.LanguageTag, knowledge.Indexable) []knowledge.Highlight {
	return nil
}

func TestHighlightsShowWhatTheReaderMaySee(t *testing.T) {
	t.Parallel()
	r := newRig(t, owned("homes", knowledge.StatusPublished, knowledgetest.Themed("education")))
	show := func(a knowledge.Actor, text string) []knowledge.Highlight {
		t.Helper()
		e, err := r.BySlug(as(t, a), knowledge.KindPractice, "homes")
		if err != nil {
			t.Fatal(err)
		}
		l := every()
		l.Text, l.Order = text, knowledge.Order{Field: knowledge.OrderRelevance}
		page, err := r.Find(as(t, a), l)
		if err != nil {
			t.Fatal(err)
		}
		marks, err := r.Highlights(as(t, a), page.Marker, e)
		if err != nil {
			t.Fatal(err)
		}
		return marks
	}
	if marks := show(anonymous(), " "); marks == nil || len(marks) != 0 {
		t.Errorf("no text is shown by %v", marks)
	}
	if marks := show(anonymous(), "homes"); len(marks) == 0 || len(marks[0].Fragments) == 0 {
		t.Errorf("the title is shown by %v", marks)
	}
	if marks := show(anonymous(), "education"); len(marks) != 1 || marks[0].Path[0] != "themes" {
		t.Errorf("the theme is shown by %v", marks)
	}
	archived := r.stored(t, theme("education"))
	saved[*knowledge.Theme](t)(r.Step(as(t, editor()), target(archived), knowledge.ActionArchive, nil, knowledge.Request{}))
	if marks := show(anonymous(), "education"); len(marks) != 0 {
		t.Errorf("an archived theme is shown by %v", marks)
	}
}
