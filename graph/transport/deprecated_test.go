package transport_test

import (
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"goodpractice/graph/transport"
)

func TestDeprecation(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: `
		type Query {
			new(by: By, of: Colour, old: Int @deprecated(reason: "Use of. Removed after 2027-03-01.")): String
			old: String @deprecated(reason: "Use new. Goes after 2027-02-28.")
			bare: String @deprecated
		}
		input By { new: Int old: Int @deprecated(reason: "Use new, soon.") }
		enum Colour { RED OLD_RED @deprecated(reason: "Use RED. Removed after 2027-01-31, not before.") }
	`})
	for coordinate, want := range map[string][2]string{
		"Query.new":         {"", ""},
		"Query.old":         {"Use new. Goes after 2027-02-28.", "2027-02-28"},
		"Query.bare":        {"No longer supported", ""},
		"Query.new(old:)":   {"Use of. Removed after 2027-03-01.", "2027-03-01"},
		"Query.new(of:)":    {"", ""},
		"By.old":            {"Use new, soon.", ""},
		"Colour.OLD_RED":    {"Use RED. Removed after 2027-01-31, not before.", "2027-01-31"},
		"Query.gone":        {"", ""},
		"Query.gone(old:)":  {"", ""},
		"Query.new(gone:)":  {"", ""},
		"Gone.old":          {"", ""},
		"":                  {"", ""},
		"Query":             {"", ""},
		"Query.new(old:)x(": {"", ""},
	} {
		reason, day := transport.Deprecation(schema, coordinate)
		if got := [2]string{reason, day}; got != want {
			t.Errorf("%s: %q, want %q", coordinate, got, want)
		}
	}
}
