package bundle_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s", path, got)
	}
}

// written lists the problems of a report, one a line.
func written(report bundle.Report) string {
	var b strings.Builder
	for _, p := range report.Problems {
		b.WriteString(p.String() + "\n")
	}
	return b.String()
}

func TestImportReportsEachBadLine(t *testing.T) {
	t.Parallel()
	const start = `{"id":"x","kind":"PRACTICE","title":"T","language":"en"`
	lines := []string{
		`{"id":"good","kind":"PRACTICE","title":"Good","language":"en"}`,
		``,
		`{"id":"x","kind":"PRACTICE",}`,
		`{"id":"x","kind":"PRACTICE","title":"T"`,
		`[1, 2]`,
		`{"id":"x"} trailing`,
		"{\"id\":\"\xff\"}",
		"{\"id\":\"a\x01b\"}",
		start + `,"colour":"red","Title":"T"}`,
		start + `,"title":"again"}`,
		start + `,"year":"2012","themes":"housing","cities":["Madrid"]}`,
		start + `,"cities":[{"name":"Madrid","land":"ES"}]}`,
		`{"kind":"PRACTICE","title":"T","language":"en"}`,
		`{"id":"Bad Id","kind":"THEME","title":" ","language":"english"}`,
		`{}`,
		start + `,"themes":["housing","hausing"],"targetGroups":["martians"]}`,
		start + `,"cities":[{"name":"Atlantis","country":"ES"},{"name":"Madrid","country":"XX"},{"name":"","country":"ES"}]}`,
		start + `,"countries":["EL"],"organisations":["Nobody"]}`,
		start + `,"cities":[{"name":"Madrid","country":"PT"}]}`,
		start + `,"sourceUrl":"www.example.org","otherSources":["ftp://example.org/a",""],"sourceType":"gossip","sourceLanguage":"??"}`,
		start + `,"sourceUrl":"www.example.org","otherSources":["ftp://example.org/a"]}`,
		start + `,"summary":"` + strings.Repeat("x", 4001) + `"}`,
		`{"id":"x","kind":"PRACTICE","title":"` + strings.Repeat("x", 201) + `","language":"en","context":"a\u0000b"}`,
		start + `,"year":12,"suggestedEvidenceLevel":9}`,
		start + `,"year":2012,"yearBasis":"not stated","lessonsBasis":"guessed"}`,
		`{"id":"good","kind":"PRACTICE","title":"Good again","language":"en"}`,
		`{"id":"x.fr","kind":"PRACTICE","title":"T","language":"fr","translationOfId":"nowhere"}`,
		`{"id":"good.en","kind":"PRACTICE","title":"T","language":"en","translationOfId":"good"}`,
		`{"id":"good","kind":"PRACTICE","title":"T","language":"fr","translationOfId":"good"}`,
		`{"id":"gone","kind":"PRACTICE","title":"T","language":"en"}`,
		`{"id":"taken","kind":"PRACTICE","title":"T","language":"en"}`,
		`{"form":"header","version":9}`,
		`{"form":"poem"}`,
		`{"form":"entity","kind":"POEM","entity":{}}`,
		`{"form":"entity","kind":"THEME","entity":{"id":"PR_x"}}`,
		`{"form":"end"}`,
		`{"id":"last","kind":"PRACTICE","title":"Last","language":"en"}`,
	}
	s := nouns(t)
	gone := &knowledge.Practice{}
	gone.Meta = knowledge.Meta{ID: knowledge.DeriveID(knowledge.KindPractice, "seed", "gone"), Slug: "gone", Revision: 1, Deleted: true}
	other := &knowledge.Practice{}
	other.Meta = knowledge.Meta{ID: knowledge.NewID(knowledge.KindPractice), Slug: "taken", Revision: 1}
	if err := s.Save(t.Context(), gone, other); err != nil {
		t.Fatal(err)
	}
	report := load(t, strings.Join(lines, "\r\n"), options(s))
	golden(t, "bad.golden", written(report))
	if report.Created != 2 || report.Bad != len(lines)-3 || report.Lines != len(lines)-1 {
		t.Errorf("created %d, bad %d of %d; want 2, %d of %d", report.Created, report.Bad, report.Lines, len(lines)-3, len(lines)-1)
	}
}

func TestImportReportsEachBadRow(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"rows": "id,kind,title,language,year,themes,cities\n" +
			"a,PRACTICE,Good,en,2012,housing|education,Madrid (ES)|Madrid (region) (ES)\n" +
			"b,PRACTICE,Bad,en,soon,,Madrid\n" +
			"c,PRACTICE,Too few\n" +
			"d,PRACTICE,A \"quote,en,,,\n" +
			"\n" +
			",,,,,,\n" +
			"e,PRACTICE,\"Two\nlines\",en,,,\n" +
			"f,PRACTICE,\xff,en,,,\n" +
			"g,PRACTICE,Bad again,en,,hausing,\n",
		"header":  "id,kind,titel,title,title\na,b,c,d,e\n",
		"no rows": "id,kind,title,language\n",
		"open":    "id,kind,title,language\na,PRACTICE,\"never closed,en\n" + strings.Repeat("x,y,z,en\n", 600_000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := options(nouns(t))
			o.Format = bundle.FormatTable
			golden(t, "table-"+strings.ReplaceAll(name, " ", "-")+".golden", written(load(t, text, o)))
		})
	}
}

func TestImportPassesOverALineThatIsTooLong(t *testing.T) {
	t.Parallel()
	good := `{"id":"a","kind":"PRACTICE","title":"A","language":"en"}`
	report := load(t, "{\""+strings.Repeat("x", bundle.MaxLine)+"\"}\n"+good+"\n", options(nouns(t)))
	if report.Created != 1 || len(report.Problems) != 1 || report.Problems[0].Reason != "The line is longer than 4 MiB." {
		t.Errorf("report %+v", report)
	}
}

func TestImportHearsOfEveryBadLine(t *testing.T) {
	t.Parallel()
	const n = 10_050
	o := options(nouns(t))
	heard := 0
	o.Problem = func(bundle.Problem) { heard++ }
	report := load(t, strings.Repeat("{\n", n), o)
	if heard != n || report.Bad != n || len(report.Problems) != 10_000 {
		t.Errorf("heard of %d, counted %d, listed %d", heard, report.Bad, len(report.Problems))
	}
}
