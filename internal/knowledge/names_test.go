package knowledge_test

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"goodpractice/internal/knowledge"
)

// schema is the text of schema.graphql.
func schema(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// inputs reads the input types of schema.graphql: their fields, each with the name of its type.
func inputs(t *testing.T) map[string]map[string]string {
	t.Helper()
	input := regexp.MustCompile(`(?ms)^input (\w+) \{\n(.*?)^\}`)
	field := regexp.MustCompile(`(?m)^  (\w+): \[?(\w+)`)
	out := map[string]map[string]string{}
	for _, m := range input.FindAllStringSubmatch(schema(t), -1) {
		out[m[1]] = map[string]string{}
		for _, f := range field.FindAllStringSubmatch(m[2], -1) {
			out[m[1]][f[1]] = f[2]
		}
	}
	return out
}

// The paths of problems are those of the inputs: every field that a path can name is a field of the
// input with which a client sends it.
func TestPathsAreThoseOfTheInputs(t *testing.T) {
	t.Parallel()
	all := inputs(t)
	kept := map[string]bool{ // By the program, by reviewers, or for each translation.
		"provenance": true, "publishedAt": true, "publishedRevision": true, "lastVerifiedAt": true, "verifiedBy": true, "verdict": true,
		"archivedReason": true, "accepted": true, "origin": true,
	}
	var check func(in string, v reflect.Type)
	check = func(in string, v reflect.Type) {
		for f := range v.Fields() {
			name, inner := inputName(f), f.Type
			for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice {
				inner = inner.Elem()
			}
			isEntryText := name == "texts" && in != "CreateEventInput" && in != "CreateStudyInput"
			switch {
			case name == "-" || kept[name] || inner == reflect.TypeFor[knowledge.Meta]():
			case f.Anonymous || isEntryText:
				check(in, inner)
			case all[in][name] == "":
				t.Errorf("%s has no field %s, which %s.%s is called in paths", in, name, v.Name(), f.Name)
			case inner.Kind() == reflect.Struct && inner != reflect.TypeFor[time.Time]():
				check(all[in][name], inner)
			}
		}
	}
	for kind, name := range map[knowledge.Kind]string{
		knowledge.KindPractice: "Practice", knowledge.KindLesson: "Lesson", knowledge.KindRecommendation: "Recommendation",
		knowledge.KindAuthority: "Authority", knowledge.KindCountry: "Country", knowledge.KindTheme: "Theme",
		knowledge.KindTargetGroup: "TargetGroup", knowledge.KindEvent: "Event", knowledge.KindStudy: "Study",
		knowledge.KindOrganisation: "Organisation",
	} {
		in := "Create" + name + "Input"
		if len(all[in]) < 5 {
			t.Fatalf("schema.graphql has no %s", in)
		}
		check(in, reflect.TypeOf(knowledge.New(kind)).Elem())
	}
}

// The values of the enumerations are those that the schema describes, in the same order.
func TestEnumerationsAreThoseOfTheSchema(t *testing.T) {
	t.Parallel()
	enum := regexp.MustCompile(`(?ms)^enum (\w+) \{\n(.*?)^\}`)
	value := regexp.MustCompile(`(?m)^  ([A-Z0-9_]+)\b`)
	described := map[string][]string{}
	for _, m := range enum.FindAllStringSubmatch(schema(t), -1) {
		for _, v := range value.FindAllStringSubmatch(m[2], -1) {
			described[m[1]] = append(described[m[1]], v[1])
		}
	}
	for _, name := range append(stringTypes(t, "enum.go"), "LabelKind") {
		if name == "Relation" {
			continue // Its links are named one by one where they are in the schema.
		}
		if diff := cmp.Diff(described[name], knowledge.EnumValues(name)); diff != "" {
			t.Errorf("%s (-schema.graphql +enum_values.go):\n%s", name, diff)
		}
	}
	sorted := cmpopts.SortSlices(strings.Compare)
	for name, in := range map[string]string{"Action": "Action", "FacetField": "FacetField", "ProblemCode": "UserErrorCode", "EditorialStatus": "EditorialStatus"} {
		if diff := cmp.Diff(described[in], constants(t, name), sorted); diff != "" {
			t.Errorf("%s (-schema.graphql +constants):\n%s", name, diff)
		}
	}
}
