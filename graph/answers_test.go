package graph_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"goodpractice/graph/transport"
	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

// update makes the tests write the golden answers: go test ./graph -run Answers -update.
var update = flag.Bool("update", false, "write the golden answers")

// seeded serves the sample records.
func seeded(t *testing.T, on storage) *site {
	t.Helper()
	return seededWithin(t, on, transport.Limits{})
}

// seededWithin serves the sample records within limits that are not the usual ones.
func seededWithin(t *testing.T, on storage, limits transport.Limits) *site {
	t.Helper()
	records, err := bundle.Seed()
	if err != nil {
		t.Fatal(err)
	}
	return newSite(t, on, limits, append(records,
		tokenOf(editor, knowledge.RoleEditor), tokenOf(administrator, knowledge.RoleAdministrator),
		tokenOf("contributor", knowledge.RoleContributor))...)
}

// TestAnswers sends each operation of testdata and of the documents over the sample records, and compares the answers
// with the golden ones. The first line of a file may say who asks: "# as editor".
func TestAnswers(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := seeded(t, on)
			var files []string
			for _, pattern := range []string{"testdata/*.graphql", "../docs/examples/*.graphql"} {
				found, err := filepath.Glob(pattern)
				if err != nil || len(found) == 0 {
					t.Fatalf("no operations in %s: %v", pattern, err)
				}
				files = append(files, found...)
			}
			for _, file := range files {
				name := strings.TrimSuffix(filepath.Base(file), ".graphql")
				operation, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if regexp.MustCompile(`(?m)^subscription`).Match(operation) {
					continue // TestAPracticeOnItsWay follows.
				}
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					as := ""
					if first, _, _ := strings.Cut(string(operation), "\n"); strings.HasPrefix(first, "# as ") {
						as = strings.TrimPrefix(first, "# as ")
					}
					if strings.Contains(string(operation), "mutation") && as == "" {
						as = editor
					}
					answer := s.ask(t, as, string(operation), variablesOf(t, strings.TrimSuffix(file, ".graphql")+".variables.json"))
					compareGolden(t, filepath.Join("testdata", name+".golden.json"), answer.body)
				})
			}
		})
	}
}

// variablesOf reads the variables of an operation; nil where it has none.
func variablesOf(t *testing.T, file string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return nil
	}
	var variables map[string]any
	if err != nil || json.Unmarshal(text, &variables) != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return variables
}

// What is not the same every time, or changes with every change of the ranking.
var (
	scores   = regexp.MustCompile(`"score": [0-9.]+\.[0-9]+`)
	cursors  = regexp.MustCompile(`("cursor"|"startCursor"|"endCursor"): "[^"]+"`)
	practice = regexp.MustCompile(`("practice": \{\s+"id"): "PR_[a-z2-7]{26}"`)
)

// compareGolden compares an answer with a file.
func compareGolden(t *testing.T, file string, body []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	got := scores.ReplaceAllString(b.String()+"\n", `"score": "a number"`)
	got = cursors.ReplaceAllString(got, `$1: "a cursor"`)
	got = practice.ReplaceAllString(got, `$1: "a new id"`)
	compareFile(t, file, got)
}

// TestHousingInSpain asks what the first document promises: the programme of the Region of Madrid is among the five best.
func TestHousingInSpain(t *testing.T) {
	t.Parallel()
	s := seeded(t, embedded)
	text, err := os.ReadFile("../docs/examples/1-housing.graphql")
	if err != nil {
		t.Fatal(err)
	}
	answer := s.ask(t, "", string(text), nil)
	if !strings.Contains(string(answer.body), "IRIS") {
		t.Errorf("%s", answer.body)
	}
}
