package evaluation_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"goodpractice/internal/evaluation"
)

// collection writes the three files of a collection.
func collection(t *testing.T, documents, queries, judged string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"docs.jsonl": documents, "queries.jsonl": queries, "qrels.tsv": judged} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLoad(t *testing.T) {
	t.Parallel()
	dir := collection(t,
		"\uFEFF"+`{"id":"a","title":"T","text":"Ä","lang":"de","author":"x"}`+"\r\n\n"+`{"id":"b"}`,
		`{"id":"1","text":"q"}`+"\n"+`{"id":"2","text":"r"}`+"\n"+`{"id":"3","text":"s"}`+"\n",
		"query\tdocument\tscore\n1\ta\t1\textra\r\n1\tgone\t2\n1\ta\t0\n2\tb\t0\n\n9\ta\t1\n")
	got, err := evaluation.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := &evaluation.Collection{
		Documents: []evaluation.Document{{ID: "a", Title: "T", Text: "Ä", Language: "de"}, {ID: "b"}},
		Queries:   []evaluation.Query{{"1", "q"}, {"2", "r"}, {"3", "s"}},
		Grades:    map[string]map[string]int{"1": {"a": 1, "gone": 2}, "2": {"b": 0}, "9": {"a": 1}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if judged := got.Judged(); !reflect.DeepEqual(judged, want.Queries[:1]) {
		t.Errorf("judged %v", judged)
	}
	if n := got.Unasked(); n != 1 {
		t.Errorf("%d queries are unasked, want 1", n)
	}
}

func TestLoadTellsTheLine(t *testing.T) {
	t.Parallel()
	const document, query = `{"id":"a"}` + "\n", `{"id":"1","text":"q"}` + "\n"
	for want, files := range map[string][3]string{
		"docs.jsonl, line 2: it cannot be read as JSON":    {document + "{", query, ""},
		"docs.jsonl, line 3: there is no id":               {document + "\n{}", query, ""},
		`docs.jsonl, line 2: the id "a" is there already`:  {document + document, query, ""},
		"docs.jsonl, line 1: it cannot be read as JSON":    {`{"id":1}`, query, ""},
		`queries.jsonl, line 2: the id "1" is there`:       {document, query + query, ""},
		"qrels.tsv, line 1: there must be a query":         {document, query, "1 a 1"},
		`qrels.tsv, line 1: the grade "x" is no whole`:     {document, query, "1\ta\tx"},
		`qrels.tsv, line 2: the grade "grade" is no whole`: {document, query, "1\ta\t1\n1\ta\tgrade"},
		"qrels.tsv, line 1: the id of the query or":        {document, query, "\ta\t1"},
	} {
		_, err := evaluation.Load(collection(t, files[0], files[1], files[2]))
		bad, ok := errors.AsType[*evaluation.LineError](err)
		if !ok || !strings.HasPrefix(bad.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	if _, err := evaluation.Load(t.TempDir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("of an empty directory: %v", err)
	}
}

// The parts share out the queries, about equally, whatever the ids look like.
func TestInPart(t *testing.T) {
	t.Parallel()
	for _, prefix := range []string{"", "en-", "PLAIN-"} {
		sizes := [3]int{}
		for i := range 3000 {
			in := 0
			for part := range sizes {
				if evaluation.InPart(prefix+strconv.Itoa(i), part+1, len(sizes)) {
					in++
					sizes[part]++
				}
			}
			if in != 1 {
				t.Fatalf("query %d is in %d parts", i, in)
			}
		}
		for _, n := range sizes {
			if n < 900 || n > 1100 {
				t.Errorf("%q: parts of %v", prefix, sizes)
			}
		}
	}
}
