package graph_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"goodpractice/graph"
)

// parsed is the schema that the program was generated from.
func parsed(t *testing.T) *ast.Schema {
	t.Helper()
	return load(t, graph.Schema())
}

func load(t *testing.T, text string) *ast.Schema {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: text})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestSchemaIsTheCommittedFile(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("../schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(file), graph.Schema()); diff != "" {
		t.Errorf("the program was generated from another schema, run go generate (- file, + program):\n%.2000s", diff)
	}
}

func TestSchemaFollowsTheStyle(t *testing.T) {
	t.Parallel()
	for _, fault := range styleFaults(parsed(t)) {
		t.Error(fault)
	}
}

func TestStyleFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, want string
	}{
		{"nothing wrong", ``, ""},
		{"a type without description", `type Thing { "Its name." name: String! }`, "Thing has no description"},
		{"a field without description", `"A thing." type Thing { name: String! }`, "Thing.name has no description"},
		{"an argument without description", `"A thing." type Thing { "Its name." name(in: String): String! }`, "Thing.name(in) has no description"},
		{"a value without description", `"A thing." enum Thing { A }`, "Thing.A has no description"},
		{"a description without its full stop", `"A thing" enum Thing { "First." A }`, "Thing: the description does not end with a full stop"},
		{"an undated deprecation", `"A thing." enum Thing { "First." A @deprecated(reason: "Use B.") "Second." B }`, "Thing.A: the deprecation does not say"},
		{"a scalar without specification", `"A thing." scalar Thing`, "Thing has no @specifiedBy"},
		{"a type in lower case", `"A thing." enum thing { "First." A }`, "thing is not in PascalCase"},
		{"a type that says it is one", `"A thing." enum ThingEnum { "First." A }`, "ThingEnum says what sort of type it is"},
		{"a field in snake case", `"A thing." type Thing { "A place." a_place: String! }`, "Thing.a_place is not in camelCase"},
		{"a field that gets", `"A thing." type Thing { "A place." getPlace: String! }`, "Thing.getPlace begins with get"},
		{"a boolean that asks nothing", `"A thing." type Thing { "Open." open: Boolean! }`, "Thing.open is a boolean"},
		{"a value in lower case", `"A thing." enum Thing { "First." first }`, "Thing.first is not in SCREAMING_SNAKE_CASE"},
		{"an id in the place of a record", `"A thing." type Thing { "The place." placeId: ID! }`, "Thing.placeId is an id"},
		{"a connection without edges", `"A page." type ThingConnection { "All." totalCount: Int! }`, "ThingConnection.edges is not"},
		{"a list without paging", `"A thing." type Thing { "Parts." parts: PartConnection! } ` + partConnection, "Thing.parts has no argument first"},
		{"a mutation with bare arguments", `extend type Mutation { "Does." do("What." name: String!): DoPayload! } "What it answers." type DoPayload { "Why not." userErrors: [UserError!]! }`, "Mutation.do does not take"},
		{"a payload without a token", `extend type Mutation { "Does." do("What." input: DoInput!): DoPayload! } "What." input DoInput { "It." name: String } "What it answers." type DoPayload { "Why not." userErrors: [UserError!]! }`, "DoPayload.consistencyToken is not"},
		{"a payload without errors", `extend type Mutation { "Does." do("What." input: DoInput!): DoPayload! } "What." input DoInput { "It." name: String } "What it answers." type DoPayload { "Whether." isDone: Boolean! }`, "DoPayload.userErrors is not"},
		{"an update without revision", `"What." input UpdateThingInput { "It." id: ID! }`, "UpdateThingInput.revision is not"},
		{"a user error without code", `"Worse." type WorseError implements UserError { "What." message: String! "Where." path: [String!]! "Why." code: Int! }`, ""},
		{"a noun that is no node", `"A thing." type Thing { "Its id." id: ID! "Its slug." slug: String! }`, "Thing is no Node"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := styleFaults(load(t, soundSchema+test.text))
			switch {
			case test.want == "" && len(got) == 0:
			case test.want != "" && strings.Contains(strings.Join(got, "\n"), test.want):
			default:
				t.Errorf("styleFaults = %q, want one with %q", got, test.want)
			}
		})
	}
}

const soundSchema = `
"What can be read." type Query {
	"A record." node("Its id." id: ID!): Node
	"Records." nodes("Their ids." ids: [ID!]!): [Node]!
}
"What can be changed." type Mutation {
	"Nothing." wait("How." input: WaitInput!): WaitPayload!
}
"How." input WaitInput { "How long." seconds: Int }
"What it answers." type WaitPayload { "What state." consistencyToken: String! "Why not." userErrors: [UserError!]! }
"Why not." interface UserError { "What." message: String! "Where." path: [String!]! "Why." code: Int! }
"A record." interface Node { "Its id." id: ID! }
"More." type PageInfo { "After." hasNextPage: Boolean! "Before." hasPreviousPage: Boolean! "First." startCursor: String "Last." endCursor: String }
`

const partConnection = `"A part." type Part implements Node { "Its id." id: ID! }
"A page." type PartConnection { "Edges." edges: [PartEdge!]! "Nodes." nodes: [Part!]! "More." pageInfo: PageInfo! "All." totalCount: Int! }
"An edge." type PartEdge { "Where." cursor: String! "What." node: Part! }`
