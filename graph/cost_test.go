package graph_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"goodpractice/graph/transport"
)

// dashboard is what a page with results and counts asks for.
const dashboard = `query Dashboard($text: String!) { search(text: $text, first: 20) { totalCount
	edges { cursor score highlights { path fragments } node { __typename id slug title summary language status
		themes { id label } authorities { id name country { code name } } } }
	facets { field buckets { value label count } } pageInfo { hasNextPage endCursor } } }`

// points is what an operation costs, whether it is executed or refused for it.
func (s *site) points(t *testing.T, operation string, variables any) int {
	t.Helper()
	answer := s.ask(t, "", operation, variables)
	var body struct {
		Errors []struct {
			Extensions struct{ Requested int }
		}
		Extensions struct {
			Cost struct{ Requested int }
		}
	}
	if err := json.Unmarshal(answer.body, &body); err != nil {
		t.Fatal(err)
	}
	if len(body.Errors) > 0 {
		return body.Errors[0].Extensions.Requested
	}
	return body.Extensions.Cost.Requested
}

// TestLimitsDocumentSaysWhatIsCounted holds the figures of docs/limits.md.
func TestLimitsDocumentSaysWhatIsCounted(t *testing.T) {
	t.Parallel()
	document, err := os.ReadFile("../docs/limits.md")
	if err != nil {
		t.Fatal(err)
	}
	introspection, err := os.ReadFile("transport/testdata/introspection.graphql")
	if err != nil {
		t.Fatal(err)
	}
	s := seeded(t, embedded)
	example := regexp.MustCompile("(?s)```graphql\n(.*?)```").FindSubmatch(document)
	if example == nil {
		t.Fatal("there is no example")
	}
	want := map[string]string{
		"together, rounded up": string(example[1]),
		"a dashboard: 20 matches with highlights and links, counts in all eight dimensions": dashboard,
		"the schema, as GraphiQL and code generators ask for it":                            string(introspection),
	}
	for _, link := range regexp.MustCompile(`(?m)^\| (\[[^]]+\]\((examples/[^)]+)\)) \|`).FindAllSubmatch(document, -1) {
		operation, err := os.ReadFile("../docs/" + string(link[2]))
		if err != nil {
			t.Fatal(err)
		}
		want[string(link[1])] = string(operation)
	}
	if len(want) != 6 {
		t.Errorf("%d operations are priced", len(want))
	}
	for row, operation := range want {
		points := strconv.Itoa(s.points(t, operation, map[string]any{"text": "housing"}))
		if n := len(points); n > 3 {
			points = points[:n-3] + "," + points[n-3:]
		}
		if line := fmt.Sprintf("| %s | %s |\n", row, points); !strings.Contains(string(document), line) {
			t.Errorf("docs/limits.md lacks %s", line)
		}
	}
}

// TestLimitsDocumentNamesTheDefaults compares the tables of docs/limits.md with the constants.
func TestLimitsDocumentNamesTheDefaults(t *testing.T) {
	t.Parallel()
	document, err := os.ReadFile("../docs/limits.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]int{
		"`DOCUMENT_BYTES`": transport.DefaultDocumentBytes, "`FRAGMENTS`": transport.DefaultFragments,
		"tokens (a syntax error)": transport.DefaultTokens, "`DIRECTIVES`": transport.DefaultDirectives,
		"`OPERATIONS`": transport.DefaultOperations, "`FIELDS`": transport.DefaultFields,
		"`INTROSPECTIONS`": transport.DefaultIntrospections, "`ROOT_FIELDS`": transport.DefaultRootFields,
		"`ALIASES`": transport.DefaultAliases, "`COST`": transport.DefaultCost,
		"lists and objects inside each other, in variables": transport.DefaultJSONDepth,
		"errors of a request that is not executed":          transport.DefaultErrors,
		"operations that run on one websocket":              transport.DefaultSocketOperations,
	} {
		shown := strconv.Itoa(value)
		if value >= 1000 {
			shown = fmt.Sprintf("%d,%03d", value/1000, value%1000)
		}
		if cell := "| " + name + " | " + shown + " |"; !strings.Contains(string(document), cell) {
			t.Errorf("docs/limits.md lacks %s", cell)
		}
	}
}

// What tools and pages send passes with room, and what would keep the server busy does not.
func TestWhatTheLimitOfCostLetsThrough(t *testing.T) {
	t.Parallel()
	s := seededWithin(t, embedded, transport.Limits{RootFields: 100})
	var searches strings.Builder
	for i := range 30 {
		fmt.Fprintf(&searches, " a%d: search(first: 50) { nodes { id } }", i)
	}
	page := strings.Replace(dashboard, "first: 20", "first: 50", 1)
	for name, c := range map[string]struct {
		operation string
		most      int // Of points; 0 for more than the limit.
	}{
		"a dashboard":                {dashboard, transport.DefaultCost / 2},
		"a long page of a dashboard": {page, transport.DefaultCost},
		"all fields of 100 records": {`{ practices(first: 100) { nodes { id slug title summary situation action results learnt year permalink
			themes { id label } countries { code } authorities { id name } } pageInfo { endCursor hasNextPage } } }`, transport.DefaultCost},
		"two cross tables":       {`{ a: statistics(by: [THEME, COUNTRY]) { ...T } b: statistics(by: [YEAR]) { ...T } } fragment T on Statistics { totalCount cells { count values { value label } } }`, transport.DefaultCost},
		"thirty searches":        {"{" + searches.String() + "}", 0},
		"pages in pages":         {`{ authorities(first: 100) { nodes { practices(first: 100) { nodes { lessons(first: 100) { nodes { id } } } } } } }`, 0},
		"links in links":         {`{ authorities { nodes { practices { nodes { lessons { nodes { id } } } } } } }`, 0},
		"similar ones of many":   {`{ practices(first: 100) { nodes { similar { node { id } } } } }`, 0},
		"similar ones of a page": {`{ practices { nodes { title similar { score node { id title } } } } }`, transport.DefaultCost},
	} {
		points := s.points(t, c.operation, map[string]any{"text": "housing"})
		if c.most == 0 && points <= transport.DefaultCost || c.most > 0 && (points == 0 || points > c.most) {
			t.Errorf("%s costs %d", name, points)
		}
	}
}

// TestEveryFieldThatSearchesHasAPrice looks for lists that an index answers and that cost nothing by themselves.
func TestEveryFieldThatSearchesHasAPrice(t *testing.T) {
	t.Parallel()
	schema := parsed(t)
	for _, d := range schema.Types {
		for _, f := range d.Fields {
			isPage := f.Arguments.ForName("first") != nil || f.Arguments.ForName("last") != nil
			if d.BuiltIn || !isPage || f.Name == "history" { // Which is read from the store, one record's.
				continue
			}
			if f.Directives.ForName("cost") == nil && schema.Types[f.Type.Name()].Directives.ForName("cost") == nil {
				t.Errorf("%s.%s has no @cost, nor has its type", d.Name, f.Name)
			}
		}
	}
}
