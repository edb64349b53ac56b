package knowledge_test

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// leaf is a value somewhere in a record that holds no other value.
type leaf struct {
	path  []string
	value reflect.Value
}

// leaves lists every stored value of an entity but its head, with the paths that clients know.
func leaves(e knowledge.Entity) []leaf {
	var out []leaf
	var source knowledge.LanguageTag
	if entry, ok := e.(knowledge.Entry); ok {
		source = entry.Core().SourceLanguage
	}
	var walk func(v reflect.Value, path []string)
	walk = func(v reflect.Value, path []string) {
		switch {
		case v.Type() == reflect.TypeFor[knowledge.Meta]() || v.Type() == reflect.TypeFor[time.Time]():
		case v.Kind() == reflect.Pointer:
			walk(v.Elem(), path)
		case v.Kind() == reflect.Slice:
			for i := range v.Len() {
				step := append(slices.Clone(path), strconv.Itoa(i))
				if slices.Equal(path, []string{"texts"}) && source != "" {
					step = nil
					if l := v.Index(i).FieldByName("Language").String(); l != string(source) {
						step = []string{"texts", l}
					}
				}
				walk(v.Index(i), step)
			}
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				f := v.Type().Field(i)
				switch name := inputName(f); {
				case name == "-":
				case f.Anonymous:
					walk(v.Field(i), path)
				default:
					walk(v.Field(i), append(slices.Clone(path), name))
				}
			}
		default:
			out = append(out, leaf{path, v})
		}
	}
	walk(reflect.ValueOf(e).Elem(), nil)
	return out
}

// eachLeaf calls the test for each leaf of each kind in turn, on a filled record whose other values are as they were.
func eachLeaf(t *testing.T, test func(e knowledge.Entity, l leaf)) {
	t.Helper()
	for _, kind := range knowledge.Kinds() {
		e := knowledgetest.Fill(kind, 1)
		all := leaves(e)
		if len(all) < 5 {
			t.Fatalf("%s has %d leaves only", kind, len(all))
		}
		for _, l := range all {
			before := reflect.ValueOf(l.value.Interface())
			test(e, l)
			l.value.Set(before)
		}
		if err := e.Problems().Err(); err != nil {
			t.Fatalf("%s was not left as it was: %v", kind, err)
		}
	}
}

// A field that a newcomer adds is covered here without being named: whatever is text must be refused
// with control characters in it, by a problem that names it.
func TestEveryTextRefusesControlCharacters(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string]string{"control character": "a\x01b", "invalid UTF-8": "a\xffb", "NUL": "\x00", "C1 control": "a\u0085b"} {
		eachLeaf(t, func(e knowledge.Entity, l leaf) {
			if l.value.Kind() != reflect.String || l.value.Type() == reflect.TypeFor[knowledge.ID]() {
				return // Ids are looked up: TestReferencesNameEveryID.
			}
			l.value.SetString(bad)
			want := strings.Join(l.path, ".")
			if len(l.path) > 1 && l.path[0] == "texts" && l.path[len(l.path)-1] == "language" && l.path[1] == "sr-Cyrl" {
				want = "texts." + bad + ".language" // Other blocks are named by their language.
			}
			problems := e.Problems()
			if !slices.ContainsFunc(problems, func(p knowledge.Problem) bool {
				got := strings.Join(p.Path, ".")
				return got == want || strings.HasSuffix(want, "language") && strings.HasSuffix(got, "language")
			}) {
				t.Errorf("%s in %s at %s: problems %v, want one that names it", name, e.Kind(), want, told(problems))
			}
		})
	}
}

func TestEveryTextIsLimited(t *testing.T) {
	t.Parallel()
	eachLeaf(t, func(e knowledge.Entity, l leaf) {
		if l.value.Type() != reflect.TypeFor[string]() {
			return // Every other type has a form that is checked.
		}
		l.value.SetString(strings.Repeat("a", knowledge.MaxText+1))
		want := strings.Join(l.path, ".")
		if !slices.ContainsFunc(e.Problems(), func(p knowledge.Problem) bool { return strings.Join(p.Path, ".") == want }) {
			t.Errorf("%d characters in %s at %s are accepted", knowledge.MaxText+1, e.Kind(), want)
		}
	})
}

func TestEveryNumberIsChecked(t *testing.T) {
	t.Parallel()
	eachLeaf(t, func(e knowledge.Entity, l leaf) {
		name := strings.Join(l.path, ".")
		if name == "publishedRevision" {
			return // Kept by the program.
		}
		var values []func()
		switch l.value.Kind() {
		case reflect.Float64:
			for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
				values = append(values, func() { l.value.SetFloat(f) })
			}
		case reflect.Int:
			for _, n := range []int64{-1, math.MaxInt32 + 1} {
				values = append(values, func() { l.value.SetInt(n) })
			}
		default:
			return
		}
		for _, set := range values {
			set()
			expect(t, e.Problems(), name+" OUT_OF_RANGE")
		}
	})
}

func TestEveryEnumerationRefusesOtherValues(t *testing.T) {
	t.Parallel()
	eachLeaf(t, func(e knowledge.Entity, l leaf) {
		if knowledge.EnumValues(l.value.Type().Name()) == nil {
			return
		}
		name := strings.Join(l.path, ".")
		for bad, code := range map[string]string{"NO_SUCH_VALUE": " UNKNOWN", "": " REQUIRED"} {
			l.value.SetString(bad)
			if problems := e.Problems(); !slices.Contains(told(problems), name+code) {
				t.Errorf("%q in %s at %s: problems %v, want %s", bad, e.Kind(), name, told(problems), code)
			}
		}
	})
}

func TestEveryListIsLimited(t *testing.T) {
	t.Parallel()
	for _, kind := range knowledge.Kinds() {
		v := reflect.ValueOf(knowledgetest.Fill(kind, 1)).Elem()
		for _, f := range reflect.VisibleFields(v.Type()) {
			if f.Type.Kind() != reflect.Slice || len(f.Index) > 1 && v.Type().Field(f.Index[0]).Tag.Get("json") == "-" {
				continue
			}
			limit := knowledge.MaxItems
			if f.Name == "Memberships" {
				limit = knowledge.MaxMembership
			}
			if f.Name == "AllowedOrigins" {
				limit = knowledge.MaxOrigins
			}
			for _, n := range []int{limit, limit + 1} {
				e := knowledgetest.Fill(kind, 1)
				list := reflect.ValueOf(e).Elem().FieldByIndex(f.Index)
				grown := reflect.MakeSlice(f.Type, n, n)
				for i := range n {
					grown.Index(i).Set(list.Index(i % list.Len()))
				}
				list.Set(grown)
				if got := slices.Contains(told(e.Problems()), inputName(f)+" TOO_MANY"); got != (n > limit) {
					t.Errorf("%d items in %s of %s: refused = %v", n, inputName(f), kind, got)
				}
			}
		}
	}
}
