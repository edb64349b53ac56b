package bundle_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

// flatLines are the lines of a flat file by their id.
func flatLines(tb testing.TB, text string) map[string]map[string]any {
	tb.Helper()
	out := map[string]map[string]any{}
	for line := range strings.Lines(text) {
		var x map[string]any
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			tb.Fatal(err)
		}
		out[x["id"].(string)] = x
	}
	return out
}

func TestFlatExportSaysWhatTheSeedFileSays(t *testing.T) {
	t.Parallel()
	want, got := flatLines(t, practices(t)), flatLines(t, dump(t, planted(t), bundle.ExportOptions{Form: bundle.ExportFlat}))
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d", len(got), len(want))
	}
	for id, line := range want {
		for _, key := range []string{"organisations", "cities", "targetGroups"} { // Where several names mean the same, one is written.
			if len(line[key].([]any)) < len(got[id][key].([]any)) {
				t.Errorf("%s has more %s than the file", id, key)
			}
			delete(line, key)
			delete(got[id], key)
		}
		if diff := cmp.Diff(line, got[id]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
	}
}

func TestFlatFormsCanBeImportedAgain(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]bundle.ExportForm{"flat": bundle.ExportFlat, "table": bundle.ExportTable} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := dump(t, planted(t), bundle.ExportOptions{Form: form})
			same := planted(t)
			expect(t, load(t, text, options(same)), bundle.Progress{Lines: 139, Unchanged: 139})
			copied := nouns(t)
			o := options(copied)
			o.Status, o.Strict = knowledge.StatusPublished, true
			expect(t, load(t, text, o), bundle.Progress{Lines: 139, Created: 119, Updated: 20})
			if again := dump(t, copied, bundle.ExportOptions{Form: form}); again != text {
				t.Error("the copy is exported differently")
			}
		})
	}
}

func TestTableKeepsAwkwardTexts(t *testing.T) {
	t.Parallel()
	s := nouns(t)
	line := `{"id":"a","kind":"PRACTICE","title":"=1+1","language":"en","summary":"'tis | a \"test\", with\na line break","context":"'=x","action":"-","otherSources":["https://example.org/a|b","https://example.org/c\\d"]}`
	if report := load(t, line, options(s)); report.Created != 1 {
		t.Fatal(report.Problems)
	}
	o := bundle.ExportOptions{Form: bundle.ExportTable, Kinds: []knowledge.Kind{knowledge.KindPractice}}
	text := dump(t, s, o)
	if !strings.Contains(text, "'=1+1") {
		t.Errorf("a spreadsheet would run the title:\n%s", text)
	}
	copied := nouns(t)
	if report := load(t, text, options(copied)); report.Created != 1 {
		t.Fatal(report.Problems)
	}
	if diff := cmp.Diff(flatLines(t, dump(t, s, bundle.ExportOptions{Form: bundle.ExportFlat})),
		flatLines(t, dump(t, copied, bundle.ExportOptions{Form: bundle.ExportFlat}))); diff != "" {
		t.Error(diff)
	}
}

func TestTableMayBeOfASpreadsheet(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"semicolons and a byte order mark": "\uFEFFid;kind;title;language;cities\r\na;PRACTICE;A, B;en;Turin (IT)\r\n",
		"tabs":                             "language\tid\tkind\ttitle\tcities\nen\ta\tPRACTICE\tA, B\tTorino (IT)\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := nouns(t)
			expect(t, load(t, text, options(s)), bundle.Progress{Lines: 1, Created: 1})
			p := get[*knowledge.Practice](t, s, knowledge.KindPractice, "a")
			if p.Texts[0].Title != "A, B" || p.Contributors[0].AuthorityID != knowledge.DeriveID(knowledge.KindAuthority, "seed", "torino") {
				t.Errorf("practice %+v", p)
			}
		})
	}
}

func TestFlatExportCanBeOfPublicRecordsOnly(t *testing.T) {
	t.Parallel()
	s := planted(t)
	load(t, `{"id":"hidden-draft","kind":"PRACTICE","title":"Draft","language":"en"}`, options(s))
	for _, form := range []bundle.ExportForm{bundle.ExportLossless, bundle.ExportFlat, bundle.ExportTable} {
		if strings.Contains(dump(t, s, bundle.ExportOptions{Form: form, PublishedOnly: true}), "hidden-draft") {
			t.Errorf("form %q shows a draft", form)
		}
	}
}

func TestFormatOf(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bundle.Format{
		"a.jsonl": bundle.FormatLines, "A.JSON": bundle.FormatLines, "b.csv": bundle.FormatTable, "b.tsv": bundle.FormatTable, "c": bundle.FormatAuto,
	} {
		if got := bundle.FormatOf(name); got != want {
			t.Errorf("FormatOf(%q) = %q, want %q", name, got, want)
		}
	}
}
