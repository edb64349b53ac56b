package transport

import (
	"regexp"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Deprecation tells why something is deprecated, and until the end of which day it stays at least (YYYY-MM-DD, empty
// where the reason names none). The thing is named by its schema coordinate, such as Practice.oldField,
// Query.practices(old:) or Theme.OLD_VALUE; both are empty for what is not deprecated, or not there any more.
func Deprecation(schema *ast.Schema, coordinate string) (reason, removedAfter string) {
	why := deprecationOf(directivesOf(schema, coordinate))
	if day := removalDay.FindStringSubmatch(why); day != nil {
		removedAfter = day[1]
	}
	return why, removedAfter
}

// removalDay is how a reason says when: "Removed after 2027-03-01." or "Goes after 2027-03-01.".
var removalDay = regexp.MustCompile(`(?i)\b(?:removed|goes) after (\d{4}-\d{2}-\d{2})\b`)

// deprecationOf is the reason of @deprecated among the directives; empty where it is not there.
func deprecationOf(directives ast.DirectiveList) string {
	d := directives.ForName("deprecated")
	if d == nil {
		return ""
	}
	if reason := d.Arguments.ForName("reason"); reason != nil && reason.Value != nil {
		return reason.Value.Raw
	}
	return "No longer supported"
}

// directivesOf finds the directives of what a coordinate names.
func directivesOf(schema *ast.Schema, coordinate string) ast.DirectiveList {
	typeName, member, _ := strings.Cut(coordinate, ".")
	definition := schema.Types[typeName]
	if definition == nil {
		return nil
	}
	member, argument, _ := strings.Cut(strings.TrimSuffix(member, ":)"), "(")
	if value := definition.EnumValues.ForName(member); value != nil {
		return value.Directives
	}
	field := definition.Fields.ForName(member)
	switch {
	case field == nil:
		return nil
	case argument == "":
		return field.Directives
	}
	if a := field.Arguments.ForName(argument); a != nil {
		return a.Directives
	}
	return nil
}
