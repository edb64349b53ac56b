package knowledge_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
)

// parsed gives the declarations of a file of the package.
func parsed(t *testing.T, name string) []ast.Decl {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return file.Decls
}

// sources lists the package's files without its tests.
func sources(t *testing.T) []string {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".go") && !strings.HasSuffix(f.Name(), "_test.go") {
			out = append(out, f.Name())
		}
	}
	return out
}

// constants lists the values of the constants of a type, as the sources of the package declare them.
func constants(t *testing.T, typeName string) []string {
	t.Helper()
	var out []string
	for _, name := range sources(t) {
		for _, decl := range parsed(t, name) {
			group, ok := decl.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST {
				continue
			}
			for _, spec := range group.Specs {
				value, _ := spec.(*ast.ValueSpec)
				if ident, ok := value.Type.(*ast.Ident); !ok || ident.Name != typeName {
					continue
				}
				text, err := strconv.Unquote(value.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, text)
			}
		}
	}
	if len(out) == 0 {
		t.Fatalf("no constants of type %s", typeName)
	}
	return out
}

// stringTypes lists the types of a file whose underlying type is string.
func stringTypes(t *testing.T, name string) []string {
	t.Helper()
	var out []string
	for _, decl := range parsed(t, name) {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.TYPE {
			continue
		}
		for _, spec := range group.Specs {
			named, _ := spec.(*ast.TypeSpec)
			if ident, ok := named.Type.(*ast.Ident); ok && ident.Name == "string" {
				out = append(out, named.Name.Name)
			}
		}
	}
	return out
}

func TestEveryEnumerationHasItsValues(t *testing.T) {
	t.Parallel()
	types := append(stringTypes(t, "enum.go"), "LabelKind")
	if len(types) < 30 {
		t.Fatalf("enum.go has the types %v only", types)
	}
	for _, name := range types {
		if name == "Relation" {
			continue // Not stored: its values are constants, and TestEveryRelationHasTargets looks at them.
		}
		values := knowledge.EnumValues(name)
		if len(values) < 2 {
			t.Errorf("%s has the values %v in enum_values.go", name, values)
		}
		if slices.Contains(values, "") || len(slices.Compact(slices.Sorted(slices.Values(values)))) != len(values) {
			t.Errorf("%s has an empty value or one twice: %v", name, values)
		}
	}
}

func TestConstantsAreValuesOfTheirEnumeration(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"EditorialStatus", "TextOrigin", "ContributorRole", "DatePrecision", "EvidenceLevel", "ContactVisibility", "Role", "LabelKind"} {
		for _, value := range constants(t, name) {
			if value != "" && !slices.Contains(knowledge.EnumValues(name), value) {
				t.Errorf("the constant %s of type %s is none of %v", value, name, knowledge.EnumValues(name))
			}
		}
	}
}

func TestEnumValuesOfUnknownName(t *testing.T) {
	t.Parallel()
	if got := knowledge.EnumValues("Colour"); got != nil {
		t.Errorf(`EnumValues("Colour") = %v, want nil`, got)
	}
}

func TestEveryRelationHasTargets(t *testing.T) {
	t.Parallel()
	for _, name := range constants(t, "Relation") {
		targets := knowledge.Relation(name).Targets()
		if len(targets) == 0 {
			t.Errorf("%s points at no kind", name)
		}
		for _, kind := range targets {
			if knowledge.New(kind) == nil {
				t.Errorf("%s points at the unknown kind %q", name, kind)
			}
		}
	}
	if got := knowledge.Relation("FRIEND").Targets(); got != nil {
		t.Errorf("an unknown relation points at %v", got)
	}
}

// A link may only go round in a circle where both ends are of the same kind.
func TestAcyclicRelations(t *testing.T) {
	t.Parallel()
	want := []string{"BROADER", "INSPIRED_BY", "PARENT", "REPLACED_BY", "SUPERSEDED_BY", "SUPERSEDES", "VARIANT_OF"}
	var got []string
	for _, name := range constants(t, "Relation") {
		if knowledge.Relation(name).Acyclic() {
			got = append(got, name)
		}
	}
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("acyclic relations = %v, want %v", got, want)
	}
}

func TestEveryKindIsListed(t *testing.T) {
	t.Parallel()
	for _, kind := range constants(t, "Kind") {
		if !slices.Contains(knowledge.Kinds(), knowledge.Kind(kind)) {
			t.Errorf("Kinds() lacks %s", kind)
		}
	}
	for _, field := range constants(t, "FacetField") {
		if !slices.Contains(knowledge.FacetFields(), knowledge.FacetField(field)) {
			t.Errorf("FacetFields() lacks %s", field)
		}
	}
}
