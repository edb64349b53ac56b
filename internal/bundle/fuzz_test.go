package bundle_test

import (
	"strings"
	"testing"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

// FuzzImport feeds arbitrary bytes to every decoder. Whatever they are, each line is counted once and
// nothing invalid is saved.
func FuzzImport(f *testing.F) {
	for i, line := range strings.Split(practices(f), "\n") {
		if i%20 == 0 {
			f.Add(line+"\n", false)
		}
	}
	f.Add("id,kind,title,language,cities\na,PRACTICE,A,en,Madrid (ES)|Turin (IT)\n", true)
	f.Add("id;kind;title;language\n\"a;b\n", true)
	s := holding(f, func(e knowledge.Entity) bool { return e.Kind() == knowledge.KindTheme })
	for line := range strings.Lines(dump(f, s, bundle.ExportOptions{History: true})) {
		if strings.Contains(line, "health") || strings.Contains(line, `"form":"end"`) {
			f.Add(line, false)
		}
	}
	f.Fuzz(func(t *testing.T, text string, isTable bool) {
		s := newMemory()
		o := options(s)
		o.CreateMissing = true
		if isTable {
			o.Format = bundle.FormatTable
		}
		report := load(t, text, o)
		if report.Lines != report.Created+report.Updated+report.Unchanged+report.Bad || report.Bad != len(report.Problems) {
			t.Errorf("the figures do not add up: %+v", report)
		}
		for _, p := range report.Problems {
			if p.Line < 1 || p.Reason == "" {
				t.Errorf("problem %+v", p)
			}
		}
		for _, e := range s.live() {
			if p := e.Problems(); len(p) > 0 {
				t.Errorf("%s was saved: %v", e.Head().Slug, p)
			}
		}
	})
}
