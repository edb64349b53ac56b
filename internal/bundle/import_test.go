package bundle_test

import (
	"context"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

// options are those of the tests: an hour after the seed was planted.
func options(s bundle.Store) bundle.Options {
	return bundle.Options{Store: s, Now: func() time.Time { return then().Add(time.Hour) }}
}

// load imports a text and expects that nothing stops it.
func load(tb testing.TB, text string, o bundle.Options) bundle.Report {
	tb.Helper()
	report, err := bundle.Import(tb.Context(), strings.NewReader(text), o)
	if err != nil {
		tb.Fatal(err)
	}
	return report
}

// practices is the flat file of the seed.
func practices(tb testing.TB) string {
	tb.Helper()
	b, err := os.ReadFile("seed/practices.jsonl")
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

// figures are the numbers of a report, without the bytes.
func figures(r bundle.Report) bundle.Progress {
	p := r.Progress
	p.Bytes = 0
	return p
}

// expect compares the numbers of a report.
func expect(tb testing.TB, r bundle.Report, want bundle.Progress) {
	tb.Helper()
	if diff := cmp.Diff(want, figures(r)); diff != "" {
		tb.Errorf("report (-want +got):\n%s\n%v", diff, r.Problems)
	}
}

func TestImportOfTheSeedFileChangesNothing(t *testing.T) {
	t.Parallel()
	s := planted(t)
	before := content(t, s)
	expect(t, load(t, practices(t), options(s)), bundle.Progress{Lines: 139, Unchanged: 139})
	if diff := cmp.Diff(before, content(t, s)); diff != "" {
		t.Errorf("the store changed:\n%s", diff)
	}
}

func TestImportMakesWhatTheSeedHas(t *testing.T) {
	t.Parallel()
	s := nouns(t)
	o := options(s)
	o.Status, o.Note, o.Now = knowledge.StatusPublished, bundle.SeedNote, then
	expect(t, load(t, practices(t), o), bundle.Progress{Lines: 139, Created: 119, Updated: 20})
	got := content(t, s)
	for _, e := range seed(t) {
		unlink(e) // The links of the seed are no part of the file.
		want, err := knowledge.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		if e.Kind().IsEntry() && got[e.Head().ID] != string(want) {
			t.Errorf("%s differs:\n%s\n%s", e.Head().Slug, want, got[e.Head().ID])
		}
	}
}

// unlink removes the links that links.json makes.
func unlink(e knowledge.Entity) {
	switch e := e.(type) {
	case *knowledge.Practice:
		e.Evidence = []knowledge.Evidence{}
	case *knowledge.LessonLearnt:
		e.Evidence, e.PracticeIDs = []knowledge.Evidence{}, []knowledge.ID{}
	}
}

func TestImportMakesDraftsUnlessToldOtherwise(t *testing.T) {
	t.Parallel()
	s := nouns(t)
	load(t, `{"id":"a","kind":"PRACTICE","title":"A","language":"en"}`, options(s))
	p := get[*knowledge.Practice](t, s, knowledge.KindPractice, "a")
	if p == nil || p.Status != knowledge.StatusDraft || p.PublishedAt != nil || p.Provenance.Note != bundle.DefaultNote || !p.Provenance.Unconfirmed {
		t.Errorf("imported %+v", p)
	}
	o := options(s)
	o.Status = knowledge.StatusPublished
	report := load(t, `{"id":"b","kind":"PRACTICE","title":"B","language":"en"}`, o)
	if len(report.Problems) != 1 || !strings.Contains(report.Problems[0].Reason, "summary: A summary is needed") {
		t.Errorf("what nobody could submit was published: %v", report.Problems)
	}
}

func TestImportLeavesLocalEditsAlone(t *testing.T) {
	t.Parallel()
	s := planted(t)
	p := get[*knowledge.Practice](t, s, knowledge.KindPractice, "madrid-iris-15-years")
	change(t, s, p, func(p *knowledge.Practice) { p.Texts[0].Title = "Edited here" })
	expect(t, load(t, practices(t), options(s)), bundle.Progress{Lines: 139, Unchanged: 139})
	if p = get[*knowledge.Practice](t, s, knowledge.KindPractice, "madrid-iris-15-years"); p.Texts[0].Title != "Edited here" {
		t.Errorf("title %q", p.Texts[0].Title)
	}
}

func TestImportOfAChangedLineMakesARevision(t *testing.T) {
	t.Parallel()
	s := planted(t)
	text := strings.Replace(practices(t), "Madrid region: fifteen years", "Region of Madrid: fifteen years", 1)
	expect(t, load(t, text, options(s)), bundle.Progress{Lines: 139, Updated: 1, Unchanged: 138})
	p := get[*knowledge.Practice](t, s, knowledge.KindPractice, "madrid-iris-15-years")
	if p.Revision != 2 || p.Edit.Action != knowledge.ActionImport || !strings.HasPrefix(p.Texts[0].Title, "Region of Madrid") {
		t.Errorf("revision %d by %s: %q", p.Revision, p.Edit.Action, p.Texts[0].Title)
	}
	if len(p.Texts) != 2 || len(p.Evidence) != 1 || p.Status != knowledge.StatusPublished || p.PublishedRevision != 1 || p.Provenance.Note != bundle.SeedNote {
		t.Errorf("what the line does not say was lost: %+v", p)
	}
	expect(t, load(t, text, options(s)), bundle.Progress{Lines: 139, Unchanged: 139})
}

func TestImportAddsALanguageLater(t *testing.T) {
	t.Parallel()
	s := nouns(t)
	load(t, `{"id":"a","kind":"LESSON","title":"A","language":"en"}`, options(s))
	line := `{"id":"a.fr","kind":"LESSON","title":"B","language":"fr","translationOfId":"a"}`
	expect(t, load(t, line, options(s)), bundle.Progress{Lines: 1, Updated: 1})
	l := get[*knowledge.LessonLearnt](t, s, knowledge.KindLesson, "a")
	if l.Revision != 2 || len(l.Texts) != 2 || l.Texts[1].Origin != knowledge.OriginHuman || l.SourceLanguage != "en" {
		t.Errorf("lesson %+v", l)
	}
	expect(t, load(t, line, options(s)), bundle.Progress{Lines: 1, Unchanged: 1})
}

func TestImportKilledAndRunAgainEndsInTheSameState(t *testing.T) {
	t.Parallel()
	text := practices(t)
	whole := nouns(t)
	load(t, text, options(whole))
	want := content(t, whole)
	for _, n := range []int{1, 2, 60, 118} {
		s := nouns(t)
		ctx, stop := context.WithCancel(t.Context())
		s.stopAfter, s.stop = s.saves+n, stop
		if _, err := bundle.Import(ctx, strings.NewReader(text), options(s)); err == nil {
			t.Errorf("after %d records: the import was not stopped", n)
		}
		report := load(t, text, options(s))
		if report.Bad > 0 || report.Created != 119-n {
			t.Errorf("after %d records: %+v", n, report)
		}
		if diff := cmp.Diff(want, content(t, s)); diff != "" {
			t.Errorf("after %d records the state differs:\n%s", n, diff)
		}
	}
}

func TestImportStrictIsAllOrNothing(t *testing.T) {
	t.Parallel()
	for name, reader := range map[string]func(string) io.Reader{
		"file": func(s string) io.Reader { return strings.NewReader(s) },
		"pipe": func(s string) io.Reader { return io.MultiReader(strings.NewReader(s)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := nouns(t)
			before := content(t, s)
			o := options(s)
			o.Strict = true
			text := practices(t)
			report, err := bundle.Import(t.Context(), reader(text+"{\n"), o)
			if err != nil || !report.Refused || report.Bad != 1 || report.Created+report.Updated > 0 {
				t.Errorf("a file with a bad line: %+v, %v", report, err)
			}
			if diff := cmp.Diff(before, content(t, s)); diff != "" {
				t.Errorf("something was saved:\n%s", diff)
			}
			report, err = bundle.Import(t.Context(), reader(text), o)
			if err != nil {
				t.Fatal(err)
			}
			expect(t, report, bundle.Progress{Lines: 139, Created: 119, Updated: 20})
		})
	}
}

func TestImportTellsHowFarItIs(t *testing.T) {
	t.Parallel()
	o := options(holding(t, isTerm))
	o.CreateMissing = true
	var last bundle.Progress
	o.Progress = func(p bundle.Progress) { last = p }
	report := load(t, practices(t), o)
	if last != report.Progress || last.Bytes < 200_000 || last.Authorities == 0 {
		t.Errorf("last progress %+v, report %+v", last, report.Progress)
	}
}
