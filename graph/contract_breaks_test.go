package graph_test

import (
	"fmt"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// broken is a change after which an operation that was right may no longer be.
type broken struct{ coordinate, what string }

// breaks finds what the GraphQL reference implementation calls a breaking change, sorted.
func breaks(released, current *ast.Schema) []broken {
	var found []broken
	for _, name := range sortedKeys(released.Types) {
		was, is := released.Types[name], current.Types[name]
		switch {
		case was.BuiltIn:
		case is == nil:
			found = append(found, broken{name, "was removed"})
		case was.Kind != is.Kind:
			found = append(found, broken{name, fmt.Sprintf("was %s and is %s", was.Kind, is.Kind)})
		default:
			found = append(found, typeBreaks(was, is)...)
		}
	}
	return found
}

// typeBreaks compares two definitions of a type, which are of one kind.
func typeBreaks(was, is *ast.Definition) []broken {
	var found []broken
	input := was.Kind == ast.InputObject
	for _, field := range was.Fields {
		now := is.Fields.ForName(field.Name)
		coordinate := was.Name + "." + field.Name
		switch {
		case now == nil:
			found = append(found, broken{coordinate, "was removed"})
			continue
		case !follows(field.Type, now.Type, input):
			found = append(found, broken{coordinate, fmt.Sprintf("was %s and is %s", field.Type, now.Type)})
		}
		found = append(found, argumentBreaks(was.Name, field, now)...)
	}
	if input {
		for _, field := range is.Fields {
			if was.Fields.ForName(field.Name) == nil && isRequired(field.Type, field.DefaultValue) {
				found = append(found, broken{was.Name + "." + field.Name, "is new and required"})
			}
		}
	}
	for _, value := range was.EnumValues {
		if is.EnumValues.ForName(value.Name) == nil {
			found = append(found, broken{was.Name + "." + value.Name, "was removed"})
		}
	}
	for _, member := range was.Types {
		if !slices.Contains(is.Types, member) {
			found = append(found, broken{was.Name, "no longer has " + member})
		}
	}
	for _, above := range was.Interfaces {
		if !slices.Contains(is.Interfaces, above) {
			found = append(found, broken{was.Name, "no longer implements " + above})
		}
	}
	return found
}

// argumentBreaks compares the arguments of a field.
func argumentBreaks(owner string, was, is *ast.FieldDefinition) []broken {
	var found []broken
	for _, argument := range was.Arguments {
		now := is.Arguments.ForName(argument.Name)
		coordinate := argumentCoordinate(owner, was.Name, argument.Name)
		switch {
		case now == nil:
			found = append(found, broken{coordinate, "was removed"})
		case !follows(argument.Type, now.Type, true):
			found = append(found, broken{coordinate, fmt.Sprintf("was %s and is %s", argument.Type, now.Type)})
		}
	}
	for _, argument := range is.Arguments {
		if was.Arguments.ForName(argument.Name) == nil && isRequired(argument.Type, argument.DefaultValue) {
			found = append(found, broken{argumentCoordinate(owner, was.Name, argument.Name), "is new and required"})
		}
	}
	return found
}

func isRequired(of *ast.Type, value *ast.Value) bool { return of.NonNull && value == nil }

// follows reports whether clients of the first type can go on with the second: what they are given may promise more, what
// they give may have to promise less.
func follows(was, is *ast.Type, input bool) bool {
	if was.NonNull != is.NonNull && was.NonNull != input {
		return false
	}
	if was.Elem == nil || is.Elem == nil {
		return was.Elem == is.Elem && was.NamedType == is.NamedType
	}
	return follows(was.Elem, is.Elem, input)
}
