package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/config"
	"goodpractice/internal/evaluation"
	"goodpractice/internal/knowledge"
)

// tiny is a collection whose rankings can be foretold.
const tiny = "testdata/eval/tiny"

// tinyMeasures are its measures. The five judged queries find: the one answer; one of two, of which the
// other is not there; the answer behind another document; and twice nothing.
const tinyMeasures = `MAP 0.4000
nDCG@10 0.4488
P@5 0.1200
recall@100 0.5000
MRR@10 0.5000
`

func TestEvalPrintsALineAMeasure(t *testing.T) {
	t.Parallel()
	saved := filepath.Join(t.TempDir(), "scores.jsonl")
	out, err := goodpractice(t, "eval", tiny, "--save", saved)
	if err != nil || out != tinyMeasures {
		t.Fatalf("error %v, output:\n%s\nwant:\n%s", err, out, tinyMeasures)
	}
	file, err := os.ReadFile(saved)
	const first = `{"query":"one","MAP":1,"nDCG@10":1,"P@5":0.2,"recall@100":1,"MRR@10":1}` + "\n"
	if err != nil || !strings.HasPrefix(string(file), first) || strings.Count(string(file), "\n") != 5 {
		t.Errorf("error %v, saved:\n%s", err, file)
	}
	out, err = goodpractice(t, "eval", tiny, "--compare", saved)
	same := "\nCompared with " + saved + " (5 queries):\n" +
		"MAP        +0.0000 (0.4000 to 0.4000, 100.0 %), won 0, lost 0, tied 5, randomisation p = 1.0000, t = 0.00 p = 1.0000\n"
	if err != nil || !strings.HasPrefix(out, tinyMeasures+same) || strings.Count(out, "\n") != 5+2+5 {
		t.Errorf("error %v, output:\n%s", err, out)
	}
}

func TestEvalAsksAPartAndComparesWhatBothHave(t *testing.T) {
	t.Parallel()
	var results []evaluation.Result
	files := []string{"", ""}
	for i, part := range []string{"1/2", "2/2"} {
		files[i] = filepath.Join(t.TempDir(), "scores.jsonl")
		if _, err := goodpractice(t, "eval", tiny, "--part", part, "--save", files[i]); err != nil {
			t.Fatal(err)
		}
		some, err := readScores(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if len(some) == 0 || len(some) == 5 {
			t.Errorf("part %s has %d of the queries", part, len(some))
		}
		results = append(results, some...)
	}
	if len(results) != 5 {
		t.Errorf("both parts have %d queries, want 5", len(results))
	}
	_, err := goodpractice(t, "eval", tiny, "--part", "1/2", "--compare", files[1])
	if err == nil || !strings.Contains(err.Error(), "has none of the queries of this run") {
		t.Errorf("error %v", err)
	}
}

func TestEvalPrintsJSON(t *testing.T) {
	t.Parallel()
	out, err := goodpractice(t, "eval", tiny, "--json")
	var report struct {
		Queries  int
		Measures map[string]float64
	}
	if err := errors.Join(err, json.Unmarshal([]byte(out), &report)); err != nil {
		t.Fatal(err)
	}
	if report.Queries != 5 || report.Measures["recall@100"] != 0.5 || len(report.Measures) != 5 {
		t.Errorf("printed %s", out)
	}
}

// What is kept is a knowledge base like any other, and is not written over.
func TestEvalKeepsTheKnowledgeBase(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "kept")
	if _, err := goodpractice(t, "eval", tiny, "--keep", data); err != nil {
		t.Fatal(err)
	}
	out, err := goodpractice(t, "check", "--data", data)
	if err != nil || out != "The search index and the store are equal: 9 records.\n" {
		t.Errorf("error %v, output %q", err, out)
	}
	if _, err := goodpractice(t, "eval", tiny, "--keep", data); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v", err)
	}
}

// With a typing error in every long word nothing is found by exact words alone.
func TestEvalMisspells(t *testing.T) {
	t.Parallel()
	x := &examiner{settings: &config.Eval{Typos: 1}}
	q := evaluation.Query{ID: "q", Text: "lantern for a school"}
	misspelt := x.textOf(q)
	if words := strings.Fields(misspelt); len(words) != 4 || words[0] == "lantern" || words[1] != "for" || words[3] == "school" {
		t.Errorf("asked %q", misspelt)
	}
	if again := x.textOf(q); again != misspelt {
		t.Errorf("asked %q, and then %q", misspelt, again)
	}
}

func TestEvalCutsLongQueriesAtAWord(t *testing.T) {
	t.Parallel()
	x := &examiner{settings: &config.Eval{}}
	for _, test := range []struct {
		text string
		want int // letters
	}{
		{strings.Repeat("å", 2000), 2000},
		{strings.Repeat("å", 2001), 2000},
		{strings.Repeat("åååå ", 500), 1999},
		{strings.Repeat("ååååå ", 400), 1997},
		{strings.Repeat("åååå ", 400) + "b", 1999},
	} {
		if got := len([]rune(x.textOf(evaluation.Query{Text: test.text}))); got != test.want {
			t.Errorf("%.12q…: %d letters, want %d", test.text, got, test.want)
		}
	}
	if n := x.cut.Load(); n != 4 {
		t.Errorf("%d queries were cut, want 4", n)
	}
}

