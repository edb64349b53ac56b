package graph_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
)

var removedAfter = regexp.MustCompile(`(?:^|\s)Removed after (\d{4}-\d\d-\d\d)\.$`)

// deadline is the last day that the reason of a deprecation promises.
func deadline(reason string) (time.Time, bool) {
	match := removedAfter.FindStringSubmatch(reason)
	if match == nil {
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, match[1])
	return day, err == nil
}

// deadlinesOf are the deadlines by schema coordinate.
func deadlinesOf(schema *ast.Schema) map[string]time.Time {
	deadlines := make(map[string]time.Time)
	for coordinate, reason := range deprecations(schema) {
		if day, ok := deadline(reason); ok {
			deadlines[coordinate] = day
		}
	}
	maps.Copy(deadlines, typeDeadlines(schema, deadlines))
	return deadlines
}

// deprecations are the reasons of what is deprecated, by schema coordinate.
func deprecations(schema *ast.Schema) map[string]string {
	found := make(map[string]string)
	note := func(coordinate string, directives ast.DirectiveList) {
		if deprecated := directives.ForName("deprecated"); deprecated != nil {
			found[coordinate] = ""
			if reason := deprecated.Arguments.ForName("reason"); reason != nil {
				found[coordinate] = reason.Value.Raw
			}
		}
	}
	for name, definition := range schema.Types {
		for _, field := range definition.Fields {
			note(name+"."+field.Name, field.Directives)
			for _, argument := range field.Arguments {
				note(argumentCoordinate(name, field.Name, argument.Name), argument.Directives)
			}
		}
		for _, value := range definition.EnumValues {
			note(name+"."+value.Name, value.Directives)
		}
	}
	return found
}

// typeDeadlines are the deadlines of types. Types have no @deprecated: one may go when everything that gives or takes it
// may go, or is part of another type that may go with it. Its day is the last of theirs.
func typeDeadlines(schema *ast.Schema, elements map[string]time.Time) map[string]time.Time {
	going := make(map[string]time.Time)
	for name, definition := range schema.Types {
		root := definition == schema.Query || definition == schema.Mutation || definition == schema.Subscription
		if !root && !definition.BuiltIn {
			going[name] = time.Time{}
		}
	}
	mentions := mentionsOf(schema)
	for changed := true; changed; {
		changed = false
		for _, name := range slices.Sorted(maps.Keys(going)) {
			for _, m := range mentions[name] {
				day, ok := elements[m.coordinate]
				if !ok {
					day, ok = going[m.owner]
				}
				if !ok {
					delete(going, name)
					changed = true
					break
				}
				if day.After(going[name]) {
					going[name], changed = day, true
				}
			}
		}
	}
	return going
}

// mention is a place that gives or takes a type.
type mention struct{ coordinate, owner string }

// mentionsOf are the places by type. What gives an interface or a union gives each of its types too.
func mentionsOf(schema *ast.Schema) map[string][]mention {
	mentions := make(map[string][]mention)
	note := func(of *ast.Type, m mention) {
		name := of.Name()
		mentions[name] = append(mentions[name], m)
		if definition := schema.Types[name]; definition != nil && definition.IsAbstractType() {
			for _, possible := range schema.GetPossibleTypes(definition) {
				mentions[possible.Name] = append(mentions[possible.Name], m)
			}
		}
	}
	for name, definition := range schema.Types {
		for _, field := range definition.Fields {
			note(field.Type, mention{name + "." + field.Name, name})
			for _, argument := range field.Arguments {
				note(argument.Type, mention{argumentCoordinate(name, field.Name, argument.Name), name})
			}
		}
	}
	return mentions
}

// argumentCoordinate is the schema coordinate of an argument, as the GraphQL specification writes it.
func argumentCoordinate(owner, field, argument string) string {
	return fmt.Sprintf("%s.%s(%s:)", owner, field, argument)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
