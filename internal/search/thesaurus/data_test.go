package thesaurus_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

// entry is what these tests read of a concept in the file.
type entry struct {
	ID          string              `json:"id"`
	Type        string              `json:"type"`
	PrefLabel   map[string]string   `json:"prefLabel"`
	AltLabel    map[string][]string `json:"altLabel"`
	HiddenLabel map[string][]string `json:"hiddenLabel"`
}

func (e *entry) id() string { return strings.TrimPrefix(e.ID, "#") }

// each visits the labels of a concept.
func (e *entry) each(visit func(language, label string)) {
	for language, label := range e.PrefLabel {
		visit(language, label)
	}
	for _, labels := range []map[string][]string{e.AltLabel, e.HiddenLabel} {
		for language, list := range labels {
			for _, label := range list {
				visit(language, label)
			}
		}
	}
}

func entries(t *testing.T) []entry {
	t.Helper()
	file, err := os.ReadFile("thesaurus.jsonld")
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Graph []entry `json:"graph"`
	}
	if err := json.Unmarshal(file, &d); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(d.Graph, func(e entry) bool { return e.Type != "Concept" })
}

func TestEveryConceptHasManyLanguages(t *testing.T) {
	t.Parallel()
	const fewest = 12
	list := entries(t)
	if len(list) < 90 {
		t.Errorf("%d concepts", len(list))
	}
	for _, e := range list {
		languages := map[string]bool{}
		for tag := range e.PrefLabel {
			languages[text.Base(knowledge.LanguageTag(tag))] = true
		}
		if len(languages) < fewest {
			t.Errorf("%s has labels in %d languages, want %d", e.ID, len(languages), fewest)
		}
		for tag := range strings.FieldsSeq("en fr es it pt ro de hu el bg tr sr-Latn sr-Cyrl") {
			if e.PrefLabel[tag] == "" && e.id() != "self-build" {
				t.Errorf("%s has no label in %s", e.ID, tag)
			}
		}
	}
}

func TestEveryLabelFindsItsConcept(t *testing.T) {
	t.Parallel()
	th := given(t)
	for _, e := range entries(t) {
		e.each(func(language, label string) {
			got := mentions(th, label, knowledge.LanguageTag(language))
			want := place(e.id(), 0, len(words(label))-1)
			switch {
			case !slices.Contains(got, want):
				t.Errorf("%q in %s mentions %q, want %q", label, language, got, want)
			case len(got) > 1: // A homonym may name two, but the file has none so far.
				t.Errorf("%q in %s mentions %q, want one concept", label, language, got)
			}
		})
	}
}

func TestHiddenLabelsAreNeverShown(t *testing.T) {
	t.Parallel()
	th := given(t)
	hidden := 0
	for _, e := range entries(t) {
		for language, labels := range e.HiddenLabel {
			shown := th.Concept(e.id()).Label(knowledge.LanguageTag(language))
			for _, label := range labels {
				if hidden++; shown == label {
					t.Errorf("%q in %s is hidden and shown", label, language)
				}
				for tag, shown := range th.Concept(e.id()).Labels() {
					if string(tag) == language && shown == label {
						t.Errorf("%q in %s is hidden and listed", label, language)
					}
				}
			}
		}
		for language, label := range e.PrefLabel {
			if got := th.Concept(e.id()).Label(knowledge.LanguageTag(language)); got != label {
				t.Errorf("%s in %s is shown as %q, want %q", e.ID, language, got, label)
			}
			listed := false
			for tag, shown := range th.Concept(e.id()).Labels() {
				listed = listed || string(tag) == language && shown == label
			}
			if !listed {
				t.Errorf("%s does not list %q in %s", e.ID, label, language)
			}
		}
	}
	if hidden == 0 {
		t.Error("there is no hidden label to test")
	}
}

func TestPejorativeWordsAreHidden(t *testing.T) {
	t.Parallel()
	words := []string{"gypsy", "gypsies", "tsigane", "zigeuner", "zingar", "nomadi", "cikán", "țigan", "çingene", "цигани"}
	for _, e := range entries(t) {
		check := func(language, label string) {
			for _, word := range words {
				// The words for antigypsyism itself are official in most languages.
				if lower := strings.ToLower(label); strings.Contains(lower, word) && !strings.HasPrefix(lower, "ant") && !strings.HasPrefix(lower, "ант") {
					t.Errorf("%s shows %q in %s", e.ID, label, language)
				}
			}
		}
		for language, label := range e.PrefLabel {
			check(language, label)
		}
		for language, labels := range e.AltLabel {
			for _, label := range labels {
				check(language, label)
			}
		}
	}
}
