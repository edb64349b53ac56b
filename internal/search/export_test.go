package search

import (
	"context"
	"strings"
	"sync/atomic"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
	"goodpractice/internal/search/thesaurus"
)

// Specimen is a record of the kind by which a changed mapping is noticed.
func Specimen(kind, linked knowledge.Kind) knowledge.Entity { return specimen(kind, linked) }

// FieldLister gives what lists the fields that the index has of a record.
func FieldLister() (func(knowledge.Indexable) []string, error) {
	l := theLinguist()
	if err := l.prepare(); err != nil {
		return nil, err
	}
	return func(item knowledge.Indexable) []string {
		var out []string
		for _, f := range l.document(item).Fields {
			out = append(out, f.Name())
		}
		return out
	}, nil
}

// OpenCounting is Open with a linguist of its own, and counts how often the terms of the field are read.
func OpenCounting(ctx context.Context, o Options, reads *atomic.Int32) (*Index, error) {
	return open(ctx, o, newLinguist(func(languages *text.Languages) (*thesaurus.Thesaurus, error) {
		reads.Add(1)
		return thesaurus.New(languages)
	}))
}

// SpecimensWith is the hash of the specimens, where they name other terms, each old one replaced by the new one behind it.
func SpecimensWith(replaced ...string) (string, error) {
	return theLinguist().specimens(strings.NewReplacer(replaced...).Replace(specimenTerms))
}

// SpecimenTerms is what the fingerprint has of a text in a language.
func SpecimenTerms(language knowledge.LanguageTag) string {
	var out strings.Builder
	theLinguist().withTerms(specimenTerms).document(knowledge.Indexable{Entity: specimenIn(language)}).print(&out, true)
	return out.String()
}
