package bundle_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

// edited is a store with the seed, in which a practice, a theme and an authority were edited.
func edited(tb testing.TB) *memory {
	tb.Helper()
	s := planted(tb)
	for i := range 3 {
		later := then().Add(time.Duration(i+1) * time.Hour)
		p := get[*knowledge.Practice](tb, s, knowledge.KindPractice, "lisbon-bip-zip")
		change(tb, s, p, func(p *knowledge.Practice) {
			p.Texts[0].Title += " " + strconv.Itoa(i)
			p.UpdatedAt, p.PublishedRevision = later, p.Revision
		})
		theme := get[*knowledge.Theme](tb, s, knowledge.KindTheme, "housing")
		change(tb, s, theme, func(x *knowledge.Theme) { x.Labels[0].Text += "!"; x.UpdatedAt = later })
	}
	a := get[*knowledge.Authority](tb, s, knowledge.KindAuthority, "beja")
	change(tb, s, a, func(a *knowledge.Authority) { a.Slug = "beja-city"; a.UpdatedAt = then().Add(time.Hour) })
	return s
}

func TestTwoFreshStoresAreTheSame(t *testing.T) {
	t.Parallel()
	a, b := planted(t), planted(t)
	for _, o := range []bundle.ExportOptions{{}, {History: true}} {
		text := dump(t, a, o)
		if text != dump(t, b, o) {
			t.Fatal("two fresh stores are exported differently")
		}
		report := load(t, text, options(b))
		if report.Unchanged != len(a.live()) || report.Lines != report.Unchanged {
			t.Errorf("the import of one into the other: %+v", report.Progress)
		}
	}
}

func TestFilesOfEarlierVersionsAreRead(t *testing.T) {
	t.Parallel()
	a, b := planted(t), planted(t)
	now := dump(t, a, bundle.ExportOptions{History: true})
	former := strings.ReplaceAll(now, `"partnerships":`, `"partners":`)
	if former == now {
		t.Fatal("nothing was called otherwise")
	}
	report := load(t, former, options(b))
	if report.Unchanged != len(a.live()) || report.Lines != report.Unchanged {
		t.Errorf("the import: %+v", report.Progress)
	}
}

func TestImportGoesOnWithTheEditsOfAnother(t *testing.T) {
	t.Parallel()
	a, b := edited(t), planted(t)
	everything := bundle.ExportOptions{History: true}
	text := dump(t, a, everything)
	expect(t, load(t, text, options(b)), bundle.Progress{Lines: 724, Updated: 3, Unchanged: 721})
	expect(t, load(t, text, options(b)), bundle.Progress{Lines: 724, Unchanged: 724})
	if dump(t, b, everything) != text {
		t.Error("the other store is exported differently")
	}
	// And on from there, a state at a time.
	p := get[*knowledge.Practice](t, a, knowledge.KindPractice, "lisbon-bip-zip")
	change(t, a, p, func(p *knowledge.Practice) { p.Texts[0].Title = "Again" })
	text = dump(t, a, everything)
	expect(t, load(t, text, options(b)), bundle.Progress{Lines: 724, Updated: 1, Unchanged: 723})
	if dump(t, b, everything) != text {
		t.Error("the other store is exported differently after another edit")
	}
}

// A copy that began anew, without the history, counts its revisions differently.
func TestImportGoesOnFromACopyWithoutHistory(t *testing.T) {
	t.Parallel()
	a, b := edited(t), newMemory()
	load(t, dump(t, a, bundle.ExportOptions{}), options(b))
	p := get[*knowledge.Practice](t, a, knowledge.KindPractice, "lisbon-bip-zip")
	change(t, a, p, func(p *knowledge.Practice) { p.Texts[0].Title, p.PublishedRevision = "Again", p.Revision })
	text := dump(t, a, bundle.ExportOptions{History: true})
	expect(t, load(t, text, options(b)), bundle.Progress{Lines: 724, Updated: 1, Unchanged: 723})
	expect(t, load(t, text, options(b)), bundle.Progress{Lines: 724, Unchanged: 724})
	if p = get[*knowledge.Practice](t, b, knowledge.KindPractice, "lisbon-bip-zip"); p.Revision != 2 || p.PublishedRevision != 2 || p.Texts[0].Title != "Again" {
		t.Errorf("revision %d, published %d: %q", p.Revision, p.PublishedRevision, p.Texts[0].Title)
	}
}

// An export without history is enough where the other store has the seed as it was planted: the
// vocabulary of a new store does not stand in the way of the one that comes.
func TestImportWithoutHistoryGoesOnFromTheSeed(t *testing.T) {
	t.Parallel()
	text := dump(t, edited(t), bundle.ExportOptions{})
	b := holding(t, isTerm)
	expect(t, load(t, text, options(b)), bundle.Progress{Lines: 724, Created: 569, Updated: 1, Unchanged: 154})
	expect(t, load(t, text, options(b)), bundle.Progress{Lines: 724, Unchanged: 724})
	if x := get[*knowledge.Theme](t, b, knowledge.KindTheme, "housing"); x.Revision != 2 || !strings.HasSuffix(x.Labels[0].Text, "!!!") {
		t.Errorf("revision %d: %v", x.Revision, x.Labels[0])
	}
}

func TestImportNeverOverwritesAnotherState(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]bundle.ExportOptions{"with history": {History: true}, "without history": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := dump(t, edited(t), o)
			s := planted(t)
			p := get[*knowledge.Practice](t, s, knowledge.KindPractice, "lisbon-bip-zip")
			change(t, s, p, func(p *knowledge.Practice) { p.Texts[0].Title, p.UpdatedAt = "Edited here", then().Add(time.Minute) })
			report := load(t, text, options(s))
			expect(t, report, bundle.Progress{Lines: 724, Updated: 2, Unchanged: 721, Bad: 1})
			if got := report.Problems[0].String(); !strings.HasPrefix(got, "line ") || !strings.Contains(got, "another state of this practice (revision 2; the file has 4)") ||
				strings.Contains(got, "with its earlier revisions") == o.History {
				t.Errorf("reported %q", got)
			}
			if p = get[*knowledge.Practice](t, s, knowledge.KindPractice, "lisbon-bip-zip"); p.Revision != 2 || p.Texts[0].Title != "Edited here" {
				t.Errorf("revision %d: %q", p.Revision, p.Texts[0].Title)
			}
		})
	}
}

func TestImportWarnsOfLinksThatLeadNowhere(t *testing.T) {
	t.Parallel()
	kinds := bundle.ExportOptions{Kinds: []knowledge.Kind{knowledge.KindStudy}}
	text := dump(t, planted(t), kinds)
	s := holding(t, isTerm)
	report := load(t, text, options(s))
	expect(t, report, bundle.Progress{Lines: 1, Created: 1})
	if report.Warned != 2 || len(report.Warnings) != 2 || report.Warnings[0].Line != 2 ||
		!strings.Contains(report.Warnings[0].Reason, `of the study "leaving-the-slums-behind" leads to OR_`) {
		t.Errorf("%d warnings: %v", report.Warned, report.Warnings)
	}
	o := options(newMemory())
	o.Strict = true
	if report := load(t, dump(t, planted(t), bundle.ExportOptions{}), o); report.Warned > 0 || report.Bad > 0 {
		t.Errorf("a whole export: %v, %v", report.Warnings, report.Problems)
	}
}
