package text_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

// spoken is a text with its language.
type spoken struct {
	language knowledge.LanguageTag
	text     string
}

// declaration is the texts of testdata, two for each language.
func declaration(tb testing.TB) []spoken {
	tb.Helper()
	var out []spoken
	for _, line := range lines(tb, filepath.Join("testdata", "declaration.tsv")) {
		tag, s, _ := strings.Cut(line, "\t")
		out = append(out, spoken{knowledge.LanguageTag(tag), s})
	}
	return out
}

// seed is the texts of the records that the program brings along, by field.
func seed(tb testing.TB) map[string][]spoken {
	tb.Helper()
	out := map[string][]spoken{}
	for _, line := range lines(tb, filepath.Join("..", "..", "bundle", "seed", "practices.jsonl")) {
		var record struct {
			Language                                          knowledge.LanguageTag
			Title, Summary, Context, Action, Results, Lessons string
		}
		decode(tb, line, &record)
		for field, s := range map[string]string{
			"title": record.Title, "summary": record.Summary, "context": record.Context,
			"action": record.Action, "results": record.Results, "lessons": record.Lessons,
		} {
			if s != "" {
				out[field] = append(out[field], spoken{record.Language, s})
			}
		}
	}
	return out
}

// relevance is a file of the judged collection of questions in three languages, which is not a part of the
// program.
func relevance(tb testing.TB, name string) []string {
	tb.Helper()
	dir := os.Getenv("GOODPRACTICE_RELEVANCE")
	if dir == "" {
		tb.Skip("GOODPRACTICE_RELEVANCE names no folder with judged collections")
	}
	return lines(tb, filepath.Join(dir, "xquad-en-es-tr", name))
}

// paragraphs is the documents of the collection, whose language is in front of their ids.
func paragraphs(tb testing.TB) []spoken {
	tb.Helper()
	var out []spoken
	for _, line := range relevance(tb, "docs.jsonl") {
		var doc struct{ ID, Text string }
		decode(tb, line, &doc)
		tag, _, _ := strings.Cut(doc.ID, "-")
		out = append(out, spoken{knowledge.LanguageTag(tag), doc.Text})
	}
	return out
}

// questions is the queries of the collection.
func questions(tb testing.TB) []spoken {
	tb.Helper()
	var out []spoken
	for _, line := range relevance(tb, "queries.jsonl") {
		var query struct{ Text, Lang string }
		decode(tb, line, &query)
		out = append(out, spoken{knowledge.LanguageTag(query.Lang), query.Text})
	}
	return out
}

func lines(tb testing.TB, path string) []string {
	tb.Helper()
	file, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var out []string
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		out = append(out, scanner.Text())
	}
	if err := scanner.Err(); err != nil {
		tb.Fatal(err)
	}
	return out
}

func decode(tb testing.TB, line string, to any) {
	tb.Helper()
	if err := json.Unmarshal([]byte(line), to); err != nil {
		tb.Fatal(err)
	}
}

// lowers is the words of a text in lower case.
func lowers(s string) []string {
	var out []string
	text.EachWord(s, func(t text.Token) { out = append(out, t.Lower) })
	return out
}

// counted gives the words of texts to a detector.
func counted(texts ...spoken) func(func(text.WordCount) bool) {
	return func(visit func(text.WordCount) bool) {
		for _, s := range texts {
			for _, lower := range lowers(s.text) {
				if !visit(text.WordCount{Language: s.language, Folded: text.Fold(lower), Count: 1}) {
					return
				}
			}
		}
	}
}
