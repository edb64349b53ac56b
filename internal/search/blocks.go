package search

import (
	"reflect"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
)

// blockTexts finds every text in the blocks of texts of an entity, by type and not by name, so that a
// new field is searched at once. Texts of another type than string, such as codes and dates, are none.
func blockTexts(e knowledge.Entity) []passage {
	blocks := blocksOf(e)
	var out []passage
	for i := range lengthOf(blocks) {
		block := blocks.Index(i)
		language := knowledge.LanguageTag(block.FieldByName("Language").String())
		walkTexts(block, nil, func(path []string, text string) {
			out = append(out, passage{path: path, language: language, class: classOf(path[0]), text: text})
		})
	}
	return out
}

// blocksOf is the list of blocks; the zero value for a kind that has none.
func blocksOf(e knowledge.Entity) reflect.Value {
	blocks := reflect.ValueOf(e).Elem().FieldByName("Texts")
	if !blocks.IsValid() || blocks.Kind() != reflect.Slice || blocks.Type().Elem().Kind() != reflect.Struct {
		return reflect.Value{}
	}
	return blocks
}

// lengthOf is the number of blocks.
func lengthOf(blocks reflect.Value) int {
	if !blocks.IsValid() {
		return 0
	}
	return blocks.Len()
}

// walkTexts visits the strings inside v that are not empty, with the names of their fields.
func walkTexts(v reflect.Value, path []string, visit func(path []string, text string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			walkTexts(v.Elem(), path, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkTexts(v.Index(i), path, visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			walkTexts(v.Field(i), fieldPath(path, v.Type().Field(i)), visit)
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.String() != "" && len(path) > 0 {
			visit(path, v.String())
		}
	}
}

// fieldPath is the path of a field: an embedded struct adds no step.
func fieldPath(path []string, f reflect.StructField) []string {
	if f.Anonymous {
		return path
	}
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" {
		name = f.Name
	}
	return append(slices.Clip(path), name)
}
