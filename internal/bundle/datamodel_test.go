package bundle_test

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// rowsOf lists the keys that have a row in each section of docs/data-model.md.
func rowsOf(t *testing.T) map[string][]string {
	t.Helper()
	doc, err := os.ReadFile("../../docs/data-model.md")
	if err != nil {
		t.Fatal(err)
	}
	rows, section := map[string][]string{}, ""
	for line := range strings.Lines(string(doc)) {
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			section = strings.TrimSpace(heading)
		}
		cells := strings.Split(line, "|")
		if key := strings.TrimSpace(cells[min(1, len(cells)-1)]); len(cells) > 3 && strings.HasPrefix(key, "`") {
			rows[section] = append(rows[section], strings.Trim(key, "`"))
		}
	}
	return rows
}

// pathsOf lists the paths of the keys in a JSON value. Below labels, synonyms and aliases the keys are
// languages or names.
func pathsOf(value any, path string, into map[string]bool) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			pathsOf(item, path, into)
		}
		if len(value) > 0 {
			if _, ok := value[0].(map[string]any); ok {
				return
			}
		}
	case map[string]any:
		if !slices.Contains([]string{"labels", "synonyms", "recordAliases"}, path[strings.LastIndexByte(path, '.')+1:]) {
			for key, item := range value {
				pathsOf(item, strings.TrimPrefix(path+"."+key, "."), into)
			}
			return
		}
	}
	into[path] = true
}

func TestEveryKeyOfTheDataIsMapped(t *testing.T) {
	t.Parallel()
	keys := map[string]map[string]bool{}
	for _, name := range []string{"practices.jsonl", "vocabulary.json", "participants.csv", "places.csv"} {
		keys[name] = map[string]bool{}
		b, err := os.ReadFile("seed/" + name)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasSuffix(name, ".csv"):
			header, err := csv.NewReader(strings.NewReader(string(b))).Read()
			if err != nil {
				t.Fatal(err)
			}
			for _, key := range header {
				keys[name][key] = true
			}
		case strings.HasSuffix(name, ".jsonl"):
			for line := range strings.Lines(string(b)) {
				var record map[string]any
				if err := json.Unmarshal([]byte(line), &record); err != nil {
					t.Fatal(err)
				}
				for key := range record {
					keys[name][key] = true
				}
			}
		default:
			var value any
			if err := json.Unmarshal(b, &value); err != nil {
				t.Fatal(err)
			}
			pathsOf(value, "", keys[name])
		}
	}
	rows := rowsOf(t)
	for name, want := range keys {
		for _, key := range slices.Sorted(maps.Keys(want)) {
			if n := len(slices.DeleteFunc(slices.Clone(rows[name]), func(row string) bool { return row != key })); n != 1 {
				t.Errorf("docs/data-model.md has %d rows for %s of %s, want 1", n, key, name)
			}
		}
		for _, row := range rows[name] {
			if !want[row] {
				t.Errorf("docs/data-model.md has a row for %s, which %s has not", row, name)
			}
		}
	}
}

func TestEveryLinkOfTheSeedIsExplained(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("../../docs/data-model.md")
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("seed/links.json")
	if err != nil {
		t.Fatal(err)
	}
	var links []struct {
		From, To struct{ Slug string }
		Reason   string
	}
	if err := json.Unmarshal(b, &links); err != nil {
		t.Fatal(err)
	}
	for _, l := range links {
		isThere := false
		for line := range strings.Lines(string(doc)) {
			isThere = isThere || strings.Contains(line, "`"+l.From.Slug+"`") && strings.Contains(line, "`"+l.To.Slug+"`")
		}
		if !isThere || l.Reason == "" {
			t.Errorf("the link from %s to %s is not explained (reason %q)", l.From.Slug, l.To.Slug, l.Reason)
		}
	}
}
