package graph_test

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// walker writes queries that select every field there is, from the schema.
type walker struct{ schema *ast.Schema }

// query is an operation that selects one root field and everything below it.
func (w walker) query(field string, hops int) string {
	f := w.schema.Query.Fields.ForName(field)
	return w.operation(field+w.arguments(f), w.body(w.schema.Types[f.Type.Name()], hops))
}

// record is an operation that selects everything of one record of a type, by its id.
func (w walker) record(typeName string, hops int) string {
	return w.operation("node(id: $id)", "{ __typename ... on "+typeName+" { "+w.fields(w.schema.Types[typeName], hops, "")+"} }")
}

// lookup is an operation that asks for one record by the argument of a root field that names it.
func (w walker) lookup(field, argument string, hops int) string {
	f := w.schema.Query.Fields.ForName(field)
	return w.operation(field+"("+argument+": $"+argument+")", w.body(w.schema.Types[f.Type.Name()], hops))
}

// operation declares the variables that a selection uses.
func (w walker) operation(field, body string) string {
	var declared []string
	for name, shape := range map[string]string{
		"$filter": "EntryFilter", "$id": "ID!", "$ids": "[ID!]!", "$slug": "String", "$text": "String",
		"$code": "CountryCode!", "$by": "[FacetField!]!", "$prefix": "String!",
	} {
		if uses(field+body, name) {
			declared = append(declared, name+": "+shape)
		}
	}
	if len(declared) == 0 {
		return "{ " + field + " " + body + "}"
	}
	slices.Sort(declared)
	return "query (" + strings.Join(declared, ", ") + ") { " + field + " " + body + "}"
}

// uses tells whether a text uses a variable.
func uses(text, variable string) bool {
	return strings.Contains(text, variable+" ") || strings.Contains(text, variable+")")
}

// arguments gives a field those arguments that it needs, and the filter that shows every editorial state.
func (w walker) arguments(f *ast.FieldDefinition) string {
	var given []string
	for _, a := range f.Arguments {
		switch {
		case a.Name == "filter", a.Name == "text" && a.Type.Name() == "String":
			given = append(given, a.Name+": $"+a.Name+" ")
		case !a.Type.NonNull || a.DefaultValue != nil:
		case a.Name == "languages":
			given = append(given, `languages: ["en"]`)
		default:
			given = append(given, a.Name+": $"+a.Name+" ")
		}
	}
	if len(given) == 0 {
		return ""
	}
	return "(" + strings.Join(given, ", ") + ")"
}

// body selects what a field of the type answers. A record is followed for the number of hops; after that only its id is
// asked for.
func (w walker) body(d *ast.Definition, hops int) string {
	switch {
	case d.Kind == ast.Scalar || d.Kind == ast.Enum:
		return ""
	case w.isRecord(d) && hops == 0:
		return "{ __typename ... on Node { id } } "
	case w.isRecord(d) && d.Kind == ast.Object:
		return "{ " + w.fields(d, hops-1, "") + "} "
	case w.isRecord(d):
		var b strings.Builder
		b.WriteString("{ __typename ")
		for _, possible := range w.schema.PossibleTypes[d.Name] {
			b.WriteString("... on " + possible.Name + " { " + w.fields(possible, hops-1, possible.Name+"_") + "} ")
		}
		return b.String() + "} "
	case strings.HasSuffix(d.Name, "Edge") && !strings.HasPrefix(d.Name, "Search"):
		return "{ cursor } " // Its node is among the nodes.
	default:
		return "{ " + w.fields(d, hops, "") + "} "
	}
}

// fields selects every field of a type. The prefix keeps apart what has the same name in other types of one selection.
func (w walker) fields(d *ast.Definition, hops int, prefix string) string {
	var b strings.Builder
	for _, f := range d.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		if prefix != "" {
			b.WriteString(prefix + f.Name + ": ")
		}
		b.WriteString(f.Name + w.arguments(f) + " ")
		b.WriteString(w.body(w.schema.Types[f.Type.Name()], hops))
	}
	return b.String()
}

// isRecord tells whether values of the type are records that can be followed.
func (w walker) isRecord(d *ast.Definition) bool {
	return d.Kind == ast.Union || d.Name == "Node" || slices.Contains(d.Interfaces, "Node")
}
