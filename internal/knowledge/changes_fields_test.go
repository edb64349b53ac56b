package knowledge_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// changesOf makes empty changes for each kind that clients change.
func changesOf() map[knowledge.Kind]func() knowledge.Changes {
	return map[knowledge.Kind]func() knowledge.Changes{
		knowledge.KindPractice:       func() knowledge.Changes { return &knowledge.PracticeChanges{} },
		knowledge.KindLesson:         func() knowledge.Changes { return &knowledge.LessonChanges{} },
		knowledge.KindRecommendation: func() knowledge.Changes { return &knowledge.RecommendationChanges{} },
		knowledge.KindAuthority:      func() knowledge.Changes { return &knowledge.AuthorityChanges{} },
		knowledge.KindCountry:        func() knowledge.Changes { return &knowledge.CountryChanges{} },
		knowledge.KindTheme:          func() knowledge.Changes { return &knowledge.ConceptChanges{} },
		knowledge.KindTargetGroup:    func() knowledge.Changes { return &knowledge.ConceptChanges{} },
		knowledge.KindEvent:          func() knowledge.Changes { return &knowledge.EventChanges{} },
		knowledge.KindStudy:          func() knowledge.Changes { return &knowledge.StudyChanges{} },
		knowledge.KindPartner:        func() knowledge.Changes { return &knowledge.PartnerChanges{} },
		knowledge.KindOrganisation:   func() knowledge.Changes { return &knowledge.OrganisationChanges{} },
	}
}

// eachChange calls the test for each field of each sort of changes; set writes a value into it.
func eachChange(t *testing.T, test func(kind knowledge.Kind, c knowledge.Changes, field reflect.StructField, v reflect.Value)) {
	t.Helper()
	for kind, empty := range changesOf() {
		fields := reflect.VisibleFields(reflect.TypeOf(empty()).Elem())
		for _, f := range fields {
			if f.Anonymous || f.Name == "Clear" {
				continue
			}
			c := empty()
			test(kind, c, f, reflect.ValueOf(c).Elem().FieldByIndex(f.Index))
		}
	}
}

// blank is an entity with nothing but an id and, for an entry, an empty block of texts.
func blank(kind knowledge.Kind) knowledge.Entity {
	e := knowledge.New(kind)
	e.Head().ID = knowledge.DeriveID(kind, "blank")
	if entry, ok := e.(knowledge.Entry); ok {
		entry.Core().SourceLanguage, entry.Core().Licence = "en", knowledge.DefaultLicence
		knowledge.AddBlock(entry, "en", knowledge.OriginOriginal)
	}
	return e
}

// give sets a value, and everything in it, to something that is not zero.
func give(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		give(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		give(v.Index(0))
	case reflect.Struct:
		for _, field := range v.Fields() {
			if field.CanSet() {
				give(field)
			}
		}
	case reflect.String:
		v.SetString("x")
	case reflect.Int:
		v.SetInt(2001)
	case reflect.Float64:
		v.SetFloat(1)
	case reflect.Bool:
		v.SetBool(true)
	}
}

// A field of changes without a counterpart in the entity, or with one of another type, would be lost
// without a word.
func TestEveryChangeReachesTheEntity(t *testing.T) {
	t.Parallel()
	eachChange(t, func(kind knowledge.Kind, c knowledge.Changes, f reflect.StructField, v reflect.Value) {
		give(v)
		e := blank(kind)
		before := encoded(t, e)
		expect(t, c.Apply(e, "en", finder))
		if encoded(t, e) == before {
			t.Errorf("%s of %T does not reach the %s", f.Name, c, kind.Noun())
		}
	})
}

func TestNilChangesNothing(t *testing.T) {
	t.Parallel()
	for kind, empty := range changesOf() {
		e := knowledgetest.Fill(kind, 1)
		before := encoded(t, e)
		expect(t, empty().Apply(e, "en", finder))
		if after := encoded(t, e); after != before {
			t.Errorf("empty changes made of %s\n%s", before, after)
		}
	}
}

