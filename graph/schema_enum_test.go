package graph_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	gql "github.com/vektah/gqlparser/v2/ast"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// constants are the text constants of the domain by their type, read from its source: Go has no list of them.
func constants(t *testing.T) map[string][]string {
	t.Helper()
	files, err := filepath.Glob("../internal/knowledge/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no source of the domain: %v", err)
	}
	found := map[string][]string{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || spec.Type == nil || len(spec.Values) != 1 {
				return true
			}
			typ, isName := spec.Type.(*ast.Ident)
			value, isText := spec.Values[0].(*ast.BasicLit)
			if isName && isText && value.Kind == token.STRING {
				s, _ := strconv.Unquote(value.Value)
				found[typ.Name] = append(found[typ.Name], s)
			}
			return true
		})
	}
	return found
}

// domainValues are the values that the domain has for each enumeration of the schema.
func domainValues(t *testing.T, enum string) []string {
	t.Helper()
	if values := knowledge.EnumValues(enum); values != nil {
		return values
	}
	known := constants(t)
	switch enum {
	case "EntryKind":
		return slices.DeleteFunc(known["Kind"], func(s string) bool { return !knowledge.Kind(s).IsEntry() })
	case "RecordKind": // Tokens and the like are never public.
		return slices.DeleteFunc(known["Kind"], func(s string) bool { return s == string(knowledge.KindToken) || s == "PARTNER" })
	case "OrderDirection":
		return []string{string(relay.Ascending), string(relay.Descending)}
	case "EntryOrderField":
		return known["OrderField"]
	case "NounOrderField": // Other records have neither a year nor a day of publication.
		return slices.DeleteFunc(known["OrderField"], func(s string) bool { return s == "YEAR" || s == "PUBLISHED_AT" })
	case "EntryRelation": // The links that a mutation of their own makes: those whose targets are records named by id.
		return []string{
			string(knowledge.RelComesFrom), string(knowledge.RelRestsOn), string(knowledge.RelAdoptedAt),
			string(knowledge.RelSupersededBy), string(knowledge.RelVariantOf), string(knowledge.RelInspiredBy),
			string(knowledge.RelSupersedes),
		}
	case "UserErrorCode":
		return known["ProblemCode"]
	default:
		return known[enum]
	}
}

func TestEnumerationsAreThoseOfTheDomain(t *testing.T) {
	t.Parallel()
	checked := 0
	for name, d := range parsed(t).Types {
		if d.Kind != gql.Enum || d.BuiltIn || strings.HasPrefix(name, "__") {
			continue
		}
		checked++
		var values []string
		for _, v := range d.EnumValues {
			values = append(values, v.Name)
		}
		domain := domainValues(t, name)
		slices.Sort(values)
		slices.Sort(domain)
		if diff := cmp.Diff(domain, values); diff != "" {
			t.Errorf("%s (- domain, + schema):\n%s", name, diff)
		}
	}
	if checked < 40 {
		t.Errorf("only %d enumerations were found", checked)
	}
}

func TestEveryEnumerationOfTheDomainIsInTheSchema(t *testing.T) {
	t.Parallel()
	schema := parsed(t)
	file, err := parser.ParseFile(token.NewFileSet(), "../internal/knowledge/enum.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok || knowledge.EnumValues(spec.Name.Name) == nil {
			return true
		}
		checked++
		if d := schema.Types[spec.Name.Name]; d == nil || d.Kind != gql.Enum {
			t.Errorf("%s is not in the schema", spec.Name.Name)
		}
		return true
	})
	if checked < 30 {
		t.Errorf("only %d enumerations were found", checked)
	}
}
