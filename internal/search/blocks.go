package search

import (
	"reflect"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
)

// textPlace is a field of a block of texts, or of something in one, that holds texts.
type textPlace struct {
	field int
	path  []string
	under []textPlace // of a struct
}

// textPlans tells where the texts of each type of block are, so that only values are looked at later.
func textPlans() map[reflect.Type][]textPlace {
	plans := map[reflect.Type][]textPlace{}
	for _, kind := range knowledge.Kinds() {
		if blocks := blocksOf(knowledge.New(kind)); blocks.IsValid() {
			t := blocks.Type().Elem()
			plans[t] = textPlaces(t, nil)
		}
	}
	return plans
}

func textPlaces(block reflect.Type, path []string) []textPlace {
	var out []textPlace
	for i := range block.NumField() {
		place := textPlace{field: i, path: fieldPath(path, block.Field(i))}
		t := block.Field(i).Type
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		switch {
		case t == reflect.TypeFor[string]():
			out = append(out, place)
		case t.Kind() == reflect.Struct:
			if place.under = textPlaces(t, place.path); place.under != nil {
				out = append(out, place)
			}
		}
	}
	return out
}

// eachBlockText visits every text in the blocks of texts of an entity, by type and not by name, so that
// a new field is searched at once. Texts of another type than string, such as codes and dates, are none.
func (l *linguist) eachBlockText(e knowledge.Entity, visit func(*passage)) {
	blocks := blocksOf(e)
	noun := isNoun(e.Kind())
	var p passage
	for i := range lengthOf(blocks) {
		block := blocks.Index(i)
		p.language = knowledge.LanguageTag(block.FieldByName("Language").String())
		walkTexts(block, l.plans[block.Type()], func(path []string, text string) {
			p.path, p.class, p.text = path, classOf(path[0]), text
			if noun {
				p.class = className
			}
			visit(&p)
		})
	}
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

// walkTexts visits the strings at the places in a struct that are not empty, with the names of their
// fields.
func walkTexts(v reflect.Value, places []textPlace, visit func(path []string, text string)) {
	for i := range places {
		walkPlace(v.Field(places[i].field), &places[i], visit)
	}
}

func walkPlace(v reflect.Value, place *textPlace, visit func(path []string, text string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			walkPlace(v.Elem(), place, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkPlace(v.Index(i), place, visit)
		}
	case reflect.Struct:
		walkTexts(v, place.under, visit)
	case reflect.String:
		if s := v.String(); s != "" {
			visit(place.path, s)
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
