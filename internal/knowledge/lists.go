package knowledge

import (
	"reflect"
	"strconv"
	"strings"
)

// index is a list position as a step of a path.
func index(i int) string { return strconv.Itoa(i) }

// appendRefs adds a reference for each id of the field.
func appendRefs(refs []Reference, rel Relation, field string, ids []ID) []Reference {
	for i, id := range ids {
		refs = append(refs, Reference{rel, id, []string{field, index(i)}})
	}
	return refs
}

// FillLists makes every list of an entity that is nil an empty one, except those that are left out when
// they are empty: so that what is stored does not depend on which way it came.
func FillLists(e Entity) { fillLists(reflect.ValueOf(e).Elem()) }

func fillLists(v reflect.Value) {
	for i := range v.NumField() {
		f, tag := v.Field(i), v.Type().Field(i).Tag.Get("json")
		switch {
		case tag == "-" || strings.Contains(tag, ",omitempty"):
		case f.Kind() == reflect.Slice && f.IsNil():
			f.Set(reflect.MakeSlice(f.Type(), 0, 0))
		case f.Kind() == reflect.Struct && v.Type().Field(i).Anonymous:
			fillLists(f)
		}
	}
}