func TestPracticeOf(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	long := strings.Repeat("word ", 60)
	for name, test := range map[string]struct {
		document         evaluation.Document
		title, situation string
	}{
		"as it is": {evaluation.Document{Title: " A\n title ", Text: "A\ntext"}, "A title", "A\ntext"},
		"without a title": {
			evaluation.Document{Text: "one two three four five six seven eight nine ten eleven"},
			"one two three four five six seven eight nine ten", "one two three four five six seven eight nine ten eleven",
		},
		"of long words": {
			evaluation.Document{Text: strings.Repeat("ö", 150) + " b"}, strings.Repeat("ö", 100), strings.Repeat("ö", 150) + " b",
		},
		"with a long title": {
			evaluation.Document{Title: long, Text: "Text"}, strings.TrimSpace(strings.Repeat("word ", 10)), strings.TrimSpace(long) + "\n\nText",
		},
		"without a text":   {evaluation.Document{Title: "Title"}, "Title", ""},
		"longer than ours": {evaluation.Document{Title: "Title", Text: strings.Repeat("ö", 50_000)}, "Title", strings.Repeat("ö", 50_000)},
		"of control signs": {evaluation.Document{Title: "a\u0000b", Text: "c\u0085d"}, "a b", "c d"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := practiceOf(&test.document, "tr", 1, at)
			if err := check(p); err != nil {
				t.Error(err)
			}
			if got := p.Texts[0]; got.Title != test.title || got.Situation != test.situation || got.Language != "tr" {
				t.Errorf("title %q, language %s, situation of %d bytes", got.Title, got.Language, len(got.Situation))
			}
			if p.SourceLanguage != "tr" || p.Status != knowledge.StatusPublished {
				t.Errorf("language %s, status %s", p.SourceLanguage, p.Status)
			}
		})
	}
	if p := practiceOf(&evaluation.Document{ID: "x", Title: " ", Text: "\u0000\n"}, "en", 1, at); p != nil {
		t.Errorf("a document without a text became %q", p.Texts[0].Title)
	}
}

// A document is in the language that the collection tells, or that its text tells. Where it does not, it
// is in that of the others, or in that of the queries where few documents tell.
func TestLanguagesOf(t *testing.T) {
	t.Parallel()
	const (
		english = "The council gave the keys of the empty school to the families who had asked for a place to meet, and they have been there since."
		spanish = "El ayuntamiento cedió las llaves de la escuela vacía a las familias que habían pedido un lugar para reunirse, y desde entonces están allí."
	)
	for name, test := range map[string]struct {
		documents []evaluation.Document
		query     string
		want      []knowledge.LanguageTag
	}{
		"told":     {[]evaluation.Document{{Text: english, Language: "SR_cyrl"}, {Language: "tr"}}, spanish, []knowledge.LanguageTag{"sr-Cyrl", "tr"}},
		"detected": {[]evaluation.Document{{Text: english}, {Text: spanish, Language: "?"}}, spanish, []knowledge.LanguageTag{"en", "es"}},
		"usual":    {[]evaluation.Document{{Text: "Oslo"}, {Text: spanish}}, english, []knowledge.LanguageTag{"es", "es"}},
		"mixed":    {[]evaluation.Document{{Text: "Oslo"}, {Text: spanish}, {Title: english}}, english, []knowledge.LanguageTag{"und", "es", "en"}},
		"asked":    {[]evaluation.Document{{Text: strings.Repeat("num ", 20)}, {Text: "Oslo"}}, english, []knowledge.LanguageTag{"en", "en"}},
		"unknown":  {[]evaluation.Document{{Text: "Oslo"}}, "Oslo", []knowledge.LanguageTag{"und"}},
	} {
		got := languagesOf(&evaluation.Collection{Documents: test.documents, Queries: []evaluation.Query{{Text: test.query}}})
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestEvalRefuses(t *testing.T) {
	t.Parallel()
	empty := t.TempDir()
	bad := filepath.Join(t.TempDir(), "scores.jsonl")
	if err := os.WriteFile(bad, []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	unjudged := t.TempDir()
	for name, text := range map[string]string{"docs.jsonl": `{"id":"1"}`, "queries.jsonl": `{"id":"1","text":"a"}`, "qrels.tsv": "1\t1\t0"} {
		if err := os.WriteFile(filepath.Join(unjudged, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for want, args := range map[string][]string{
		"docs.jsonl: no such file":     {empty},
		bad + ", line 1: there is no":  {tiny, "--compare", bad},
		"scores to compare with":       {tiny, "--compare", filepath.Join(empty, "none")},
		"no query is left":             {unjudged},
		"--depth: use a number":        {tiny, "--depth", "5"},
		"--typos: use a number from 0": {tiny, "--typos", "NaN"},
	} {
		if _, err := goodpractice(t, append([]string{"eval"}, args...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want one with %q", args, err, want)
		}
	}
}

// The collections that the ranking is tuned on are not part of the program. Where their folder is named,
// their measures are in the log of this test.
func TestEvalOfRealCollections(t *testing.T) {
	t.Parallel()
	const variable = "GOODPRACTICE_RELEVANCE"
	dir := os.Getenv(variable)
	if dir == "" {
		t.Skip("set " + variable + " to a folder of test collections to see what the ranking is worth")
	}
	folders, err := filepath.Glob(filepath.Join(dir, "*", "docs.jsonl"))
	if err != nil || len(folders) == 0 {
		t.Fatalf("%s has no collections, error %v", dir, err)
	}
	for _, path := range folders {
		out, err := goodpractice(t, "eval", filepath.Dir(path))
		if err != nil {
			t.Error(err)
		}
		t.Logf("%s: %s", filepath.Base(filepath.Dir(path)), strings.ReplaceAll(out, "\n", "  "))
	}
}
