package search

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/thesaurus"
)

// specimenTerms are the terms that the specimens name, so that how terms are found takes part in the fingerprint.
// The terms themselves do so by their file, which need not be read for that.
const specimenTerms = `{"graph": [
	{"id": "#specimen", "type": "Concept", "prefLabel": {"en": "summary", "de": "Muster", "sr-Cyrl": "становање"}},
	{"id": "#narrower-specimen", "type": "Concept", "broader": ["#specimen"], "prefLabel": {
		"en": "social housing", "es": "vivienda social", "el": "κατοικία"
	}}
]}`

// specimenText has words of several scripts, with what is cut, folded, stemmed and left out in one language or
// another.
const specimenText = "The Summaries of social housing: l'été à Łódź, viviendas sociales (2.500 Häuser) BEYOĞLU'nda, " +
	"co-operatives' становања, κατοικίες, 3rd straße don't"

// withTerms is the linguist with other terms: those of specimens are quickly read.
func (l *linguist) withTerms(file string) *linguist {
	out := *l
	out.thesaurus = &lazyTerms{sync.OnceValues(func() (*thesaurus.Thesaurus, error) {
		return thesaurus.Parse([]byte(file), l.languages)
	})}
	return &out
}

// specimens hashes what becomes of one record of each kind in the index, beside one of each kind that
// it may point at, and what terms the analysis makes of a text in each language. Whatever the index takes from a
// record is in it, without being named here.
func (l *linguist) specimens(terms string) (string, error) {
	known := l.withTerms(terms)
	if _, err := known.thesaurus.read(); err != nil {
		return "", fmt.Errorf("terms of the specimens: %w", err)
	}
	sum := sha256.New()
	for _, linked := range knowledge.Kinds() {
		neighbour := specimen(linked, linked)
		around := map[knowledge.ID]knowledge.Entity{neighbour.Head().ID: neighbour}
		for _, kind := range knowledge.Kinds() {
			known.document(knowledge.Indexable{Entity: specimen(kind, linked), Linked: around}).print(sum, false)
		}
	}
	for _, language := range l.languages.All() {
		known.document(knowledge.Indexable{Entity: specimenIn(knowledge.LanguageTag(language.Tag))}).print(sum, true)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// print writes down all that the index gets: fields with their values, or with their terms.
func (d *draft) print(to io.Writer, analysed bool) {
	var b []byte
	for _, f := range d.Fields {
		b = append(strconv.AppendInt(append(b, f.Name()...), int64(f.Options()), 10), '\n')
		if !analysed {
			b = append(strconv.AppendQuote(b, string(f.Value())), '\n')
			continue
		}
		if !f.Options().IsIndexed() {
			continue
		}
		f.Analyze()
		terms := f.AnalyzedTokenFrequencies()
		for _, term := range slices.Sorted(maps.Keys(terms)) {
			b = strconv.AppendInt(append(b, term...), int64(terms[term].Frequency()), 10)
			for _, at := range terms[term].Locations {
				b = strconv.AppendInt(append(b, ' '), int64(at.Position), 10)
			}
			b = append(b, '\n')
		}
	}
	_, _ = to.Write(b) // A hash takes everything.
}

// specimenIn is a record with a text in a language.
func specimenIn(language knowledge.LanguageTag) knowledge.Entity {
	p := &knowledge.Practice{}
	p.ID, p.Status = knowledge.DeriveID(knowledge.KindPractice, "specimen"), knowledge.StatusPublished
	p.Texts = []knowledge.PracticeText{{
		EntryText: knowledge.EntryText{Language: language, Title: specimenText},
	}}
	return p
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
