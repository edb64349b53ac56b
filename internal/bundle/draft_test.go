package bundle_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

// bySlug finds records as a catalog does.
func bySlug(s *memory) bundle.FindFunc {
	return func(_ context.Context, kind knowledge.Kind, name string, _ knowledge.CountryCode) (knowledge.ID, bool, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		id, ok := s.slugs[string(kind)+" "+name]
		return id, ok, nil
	}
}

// posted is a store with the seed and a practice that somebody has posted, with a translation and
// with much that the flat form has no key for.
func posted(tb testing.TB) (*memory, *knowledge.Practice) {
	tb.Helper()
	s := planted(tb)
	p := get[*knowledge.Practice](tb, s, knowledge.KindPractice, "madrid-iris-15-years")
	p.Head().ID = knowledge.NewID(knowledge.KindPractice)
	p.Slug, p.Revision, p.Provenance, p.CreatedAt, p.UpdatedAt = "posted", 1, nil, then(), then()
	p.PublishedRevision, p.Edit.Action = 1, knowledge.ActionCreate
	read, first, second := knowledge.Date("2026-01-02"), "https://example.org/first", "https://example.org/second"
	p.Sources = []knowledge.Source{
		{Title: "First", URL: &first, ReadAt: &read}, {Title: "Second, with a title", URL: &second, ReadAt: &read}, {Title: "A book"},
	}
	p.Texts = append(p.Texts[:1], knowledge.PracticeText{
		EntryText: knowledge.EntryText{Language: "fr", Origin: knowledge.OriginMachine, Title: "Titre", Summary: "Abrégé"}, OneLiner: "En bref",
	})
	knowledge.FillLists(p)
	if err := s.Save(tb.Context(), p); err != nil {
		tb.Fatal(err)
	}
	return s, p
}

func TestFlatLinesMeanTheRecordWithTheSlug(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]bundle.ExportForm{"flat": bundle.ExportFlat, "table": bundle.ExportTable} {
		for _, strict := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				s, want := posted(t)
				o := options(s)
				o.Find, o.Strict = bySlug(s), strict
				text := dump(t, s, bundle.ExportOptions{Form: form})
				before := content(t, s)
				expect(t, load(t, text, o), bundle.Progress{Lines: 141, Unchanged: 141})
				if diff := cmp.Diff(before, content(t, s)); diff != "" {
					t.Fatalf("the import of an export changed the store:\n%s", diff)
				}
				text = strings.Replace(text, "Abrégé", "Résumé", 1)
				expect(t, load(t, text, o), bundle.Progress{Lines: 141, Updated: 1, Unchanged: 140})
				expect(t, load(t, text, o), bundle.Progress{Lines: 141, Unchanged: 141})
				found, err := s.Load(t.Context(), want.ID)
				if err != nil {
					t.Fatal(err)
				}
				want.Revision, want.Texts[1].Summary, want.Texts[1].Origin = 2, "Résumé", knowledge.OriginHuman
				got := found[0].(*knowledge.Practice)
				if got.Provenance == nil || got.Provenance.Note != bundle.DefaultNote || got.Edit.Action != knowledge.ActionImport {
					t.Errorf("provenance %+v, edit %+v", got.Provenance, got.Edit)
				}
				want.Provenance, want.UpdatedAt, want.Edit = got.Provenance, got.UpdatedAt, got.Edit
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("the practice (-want +got):\n%s", diff)
				}
			})
		}
	}
}

func TestFlatLinesKeepWhatTheFormHasNoKeyFor(t *testing.T) {
	t.Parallel()
	s, want := posted(t)
	o := options(s)
	o.Find = bySlug(s)
	text := dump(t, s, bundle.ExportOptions{Form: bundle.ExportFlat})
	var lines strings.Builder
	for line := range strings.Lines(text) {
		if strings.Contains(line, `"id":"posted`) {
			lines.WriteString(strings.Replace(line, `"title":"`, `"title":"New: `, 1))
		}
	}
	expect(t, load(t, lines.String(), o), bundle.Progress{Lines: 2, Updated: 2})
	expect(t, load(t, lines.String(), o), bundle.Progress{Lines: 2, Unchanged: 2})
	found, err := s.Load(t.Context(), want.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := found[0].(*knowledge.Practice)
	if diff := cmp.Diff(want.Sources, got.Sources); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	if got.Revision != 2 || got.Texts[1].OneLiner != "En bref" || !strings.HasPrefix(got.Texts[0].Title, "New: ") {
		t.Errorf("revision %d, texts %+v", got.Revision, got.Texts)
	}
}

// A record that came from a file and has another slug by now is still the one that its old line means,
// until another record has the slug.
func TestFlatLineFollowsARecordToItsNewSlug(t *testing.T) {
	t.Parallel()
	s := nouns(t)
	o := options(s)
	o.Find = bySlug(s)
	line := func(id, title string) string {
		return `{"id":"` + id + `","kind":"PRACTICE","title":"` + title + `","language":"en"}`
	}
	load(t, line("a", "A"), o)
	p := get[*knowledge.Practice](t, s, knowledge.KindPractice, "a")
	change(t, s, p, func(p *knowledge.Practice) { p.Slug = "b" })
	expect(t, load(t, line("a", "A"), o), bundle.Progress{Lines: 1, Unchanged: 1})
	expect(t, load(t, line("b", "B"), o), bundle.Progress{Lines: 1, Updated: 1})
	expect(t, load(t, line("a", "C")+"\n"+line("b", "D"), o), bundle.Progress{Lines: 2, Updated: 1, Bad: 1})
	other := knowledge.Clone(get[*knowledge.Practice](t, s, knowledge.KindPractice, "a")).(*knowledge.Practice)
	other.Head().ID = knowledge.NewID(knowledge.KindPractice)
	other.Slug, other.Revision = "a", 1
	if err := s.Save(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	expect(t, load(t, line("a", "E"), o), bundle.Progress{Lines: 1, Updated: 1})
	if p = get[*knowledge.Practice](t, s, knowledge.KindPractice, "a"); p.Slug != "b" || p.Texts[0].Title != "C" {
		t.Errorf("the line changed the record that had the slug before: %+v", p)
	}
}
