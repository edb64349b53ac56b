package bundle

import (
	"reflect"
	"strings"

	"goodpractice/internal/knowledge"
)

// fillLists makes every list of the record that is always written an empty list where it is nil, so
// that a record reads the same before and after it was stored.
func fillLists(e knowledge.Entity) { fillListsOf(reflect.ValueOf(e).Elem()) }

func fillListsOf(v reflect.Value) {
	for i := range v.NumField() {
		f, tag := v.Field(i), v.Type().Field(i).Tag.Get("json")
		switch {
		case tag == "-" || strings.Contains(tag, ",omitempty"):
		case f.Kind() == reflect.Slice && f.IsNil():
			f.Set(reflect.MakeSlice(f.Type(), 0, 0))
		case f.Kind() == reflect.Struct && v.Type().Field(i).Anonymous:
			fillListsOf(f)
		}
	}
}
