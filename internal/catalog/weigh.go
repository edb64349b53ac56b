package catalog

import (
	"reflect"
	"time"

	"goodpractice/internal/knowledge"
)

// weigh is about how many bytes of memory a record takes: its texts, its lists and its own fields. It takes
// a few microseconds.
func weigh(e knowledge.Entity) int { return beyond(reflect.ValueOf(e)) }

// beyond is what a value refers to, without the value itself. Records have no cycles.
func beyond(v reflect.Value) int {
	switch v.Kind() {
	case reflect.String:
		return v.Len()
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() || v.Type() == reflect.TypeFor[*time.Location]() { // Times share their places.
			return 0
		}
		return int(v.Elem().Type().Size()) + beyond(v.Elem())
	case reflect.Slice, reflect.Array:
		return ofElements(v)
	case reflect.Struct:
		sum := 0
		for _, field := range v.Fields() {
			sum += beyond(field)
		}
		return sum
	case reflect.Map:
		sum := 0
		for each := v.MapRange(); each.Next(); {
			sum += int(v.Type().Key().Size()+v.Type().Elem().Size()) + beyond(each.Key()) + beyond(each.Value())
		}
		return sum
	default:
		return 0
	}
}

// ofElements is what the elements of a list take; those of an array are part of the value itself.
func ofElements(v reflect.Value) int {
	sum := 0
	if v.Kind() == reflect.Slice {
		sum = v.Len() * int(v.Type().Elem().Size())
	}
	for i := range v.Len() {
		sum += beyond(v.Index(i))
	}
	return sum
}
