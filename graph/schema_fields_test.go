package graph_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"goodpractice/internal/knowledge"
)

// texts are the blocks of texts, by the name of their noun in the schema.
func texts() map[string]reflect.Type {
	return map[string]reflect.Type{
		"Practice":       reflect.TypeFor[knowledge.PracticeText](),
		"Lesson":         reflect.TypeFor[knowledge.LessonText](),
		"Recommendation": reflect.TypeFor[knowledge.RecommendationText](),
		"Event":          reflect.TypeFor[knowledge.EventText](),
		"Study":          reflect.TypeFor[knowledge.StudyText](),
	}
}

// fieldsOf are the fields of a type of the schema without the ones named.
func fieldsOf(t *testing.T, schema *ast.Schema, name string, without ...string) []string {
	t.Helper()
	d := schema.Types[name]
	if d == nil {
		t.Fatalf("the schema has no %s", name)
	}
	var out []string
	for _, f := range d.Fields {
		if !slices.Contains(without, f.Name) {
			out = append(out, f.Name)
		}
	}
	return out
}

// lacks says which of the fields a type of the schema has not.
func lacks(t *testing.T, schema *ast.Schema, name string, fields []string) {
	t.Helper()
	have := fieldsOf(t, schema, name)
	for _, f := range fields {
		if !slices.Contains(have, f) {
			t.Errorf("%s has no field %s", name, f)
		}
	}
}

// What can be given when a record is made can be changed, and what can be changed can be read. That everything stored can
// be given is tested beside the domain.
func TestWhatIsGivenCanBeChangedAndRead(t *testing.T) {
	t.Parallel()
	schema := parsed(t)
	for _, kind := range knowledge.Kinds() {
		if kind == knowledge.KindToken {
			continue // Tokens are given out and ended, and never changed.
		}
		object := reflect.TypeOf(knowledge.New(kind)).Elem().Name()
		noun := strings.TrimSuffix(object, "Learnt")
		create, changes := "Create"+noun+"Input", noun+"Changes"
		if kind == knowledge.KindTheme || kind == knowledge.KindTargetGroup {
			changes = "ConceptChanges"
		}
		given := fieldsOf(t, schema, create, "language", "idempotencyKey", "dryRun")
		changed := fieldsOf(t, schema, changes, "clear")
		lacks(t, schema, changes, given)
		lacks(t, schema, create, changed)
		lacks(t, schema, object, changed)
	}
}

// Every text of a block can be read in any language, and written where translations are.
func TestEveryTextCanBeReadAndTranslated(t *testing.T) {
	t.Parallel()
	schema := parsed(t)
	for noun, block := range texts() {
		stored := slices.Sorted(maps.Keys(tagged(block)))
		lacks(t, schema, noun+"Text", stored)
		lacks(t, schema, noun+"TextInput", slices.DeleteFunc(stored, func(name string) bool {
			return name == "origin" || name == "language" && schema.Types[noun+"Changes"].Fields.ForName("texts") == nil
		}))
	}
}

// tagged are the stored names of the fields of a struct and of those embedded in it.
func tagged(v reflect.Type) map[string]bool {
	out := map[string]bool{}
	for f := range v.Fields() {
		if f.Anonymous {
			maps.Copy(out, tagged(f.Type))
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out[name] = true
	}
	return out
}
