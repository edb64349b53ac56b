package knowledge_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// Every noun shows what it has in the language asked for: Fill writes each in en and in sr-Cyrl.
func TestLocaliseEveryKind(t *testing.T) {
	t.Parallel()
	shown := func(e knowledge.Entity) (got []string, en, sr []string) {
		switch x := e.(type) {
		case *knowledge.Practice:
			return []string{x.Title, x.AdviceToAdopters}, []string{x.Texts[0].Title, x.Texts[0].AdviceToAdopters}, []string{x.Texts[1].Title, x.Texts[1].AdviceToAdopters}
		case *knowledge.LessonLearnt:
			return []string{x.Title, x.Statement}, []string{x.Texts[0].Title, x.Texts[0].Statement}, []string{x.Texts[1].Title, x.Texts[1].Statement}
		case *knowledge.Recommendation:
			return []string{x.Title, x.Wording}, []string{x.Texts[0].Title, x.Texts[0].Wording}, []string{x.Texts[1].Title, x.Texts[1].Wording}
		case *knowledge.Event:
			return []string{x.Title, x.Purpose}, []string{x.Texts[0].Title, x.Texts[0].Purpose}, []string{x.Texts[1].Title, x.Texts[1].Purpose}
		case *knowledge.Study:
			return []string{x.Title, x.Findings}, []string{x.Texts[0].Title, x.Texts[0].Findings}, []string{x.Texts[1].Title, x.Texts[1].Findings}
		case *knowledge.Theme:
			return concept(&x.Concept)
		case *knowledge.TargetGroup:
			return concept(&x.Concept)
		case *knowledge.Authority:
			return named(x.Name, x.Names)
		case *knowledge.Country:
			return named(x.Name, x.Names)
		case *knowledge.Organisation:
			return named(x.Name, x.Names)
		case *knowledge.Partner:
			return []string{x.Name}, []string{x.Name}, []string{x.Name}
		case *knowledge.Token:
			return []string{x.Name}, []string{x.Name}, []string{x.Name}
		}
		t.Fatalf("%s is not in this test", e.Kind())
		return nil, nil, nil
	}
	for _, kind := range knowledge.Kinds() {
		e := knowledgetest.Fill(kind, 1)
		bilingual(e)
		e.Localise([]knowledge.LanguageTag{"sr-Cyrl"})
		if got, _, sr := shown(e); !cmp.Equal(got, sr) {
			t.Errorf("%s in sr-Cyrl shows %q, want %q", kind, got, sr)
		}
		e.Localise([]knowledge.LanguageTag{"de", "en"})
		if got, en, _ := shown(e); !cmp.Equal(got, en) || strings.Join(got, "") == "" {
			t.Errorf("%s in de or en shows %q, want %q", kind, got, en)
		}
	}
}

func concept(c *knowledge.Concept) (got, en, sr []string) {
	return []string{c.Label, c.Definition, c.ScopeNote},
		[]string{c.Labels[0].Text, c.Definitions[0].Text, c.ScopeNotes[0].Text},
		[]string{c.Labels[1].Text, c.Definitions[1].Text, c.ScopeNotes[1].Text}
}

func named(name string, names []knowledge.Label) (got, en, sr []string) {
	return []string{name}, []string{names[0].Text}, []string{names[1].Text}
}

// bilingual makes both labels of a filled record preferred ones.
func bilingual(e knowledge.Entity) {
	var labels []knowledge.Label
	switch x := e.(type) {
	case *knowledge.Theme:
		labels = x.Labels
	case *knowledge.TargetGroup:
		labels = x.Labels
	case *knowledge.Authority:
		labels = x.Names
	case *knowledge.Country:
		labels = x.Names
	case *knowledge.Organisation:
		labels = x.Names
	}
	for i := range labels {
		labels[i].Kind = knowledge.LabelPreferred
	}
}

// A reader must never see what another reader of the same value saw.
func TestLocaliseForgetsTheLastChoice(t *testing.T) {
	t.Parallel()
	for _, kind := range knowledge.Kinds() {
		e := knowledgetest.Fill(kind, 1)
		want := knowledge.Clone(e)
		want.Localise([]knowledge.LanguageTag{"en"})
		e.Localise([]knowledge.LanguageTag{"sr-Cyrl"})
		e.Localise([]knowledge.LanguageTag{"en"})
		if diff := cmp.Diff(want, e); diff != "" {
			t.Errorf("%s localised twice (-want +got):\n%s", kind, diff)
		}
	}
	event := &knowledge.Event{EventText: knowledge.EventText{Title: "old"}}
	study := &knowledge.Study{StudyText: knowledge.StudyText{Title: "old"}}
	event.Localise(nil)
	study.Localise(nil)
	if event.Title != "" || study.Title != "" {
		t.Errorf("without texts, %q and %q are shown", event.Title, study.Title)
	}
}

func TestAlternativeLabels(t *testing.T) {
	t.Parallel()
	label := func(kind knowledge.LabelKind, language knowledge.LanguageTag, text string) knowledge.Label {
		return knowledge.Label{Language: language, Kind: kind, Text: text}
	}
	labels := []knowledge.Label{
		label(knowledge.LabelPreferred, "en", "Housing"),
		label(knowledge.LabelPreferred, "es", "Vivienda"),
		label(knowledge.LabelAlternative, "en", "Homes"),
		label(knowledge.LabelAlternative, "fr", "Logement"),
		label(knowledge.LabelAlternative, "fr", "Homes"),
		label(knowledge.LabelAlternative, "de", "Vivienda"),
	}
	hidden := []knowledge.Label{label(knowledge.LabelAlternative, "en", "offensive"), label(knowledge.LabelPreferred, "en", "Houzing")}
	theme := &knowledge.Theme{Concept: knowledge.Concept{Labels: labels, HiddenLabels: hidden}}
	authority := &knowledge.Authority{Names: labels}
	organisation := &knowledge.Organisation{Names: labels}
	for _, e := range []knowledge.Entity{theme, authority, organisation} {
		e.Localise([]knowledge.LanguageTag{"es"})
	}
	want := []string{"Homes", "Logement"} // Vivienda is shown already, and Homes is there once.
	for name, got := range map[string][]string{
		"theme": theme.AlternativeLabels(), "authority": authority.AlternativeNames(), "organisation": organisation.AlternativeNames(),
	} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("alternative names of the %s (-want +got):\n%s", name, diff)
		}
	}
	if theme.Label != "Vivienda" {
		t.Errorf("the label is %q, want Vivienda", theme.Label)
	}
}

func TestHiddenLabelsAreNeverShown(t *testing.T) {
	t.Parallel()
	theme := &knowledge.Theme{Concept: knowledge.Concept{
		HiddenLabels: []knowledge.Label{{Language: "en", Kind: knowledge.LabelPreferred, Text: "hidden"}},
	}}
	theme.Localise([]knowledge.LanguageTag{"en"})
	if theme.Label != "" || len(theme.AlternativeLabels()) > 0 {
		t.Errorf("a hidden label is shown: %q, %q", theme.Label, theme.AlternativeLabels())
	}
}