// An empty text or list clears what it is given for: nothing of it stays, not even an empty text
// where there was none before.
func TestEmptyClears(t *testing.T) {
	t.Parallel()
	eachChange(t, func(kind knowledge.Kind, c knowledge.Changes, f reflect.StructField, v reflect.Value) {
		switch {
		case v.Kind() == reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		case v.Type().Elem().Kind() == reflect.String:
			v.Set(reflect.New(v.Type().Elem()))
		default:
			return // Numbers and structs are cleared by name.
		}
		e := knowledgetest.Fill(kind, 1)
		if p, ok := e.(knowledge.Entry); ok {
			p.Core().Licence = "CC0-1.0"
		}
		before := stored(t, e)
		expect(t, c.Apply(e, "en", finder))
		after := stored(t, e)
		changed := 0
		for name, value := range after {
			if value == before[name] {
				continue
			}
			changed++
			empty := value == `""` || value == "[]" || name == "licence" && value == `"`+knowledge.DefaultLicence+`"`
			if !empty {
				t.Errorf("an empty %s of %T makes %s %s", f.Name, c, name, value)
			}
		}
		for name := range before {
			if _, ok := after[name]; !ok {
				changed++
			}
		}
		if changed != 1 {
			t.Errorf("an empty %s of %T changes %d fields, want one", f.Name, c, changed)
		}
		if name := fieldNamed(after, f.Name); name != "" && after[name] == `""` && isPointer(e, f.Name) {
			t.Errorf("an empty %s of %T is kept as an empty text", f.Name, c)
		}
	})
}

// stored is the stored form by field, with the texts in English among the fields.
func stored(t *testing.T, e knowledge.Entity) map[string]string {
	t.Helper()
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(encoded(t, e)), &fields); err != nil {
		t.Fatal(err)
	}
	if _, ok := e.(knowledge.Entry); ok {
		var texts []map[string]json.RawMessage
		if err := json.Unmarshal(fields["texts"], &texts); err != nil {
			t.Fatal(err)
		}
		delete(fields, "texts")
		for name, value := range texts[0] {
			fields["text "+name] = value
		}
	}
	out := map[string]string{}
	for name, value := range fields {
		out[name] = string(value)
	}
	return out
}

func fieldNamed(fields map[string]string, goName string) string {
	for name := range fields {
		if strings.EqualFold(name, goName) {
			return name
		}
	}
	return ""
}

func isPointer(e knowledge.Entity, goName string) bool {
	f, ok := reflect.TypeOf(e).Elem().FieldByName(goName)
	return ok && f.Type.Kind() == reflect.Pointer
}

// What clear names is what the schema names: every optional field of an entity but those that are
// not the authors' to clear.
func TestClearEmptiesEveryOptionalField(t *testing.T) {
	t.Parallel()
	kept := map[string]bool{
		"provenance": true, "publishedAt": true, "lastVerifiedAt": true, "verifiedBy": true, "verdict": true, "archivedReason": true,
	}
	for kind, empty := range changesOf() {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(knowledge.New(kind)).Elem()) {
			name := inputName(f)
			if f.Type.Kind() != reflect.Pointer || name == "" || name == "-" {
				continue
			}
			e := knowledgetest.Fill(kind, 1)
			c := empty()
			reflect.ValueOf(c).Elem().FieldByName("Clear").Set(reflect.ValueOf([]string{name}))
			problems := c.Apply(e, "en", finder)
			isNil := reflect.ValueOf(e).Elem().FieldByIndex(f.Index).IsNil()
			if kept[name] {
				expect(t, problems, "clear.0 UNKNOWN")
			} else {
				expect(t, problems)
			}
			if isNil == kept[name] {
				t.Errorf("clear %s of %s: empty = %v", name, kind, isNil)
			}
		}
	}
}

func TestClearRefusesOtherNames(t *testing.T) {
	t.Parallel()
	p := knowledgetest.Practice("iris")
	before := encoded(t, p)
	c := &knowledge.PracticeChanges{EntryChanges: knowledge.EntryChanges{
		Clear: []string{"", "-", "title", "themes", "id", "slug", "revision", "Lifecycle", "no", "meta", "0"},
	}}
	var want []string
	for i := range c.Clear {
		want = append(want, fmt.Sprintf("clear.%d UNKNOWN", i))
	}
	expect(t, c.Apply(p, "en", finder), want...)
	if encoded(t, p) != before {
		t.Error("the entity has changed")
	}
}
