package search_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	kt "goodpractice/internal/knowledgetest"
	"goodpractice/internal/search"
)

// The fingerprint of the mapping is taken from specimens: a field that they lack could begin to be
// indexed without the index being made again.
func TestASpecimenHasEveryField(t *testing.T) {
	t.Parallel()
	for _, kind := range knowledge.Kinds() {
		want, got := encodedPaths(t, kt.Fill(kind, 1)), encodedPaths(t, search.Specimen(kind, kind))
		for path := range want {
			if !got[path] {
				t.Errorf("the specimen of a %s has no %s", kind.Noun(), path)
			}
		}
		if len(want) < 5 {
			t.Errorf("a %s has %d fields", kind.Noun(), len(want))
		}
	}
}

func TestTheIndexTakesAsMuchOfASpecimenAsOfARecord(t *testing.T) {
	t.Parallel()
	fieldsOf, err := search.FieldLister()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range knowledge.Kinds() {
		var got []string
		for _, linked := range knowledge.Kinds() {
			got = append(got, fieldsOf(knowledge.Indexable{Entity: search.Specimen(kind, linked)})...)
		}
		for _, field := range fieldsOf(knowledge.Indexable{Entity: kt.Fill(kind, 1)}) {
			class, _, isText := strings.Cut(field, "_") // One text is in English, where another is in Serbian.
			if !slices.ContainsFunc(got, func(f string) bool { return f == field || isText && strings.HasPrefix(f, class+"_") }) {
				t.Errorf("of a %s, %s is indexed, and not of its specimen", kind.Noun(), field)
			}
		}
	}
}

// encodedPaths lists the paths at which something is stored.
func encodedPaths(t *testing.T, e knowledge.Entity) map[string]bool {
	t.Helper()
	b, err := knowledge.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(b, &value); err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	var walk func(value any, path string)
	walk = func(value any, path string) {
		switch x := value.(type) {
		case map[string]any:
			for name, inner := range x {
				walk(inner, path+"."+name)
			}
		case []any:
			for _, inner := range x {
				walk(inner, path+".0")
			}
		default:
			out[path] = true
		}
	}
	walk(value, "")
	return out
}

// The fields that keep no value are told apart by the terms that the analysis makes.
func TestAnotherAnalysisIsAnotherFingerprint(t *testing.T) {
	t.Parallel()
	same, err := search.SpecimensWith()
	if err != nil {
		t.Fatal(err)
	}
	for name, replaced := range map[string][]string{
		"a label":        {"social housing", "public flats"},
		"a broader term": {`"broader": ["#specimen"], `, ""},
	} {
		if other, err := search.SpecimensWith(replaced...); err != nil || other == same {
			t.Errorf("%s changes nothing: %v", name, err)
		}
	}
	english, croatian := search.SpecimenTerms("en"), search.SpecimenTerms("hr")
	for _, want := range []string{
		"title_x", "title_en", "title_c", "lexis_en", "length_title", // fields
		"\nhous", "\nsummaries1", "narrower-specimen1", "specimen2", "lodz1 ", // terms
	} {
		if !strings.Contains(english, want) {
			t.Errorf("the analysis of a text in English lacks %q:\n%s", want, english)
		}
	}
	if english == croatian {
		t.Error("the language makes no difference")
	}
}
