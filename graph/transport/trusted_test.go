package transport_test

import (
	"strings"
	"testing"

	"goodpractice/graph/transport"
)

func TestReadDocument(t *testing.T) {
	t.Parallel()
	parsed := newSchema().parsed
	for name, test := range map[string]struct{ text, name, fault string }{
		"a query":               {"query Greet { hello }", "Greet", ""},
		"one without a name":    {"{ hello }", "", ""},
		"with a fragment":       {"query A { node { ...F } } fragment F on Node { id }", "A", ""},
		"a mutation":            {"mutation Touch { touch }", "Touch", ""},
		"nothing":               {"", "", "one operation"},
		"two operations":        {"query A { hello } query B { hello }", "", "one operation"},
		"fragments alone":       {"fragment F on Node { id }", "", "one operation"},
		"no GraphQL":            {"{ hello", "", "Expected Name"},
		"an unknown field":      {"{ nope }", "", `Cannot query field "nope"`},
		"an unknown argument":   {"{ hello(nope: 1) }", "", "Unknown argument"},
		"an unused fragment":    {"{ hello } fragment F on Node { id }", "", "never used"},
		"a fragment in circles": {"{ node { ...F } } fragment F on Node { node { ...F } }", "", "itself"},
		"too many words":        {"{ " + strings.Repeat("a ", 3000) + "}", "", "exceeded token limit"},
		"too many fields":       {"{ hello" + strings.Repeat(" a: hello", 600) + " }", "", "more than"},
		"too many bytes":        {"{ hello } #" + strings.Repeat("a", 16<<10), "", "longer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, fault := transport.ReadDocument(parsed, transport.Limits{}, test.text)
			if got != test.name || !strings.Contains(fault, test.fault) || (fault == "") != (test.fault == "") {
				t.Errorf("name %q, fault %q, want %q, %q", got, fault, test.name, test.fault)
			}
		})
	}
}
