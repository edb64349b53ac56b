package search

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"time"

	"goodpractice/internal/knowledge"
)

// specimens hashes what becomes of one record of each kind in the index, beside one of each kind that
// it may point at. Whatever the index takes from a record is in it, without being named here.
func (l *linguist) specimens() string {
	sum := sha256.New()
	for _, linked := range knowledge.Kinds() {
		neighbour := specimen(linked, linked)
		around := map[knowledge.ID]knowledge.Entity{neighbour.Head().ID: neighbour}
		for _, kind := range knowledge.Kinds() {
			doc := l.document(knowledge.Indexable{Entity: specimen(kind, linked), Linked: around})
			for _, f := range doc.Fields {
				_, _ = fmt.Fprintf(sum, "%s %s %s %d %q\n", kind, linked, f.Name(), f.Options(), f.Value())
			}
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// specimen is a record with something in every stored field: in a text the name of the field, in an id
// that of a record of the kind to link to.
func specimen(kind, linked knowledge.Kind) knowledge.Entity {
	e := knowledge.New(kind)
	furnish(reflect.ValueOf(e).Elem(), knowledge.DeriveID(linked, "specimen"), "")
	return e
}

// furnish puts something into the value and everything in it.
func furnish(v reflect.Value, id knowledge.ID, name string) {
	switch p := v.Addr().Interface().(type) {
	case *time.Time:
		*p = time.UnixMilli(0).UTC()
		return
	case *knowledge.Date:
		*p = "2001-01-01"
		return
	case *knowledge.EditorialStatus:
		*p = knowledge.StatusPublished
		return
	case *knowledge.LabelKind:
		*p = knowledge.LabelPreferred
		return
	case *knowledge.LanguageTag:
		*p = "en"
		return
	case *knowledge.ID:
		*p = id
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		furnish(v.Elem(), id, name)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		furnish(v.Index(0), id, name)
	case reflect.Struct:
		for f, field := range v.Fields() {
			if f.Tag.Get("json") != "-" {
				furnish(field, id, f.Name)
			}
		}
	case reflect.String:
		v.SetString(name)
	case reflect.Int:
		v.SetInt(2001)
	case reflect.Float64:
		v.SetFloat(1)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("search: a specimen cannot have a " + v.Type().String() + " in " + name)
	}
}
