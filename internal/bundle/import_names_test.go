package bundle_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

// isTerm tells whether the record is one of the vocabulary.
func isTerm(e knowledge.Entity) bool {
	return e.Kind() == knowledge.KindCountry || e.Kind() == knowledge.KindTheme || e.Kind() == knowledge.KindTargetGroup
}

func TestImportNeedsTheVocabularyOnly(t *testing.T) {
	t.Parallel()
	s := holding(t, isTerm)
	o := options(s)
	o.CreateMissing, o.Strict, o.Status = true, true, knowledge.StatusPublished
	expect(t, load(t, practices(t), o), bundle.Progress{Lines: 139, Created: 119, Updated: 20, Authorities: 139, Organisations: 226})
	before := content(t, s)
	expect(t, load(t, practices(t), o), bundle.Progress{Lines: 139, Unchanged: 139})
	if diff := cmp.Diff(before, content(t, s)); diff != "" {
		t.Errorf("the second import changed the store:\n%s", diff)
	}
}

func TestImportMakesWhatIsMissingWhenAsked(t *testing.T) {
	t.Parallel()
	line := `{"id":"a","kind":"PRACTICE","title":"A","language":"en","cities":[{"name":"Zürich","country":"CH"},{"name":"Madrid","country":"PT"},{"name":"Zürich","country":"CH"}],"organisations":["Stadt Zürich"]}`
	s := nouns(t)
	if report := load(t, line, options(s)); report.Bad != 1 || report.Authorities+report.Organisations > 0 {
		t.Errorf("unknown names were accepted: %+v", report)
	}
	o := options(s)
	o.CreateMissing, o.Strict = true, true
	expect(t, load(t, line, o), bundle.Progress{Lines: 1, Created: 1, Authorities: 2, Organisations: 1})
	if a := get[*knowledge.Authority](t, s, knowledge.KindAuthority, "zurich"); a == nil || a.CountryCode != "CH" {
		t.Errorf("Zürich is %+v", a)
	}
	if a := get[*knowledge.Authority](t, s, knowledge.KindAuthority, "madrid-pt"); a == nil || a.CountryCode != "PT" {
		t.Errorf("the other Madrid is %+v", a)
	}
	again := strings.Replace(line, `"id":"a"`, `"id":"b"`, 1)
	if report := load(t, again, options(s)); report.Created != 1 {
		t.Errorf("what was made is not found again: %v", report.Problems)
	}
}

func TestImportMakesNothingForALineThatIsBad(t *testing.T) {
	t.Parallel()
	const start = `{"id":"a","kind":"PRACTICE","language":"en","cities":[{"name":"Zürich","country":"CH"}],"organisations":["Stadt Zürich"]`
	for name, line := range map[string]string{
		"an unknown theme":   start + `,"title":"A","themes":["music"]}`,
		"an unknown country": start + `,"title":"A","countries":["EL"]}`,
		"a text too long":    start + `,"title":"` + strings.Repeat("x", 201) + `"}`,
		"a key":              start + `,"title":"A","colour":"red"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := nouns(t)
			before := content(t, s)
			o := options(s)
			o.CreateMissing = true
			expect(t, load(t, line, o), bundle.Progress{Lines: 1, Bad: 1})
			if diff := cmp.Diff(before, content(t, s)); diff != "" {
				t.Errorf("something was saved:\n%s", diff)
			}
		})
	}
}

func TestImportStrictMakesNothingForAFileThatIsBad(t *testing.T) {
	t.Parallel()
	s := nouns(t)
	before := content(t, s)
	o := options(s)
	o.CreateMissing, o.Strict = true, true
	line := `{"id":"a","kind":"PRACTICE","title":"A","language":"en","organisations":["Stadt Zürich"]}`
	expect(t, load(t, line+"\n{\n", o), bundle.Progress{Lines: 2, Bad: 1})
	if diff := cmp.Diff(before, content(t, s)); diff != "" {
		t.Errorf("something was saved:\n%s", diff)
	}
}

// Names that give no slug, or the slug of another, are told apart.
func TestImportMakesRecordsOfAnyName(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Association of municipalities ", 4)
	names := []string{"София", "Пловдив", long + "North", long + "South", strings.Repeat("x", 250)}
	s := nouns(t)
	o := options(s)
	o.CreateMissing = true
	for round, want := range []bundle.Progress{{Lines: 5, Created: 4, Bad: 1, Organisations: 4}, {Lines: 5, Created: 4, Bad: 1}} {
		var text strings.Builder
		for i, name := range names {
			fmt.Fprintf(&text, `{"id":"r%d-%d","kind":"PRACTICE","title":"A","language":"en","organisations":[%q]}`+"\n", round, i, name)
		}
		report := load(t, text.String(), o)
		expect(t, report, want)
		if got := written(report); !strings.Contains(got, "line 5: organisations: \"xxx") || !strings.Contains(got, "at most 200 characters") {
			t.Errorf("reported %q", got)
		}
	}
}

func TestImportAsksForNamesThatItCannotKnow(t *testing.T) {
	t.Parallel()
	s := nouns(t)
	theme := &knowledge.Theme{Concept: knowledge.Concept{Labels: []knowledge.Label{{Language: "en", Kind: knowledge.LabelPreferred, Text: "Music"}}}}
	theme.Meta = knowledge.Meta{ID: knowledge.NewID(knowledge.KindTheme), Slug: "music", Revision: 1, Status: knowledge.StatusPublished}
	if err := s.Save(t.Context(), theme); err != nil {
		t.Fatal(err)
	}
	o := options(s)
	o.CreateMissing = true
	o.Find = func(_ context.Context, kind knowledge.Kind, name string, _ knowledge.CountryCode) (knowledge.ID, bool, error) {
		if kind == knowledge.KindOrganisation {
			return "", false, fmt.Errorf("find: %w", bundle.ErrAmbiguous)
		}
		return theme.ID, kind == knowledge.KindTheme && name == "music", nil
	}
	load(t, `{"id":"a","kind":"PRACTICE","title":"A","language":"en","themes":["music"]}`, o)
	if p := get[*knowledge.Practice](t, s, knowledge.KindPractice, "a"); p == nil || len(p.ThemeIDs) != 1 || p.ThemeIDs[0] != theme.ID {
		t.Errorf("practice %+v", p)
	}
	report := load(t, `{"id":"b","kind":"PRACTICE","title":"B","language":"en","organisations":["Red Moon"]}`, o)
	if got := written(report); !strings.Contains(got, `line 1: organisations: Several records are called "Red Moon".`) || report.Organisations > 0 {
		t.Errorf("of several organisations one was chosen or made: %q", got)
	}
}
