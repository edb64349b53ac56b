package bundle_test

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// dump exports a store.
func dump(tb testing.TB, s *memory, o bundle.ExportOptions) string {
	tb.Helper()
	var b bytes.Buffer
	if _, err := bundle.Export(tb.Context(), s, &b, o); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// lived is a store with the seed, edits, a token and a deleted record.
func lived(tb testing.TB) *memory {
	tb.Helper()
	s := planted(tb)
	for i := range 3 {
		p := get[*knowledge.Practice](tb, s, knowledge.KindPractice, "lisbon-bip-zip")
		change(tb, s, p, func(p *knowledge.Practice) { p.Texts[0].Title += " " + strconv.Itoa(i) })
	}
	for _, slug := range []string{"kocaeli", "lom"} { // One leaves its slug to another.
		a := get[*knowledge.Authority](tb, s, knowledge.KindAuthority, slug)
		change(tb, s, a, func(a *knowledge.Authority) { a.Slug += "-2" })
	}
	a := get[*knowledge.Authority](tb, s, knowledge.KindAuthority, "beja")
	change(tb, s, a, func(a *knowledge.Authority) { a.Slug = "lom" })
	o := get[*knowledge.Organisation](tb, s, knowledge.KindOrganisation, "snaga")
	change(tb, s, o, func(o *knowledge.Organisation) { o.Deleted = true })
	token := &knowledge.Token{Name: "Press office", Role: knowledge.RoleReader, Hash: strings.Repeat("ab", 32), AuthorityIDs: []knowledge.ID{}}
	token.Meta = knowledge.Meta{ID: knowledge.DeriveID(knowledge.KindToken, token.Hash), Slug: "t", Revision: 1, Status: knowledge.StatusPublished}
	if err := s.Save(tb.Context(), token); err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestExportAndImportKeepEverything(t *testing.T) {
	t.Parallel()
	everything := bundle.ExportOptions{History: true, Tokens: true}
	s, copied := lived(t), newMemory()
	text := dump(t, s, everything)
	o := options(copied)
	o.Tokens, o.Strict = true, true
	report := load(t, text, o)
	if report.Bad > 0 || report.Created != len(s.states) {
		t.Fatalf("report %+v", report)
	}
	if again := dump(t, copied, everything); again != text { // Every state is there too.
		a, b := strings.Split(text, "\n"), strings.Split(again, "\n")
		for i := range a {
			if i < len(b) && a[i] != b[i] {
				t.Errorf("line %d differs:\n%s\n%s", i+1, a[i], b[i])
			}
		}
	}
	expect(t, load(t, text, o), bundle.Progress{Lines: report.Lines, Unchanged: report.Lines})
}

func TestExportOfACopyIsTheSameToTheByte(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]bundle.ExportOptions{
		"with history":    {History: true},
		"without history": {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := planted(t)
			if o.History {
				p := get[*knowledge.Practice](t, s, knowledge.KindPractice, "lisbon-bip-zip")
				change(t, s, p, func(p *knowledge.Practice) { p.Texts[0].Title += "!" })
			}
			copied := newMemory()
			text := dump(t, s, o)
			load(t, text, options(copied))
			if again := dump(t, copied, o); again != text {
				t.Error("the copy is exported differently")
			}
		})
	}
}

func TestExportIsInTheOrderOfKindsAndSlugs(t *testing.T) {
	t.Parallel()
	var got []string
	for line := range strings.Lines(dump(t, planted(t), bundle.ExportOptions{})) {
		var x struct {
			Form   string
			Kind   knowledge.Kind
			Entity struct{ Slug string }
		}
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatal(err)
		}
		got = append(got, strings.TrimSpace(string(x.Kind)+" "+x.Entity.Slug+" "+x.Form))
	}
	want := []string{"header", "COUNTRY al entity", "COUNTRY at entity"}
	if diff := cmp.Diff(want, got[:3]); diff != "" {
		t.Error(diff)
	}
	if last := got[len(got)-2:]; last[0] != "EVENT madrid-housing-seminar-2012 entity" || last[1] != "end" {
		t.Errorf("the file ends with %q", last)
	}
}

func TestExportKeepsTokensAndPartnersToItself(t *testing.T) {
	t.Parallel()
	s := lived(t)
	partner := knowledgetest.Partner("city-dashboard", "https://city.example")
	if err := s.Save(t.Context(), partner); err != nil {
		t.Fatal(err)
	}
	for _, form := range []bundle.ExportForm{bundle.ExportLossless, bundle.ExportFlat, bundle.ExportTable} {
		text := dump(t, s, bundle.ExportOptions{Form: form, History: true})
		if strings.Contains(text, "Press office") || strings.Contains(text, "city-dashboard") || strings.Contains(text, "city.example") {
			t.Errorf("form %v: a token or a partner was exported without being asked for", form)
		}
	}
	for _, kind := range []knowledge.Kind{knowledge.KindToken, knowledge.KindPartner} {
		text := dump(t, s, bundle.ExportOptions{Tokens: true, Kinds: []knowledge.Kind{kind}})
		report := load(t, text, options(newMemory()))
		if report.Bad != 1 || !strings.Contains(report.Problems[0].Reason, "only when that is asked for") {
			t.Errorf("a %s was imported without being asked for: %+v", kind.Noun(), report)
		}
	}
}

