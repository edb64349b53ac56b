package transport

import (
	"encoding/json"
	"math"
	"reflect"

	"github.com/vektah/gqlparser/v2/ast"
)

// integer reads a number from a document or its variables; false where there is none.
func integer(v *ast.Value, variables map[string]any) (int64, bool) {
	value, err := v.Value(variables)
	if err != nil {
		return longestList, true // A literal that is too long for a number.
	}
	switch n := value.(type) {
	case nil:
		return 0, false
	case json.Number:
		i, err := n.Int64()
		return i, err == nil
	case float64:
		return int64(min(max(n, math.MinInt32), math.MaxInt32)), true
	}
	r := reflect.ValueOf(value)
	switch {
	case r.Kind() == reflect.Pointer && r.IsNil():
		return 0, false
	case r.Kind() == reflect.Pointer:
		r = r.Elem()
	}
	if r.CanInt() {
		return r.Int(), true
	}
	return 0, false
}

// elements counts the elements of a list in a document or its variables; otherwise is what a list that is not given counts as.
func elements(v *ast.Value, variables map[string]any, otherwise int64) int64 {
	if v.Kind == ast.ListValue {
		return int64(len(v.Children))
	}
	value, err := v.Value(variables)
	if err != nil || value == nil {
		return otherwise
	}
	if r := reflect.ValueOf(value); r.Kind() == reflect.Slice {
		return int64(r.Len())
	}
	return 1 // One value stands for a list of one.
}
