package knowledge_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/knowledge"
)

// told lists problems as "path CODE", which is what clients rely on.
func told(problems knowledge.Problems) []string {
	out := []string{}
	for _, p := range problems {
		out = append(out, strings.Join(p.Path, ".")+" "+string(p.Code))
	}
	return out
}

// expect compares problems with a list of "path CODE", and wants a sentence with each.
func expect(t *testing.T, got knowledge.Problems, want ...string) {
	t.Helper()
	if want == nil {
		want = []string{}
	}
	if diff := cmp.Diff(want, told(got)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	for _, p := range got {
		if !strings.HasSuffix(p.Message, ".") {
			t.Errorf("the message %q is no sentence", p.Message)
		}
	}
}

// inputName is what clients call the field: the tag "input", or else the stored name.
func inputName(f reflect.StructField) string {
	if name := f.Tag.Get("input"); name != "" {
		return name
	}
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// finder knows the slugs given and no others; a slug that is called "no" never exists.
func finder(kind knowledge.Kind, name string) (knowledge.ID, bool) {
	return knowledge.DeriveID(kind, "test", name), name != "no" && name != ""
}

// encoded is the entity as it is stored.
func encoded(t *testing.T, e knowledge.Entity) string {
	t.Helper()
	b, err := knowledge.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
