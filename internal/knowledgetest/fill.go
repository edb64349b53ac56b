package knowledgetest

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"time"

	"goodpractice/internal/knowledge"
)

// listLength is the number of items in every list of a filled record: enough to notice a lost order.
const listLength = 2

// Fill is a record of the kind in which every stored field has a valid value that is not zero, and
// every list has two items. Meta.Deleted alone stays false, because a tombstone has no content. The
// same kind and seed give equal records; other seeds give other ids, slugs and values. It panics for
// an unknown kind, and for a new field of whose values it cannot know enough.
func Fill(kind knowledge.Kind, seed uint64) knowledge.Entity {
	e := knowledge.New(kind)
	if e == nil {
		panic(fmt.Sprintf("knowledgetest: unknown kind %q", kind))
	}
	f := filler{kind: kind, seed: seed, rng: rand.New(rand.NewPCG(seed, uint64(len(kind))))}
	f.fill(reflect.ValueOf(e).Elem(), field{})
	f.settle(e)
	return e
}

// filler fills one record.
type filler struct {
	kind knowledge.Kind
	seed uint64
	rng  *rand.Rand
	ids  int // how many ids it has made, so that no two are alike
}

// field is where a value stands: the Go and JSON names of the field, and the place in the list.
type field struct {
	name, json string
	place      int
}

// fill sets the value and everything in it.
func (f *filler) fill(v reflect.Value, at field) {
	if f.byType(v, at) {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), at)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), listLength, listLength))
		for i := range v.Len() {
			f.fill(v.Index(i), field{at.name, at.json, i})
		}
	case reflect.Struct:
		for i := range v.NumField() {
			sf := v.Type().Field(i)
			name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
			if name != "-" {
				f.fill(v.Field(i), field{sf.Name, name, at.place})
			}
		}
	case reflect.String:
		v.SetString(f.text(at))
	case reflect.Int:
		v.SetInt(int64(f.number(at)))
	case reflect.Float64:
		v.SetFloat(float64(1+f.rng.IntN(80)) + 0.5) // Valid as a latitude, as a percentage and as a metric.
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic(fmt.Sprintf("knowledgetest: field %s of a kind that Fill does not know: %s", at.name, v.Type()))
	}
}

// byType sets a value whose type says what it must be. It tells false where it is something else.
func (f *filler) byType(v reflect.Value, at field) bool {
	if values := knowledge.EnumValues(v.Type().Name()); values != nil && v.Kind() == reflect.String {
		v.SetString(values[f.rng.IntN(len(values))])
		return true
	}
	switch p := v.Addr().Interface().(type) {
	case *time.Time:
		*p = Now().Add(time.Duration(f.rng.IntN(1_000_000_000)) * time.Millisecond)
	case *knowledge.ID:
		*p = f.id(at)
	case *knowledge.Action:
		*p = knowledge.ActionCreate
	case *knowledge.LanguageTag:
		*p = [...]knowledge.LanguageTag{"en", "sr-Cyrl"}[at.place]
	case *knowledge.CountryCode:
		*p = [...]knowledge.CountryCode{"ES", "RO", "SK", "RS"}[2*f.rng.IntN(2)+at.place]
	case *knowledge.Date:
		*p = knowledge.Date(fmt.Sprintf("%04d-%02d-%02d", 1995+f.rng.IntN(30), 1+f.rng.IntN(12), 1+f.rng.IntN(28)))
	case *knowledge.Period:
		end := knowledge.Date(fmt.Sprintf("%04d-12-31", 2010+f.rng.IntN(10)))
		*p = knowledge.Period{Start: knowledge.Date(fmt.Sprintf("%04d-03-01", 1995+f.rng.IntN(10))), End: &end, Precision: "DAY"}
	case *knowledge.Meta:
		f.meta(p)
	default:
		return false
	}
	return true
}

// meta fills the head of a record.
func (f *filler) meta(m *knowledge.Meta) {
	f.fill(reflect.ValueOf(&m.Edit).Elem(), field{})
	m.ID = knowledge.DeriveID(f.kind, "fill", strconv.FormatUint(f.seed, 10))
	m.Slug = fmt.Sprintf("%s-%d", strings.ReplaceAll(f.kind.Noun(), " ", "-"), f.seed)
	m.Revision = 1
	m.Status = knowledge.StatusPublished
	m.CreatedAt, m.UpdatedAt = m.Edit.At, m.Edit.At
	m.CreatedBy = m.Edit.By
}

// settle makes those fields agree with each other that depend on each other.
func (f *filler) settle(e knowledge.Entity) {
	if entry, ok := e.(knowledge.Entry); ok {
		c := entry.Core()
		c.SourceLanguage = entry.Blocks()[0].Language
		*c.PrimaryThemeID = c.ThemeIDs[len(c.ThemeIDs)-1]
		c.PublishedRevision = c.Revision
		c.Licence = knowledge.DefaultLicence
	}
	switch e := e.(type) {
	case *knowledge.Authority:
		settleLabels(e.Names)
	case *knowledge.Organisation:
		settleLabels(e.Names)
	case *knowledge.Country:
		settleLabels(e.Names)
		e.Code = knowledge.CountryCode([]byte{'A' + byte(f.seed/26%26), 'A' + byte(f.seed%26)})
		e.ID = knowledge.CountryID(e.Code)
	case *knowledge.Theme:
		settleLabels(e.Labels)
	case *knowledge.TargetGroup:
		settleLabels(e.Labels)
	case *knowledge.Partner:
		for i := range e.Documents {
			e.Documents[i].ID = knowledge.DocumentID(e.Documents[i].Text)
		}
	case *knowledge.Token:
		e.Role = knowledge.RoleReader // Others are no keys of partners.
		e.ID = knowledge.DeriveID(knowledge.KindToken, e.Hash)
	}
}

// settleLabels makes the first label the preferred one; the others are of other languages.
func settleLabels(labels []knowledge.Label) { labels[0].Kind = knowledge.LabelPreferred }

// hash is 64 hexadecimal digits.
func (f *filler) hash() string {
	b := make([]byte, 32)
	for i := range b {
		b[i] = byte(f.rng.Uint32())
	}
	return hex.EncodeToString(b)
}
