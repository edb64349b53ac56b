package transport_test

import (
	"strings"
	"testing"

	"goodpractice/graph/transport"
)

func TestDocumentsAreChecked(t *testing.T) {
	t.Parallel()
	schema := newSchema().Schema()
	for name, c := range map[string]struct{ text, name, kind, want string }{
		"a query":                   {"{hello}", "", "", ""},
		"a named one":               {"query A{hello}", "A", "query", ""},
		"one of two":                {"query A{hello} mutation B{touch}", "B", "mutation", ""},
		"a subscription":            {"subscription S{ticks}", "", "subscription", ""},
		"introspection":             {"{__schema{queryType{name}}}", "", "", ""},
		"a syntax error":            {"{", "", "", "the document has a syntax error"},
		"nothing":                   {"", "", "", "0 operations"},
		"a fragment alone":          {"fragment F on Query{hello}", "", "", "does not fit the schema"},
		"a field that is not there": {"{nothing}", "", "", `does not fit the schema: Cannot query field "nothing"`},
		"two without a name":        {"query A{hello} query B{hello}", "", "", "has 2 operations, and nothing says which is meant"},
		"a name that is not there":  {"query A{hello}", "B", "", `has no operation "B"`},
		"another type":              {"query A{hello}", "A", "mutation", "is a query and not a mutation"},
		"too deep":                  {strings.Repeat("{node", 12) + "{id}" + strings.Repeat("}", 12), "", "", "nests deeper than 10"},
		"too long":                  {"{hello}" + strings.Repeat(" ", 20<<10), "", "", "longer than 16384 bytes"},
		"too many words":            {"{" + strings.Repeat("hello ", 2500) + "}", "", "", "syntax error"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := transport.CheckDocument(schema, transport.Limits{}, c.text, c.name, c.kind)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n")) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}
