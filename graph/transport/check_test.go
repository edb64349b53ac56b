package transport_test

import (
	"strings"
	"testing"

	"goodpractice/graph/transport"
)

func TestDocumentsAreChecked(t *testing.T) {
	t.Parallel()
	schema := newSchema().Schema()
	for name, c := range map[string]struct{ text, name, kind, operation, want string }{
		"a query":                   {"{hello}", "", "", "", ""},
		"a query with a name":       {"query Greet {hello}", "", "", "Greet", ""},
		"a named one":               {"query A{hello}", "A", "query", "A", ""},
		"one of two":                {"query A{hello} mutation B{touch}", "B", "mutation", "B", ""},
		"a mutation":                {"mutation Touch {touch}", "", "", "Touch", ""},
		"a subscription":            {"subscription S{ticks}", "", "subscription", "S", ""},
		"a fragment":                {"query A {node {...F}} fragment F on Node {id}", "", "", "A", ""},
		"introspection":             {"{__schema{queryType{name}}}", "", "", "", ""},
		"a syntax error":            {"{", "", "", "", "the document has a syntax error: Expected Name"},
		"nothing":                   {"", "", "", "", "0 operations"},
		"a fragment alone":          {"fragment F on Query{hello}", "", "", "", "does not fit the schema"},
		"a fragment of an object":   {"fragment F on Node {id}", "", "", "", "does not fit the schema"},
		"an unused fragment":        {"{hello} fragment F on Node {id}", "", "", "", "never used"},
		"a fragment in circles":     {"{node {...F}} fragment F on Node {node {...F}}", "", "", "", "itself"},
		"a field that is not there": {"{nothing}", "", "", "", `does not fit the schema: Cannot query field "nothing"`},
		"an unknown argument":       {"{hello(nope: 1)}", "", "", "", "Unknown argument"},
		"two without a name":        {"query A{hello} query B{hello}", "", "", "", "has 2 operations, and nothing says which is meant"},
		"a name that is not there":  {"query A{hello}", "B", "", "", `has no operation "B"`},
		"another type":              {"query A{hello}", "A", "mutation", "", "is a query and not a mutation"},
		"too deep":                  {strings.Repeat("{node", 12) + "{id}" + strings.Repeat("}", 12), "", "", "", "nests deeper than 10"},
		"too long":                  {"{hello}" + strings.Repeat(" ", 20<<10), "", "", "", "longer than 16384 bytes"},
		"too many bytes":            {"{hello} #" + strings.Repeat("a", 16<<10), "", "", "", "longer"},
		"too many words":            {"{" + strings.Repeat("hello ", 2500) + "}", "", "", "", "syntax error: exceeded token limit"},
		"too many fields":           {"{hello" + strings.Repeat(" a: hello", 600) + "}", "", "", "", "more than"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := transport.CheckDocument(schema, transport.Limits{}, c.text, c.name, c.kind)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n")) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if got != c.operation {
				t.Errorf("the operation is %q, want %q", got, c.operation)
			}
		})
	}
}