func TestImportGoesOnWhereAHistoryWasInterrupted(t *testing.T) {
	t.Parallel()
	s := lived(t)
	text := dump(t, s, bundle.ExportOptions{History: true})
	copied := newMemory()
	if _, err := bundle.Plant(t.Context(), copied, seed(t)); err != nil { // The first states of all.
		t.Fatal(err)
	}
	report := load(t, text, options(copied))
	if report.Bad > 0 || report.Updated != 5 { // One was deleted.
		t.Errorf("report %+v", report)
	}
	p := get[*knowledge.Practice](t, copied, knowledge.KindPractice, "lisbon-bip-zip")
	if p.Revision != 4 {
		t.Errorf("revision %d, want 4", p.Revision)
	}
}

func TestImportWithoutHistoryBeginsAnew(t *testing.T) {
	t.Parallel()
	text := dump(t, lived(t), bundle.ExportOptions{Kinds: []knowledge.Kind{knowledge.KindPractice}})
	s := newMemory()
	expect(t, load(t, text, options(s)), bundle.Progress{Lines: 91, Created: 91})
	if p := get[*knowledge.Practice](t, s, knowledge.KindPractice, "lisbon-bip-zip"); p.Revision != 1 || !strings.HasSuffix(p.Texts[0].Title, "0 1 2") {
		t.Errorf("revision %d: %q", p.Revision, p.Texts[0].Title)
	}
	expect(t, load(t, text, options(s)), bundle.Progress{Lines: 91, Unchanged: 91})
}

func TestImportKeepsAHistoryOfManyLines(t *testing.T) {
	t.Parallel()
	s := holding(t, func(e knowledge.Entity) bool { return e.Head().Slug == "lisbon-bip-zip" })
	for i := range 40 {
		p := get[*knowledge.Practice](t, s, knowledge.KindPractice, "lisbon-bip-zip")
		change(t, s, p, func(p *knowledge.Practice) {
			p.Texts[0].Situation = strings.Repeat(string(rune('a'+i%26)), 20_000)
			p.Texts[0].Action, p.Texts[0].Results, p.Texts[0].Learnt = p.Texts[0].Situation, p.Texts[0].Situation, p.Texts[0].Situation
		})
	}
	text := dump(t, s, bundle.ExportOptions{History: true})
	if n := strings.Count(text, `{"form":"history"`); n < 2 {
		t.Fatalf("%d lines of history, want several", n)
	}
	copied := newMemory()
	expect(t, load(t, text, options(copied)), bundle.Progress{Lines: 1, Created: 1})
	if dump(t, copied, bundle.ExportOptions{History: true}) != text {
		t.Error("the copy is exported differently")
	}
}

func TestImportNoticesAFileThatWasCutOff(t *testing.T) {
	t.Parallel()
	text := dump(t, planted(t), bundle.ExportOptions{Kinds: []knowledge.Kind{knowledge.KindCountry}})
	lines := strings.SplitAfter(text, "\n")
	for name, c := range map[string]struct{ text, want string }{
		"at the end":    {strings.Join(lines[:20], ""), "was cut off"},
		"in the middle": {strings.Join(append(append([]string{}, lines[:5]...), lines[6:]...), ""), "holds 36 entities, and there are 35"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := written(load(t, c.text, options(newMemory()))); !strings.Contains(got, c.want) {
				t.Errorf("reported %q, want %q", got, c.want)
			}
		})
	}
}

func TestImportRefusesAnIncompleteHistory(t *testing.T) {
	t.Parallel()
	text := dump(t, lived(t), bundle.ExportOptions{History: true, Kinds: []knowledge.Kind{knowledge.KindPractice}})
	text = strings.Replace(text, `"revision":2,`, `"revision":7,`, 1)
	report := load(t, text, options(newMemory()))
	if report.Bad < 1 || !strings.Contains(report.Problems[0].Reason, "history: Revision 2 is missing.") {
		t.Errorf("reported %q", written(report))
	}
}

func TestImportRefusesImpossibleDeletions(t *testing.T) {
	t.Parallel()
	var live, gone bytes.Buffer
	theme := knowledgetest.Theme("housing")
	deleted := knowledgetest.Deleted(theme)
	for buffer, e := range map[*bytes.Buffer]knowledge.Entity{&live: theme, &gone: deleted} {
		b, err := knowledge.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		buffer.Write(b)
	}
	for line, want := range map[string]string{
		`{"form":"entity","kind":"THEME","entity":` + gone.String() + `}`:                                   "A deleted record needs its earlier states.",
		`{"form":"entity","kind":"THEME","entity":` + live.String() + `,"history":[` + gone.String() + `]}`: "Nothing follows the state in which an entity is deleted.",
		`{"form":"history","kind":"THEME","history":[` + gone.String() + `,` + live.String() + `]}`:         "Nothing follows the state in which an entity is deleted.",
	} {
		s := newMemory()
		if report := load(t, line, options(s)); report.Bad != 1 || !strings.Contains(written(report), want) || s.saves > 0 {
			t.Errorf("%.80s: reported %q, want %q", line, written(report), want)
		}
	}
}
