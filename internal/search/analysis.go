package search

import (
	"reflect"
	"sync"

	"goodpractice/internal/search/text"
	"goodpractice/internal/search/thesaurus"
)

// linguist knows the languages, the terms of the field, and where the records have texts. It never changes
// after newLinguist.
type linguist struct {
	languages *text.Languages
	thesaurus *thesaurus.Thesaurus
	labels    map[string]bool              // folded words of the labels in the thesaurus
	plans     map[reflect.Type][]textPlace // by the type of the block
	printed   func() (string, error)       // fingerprint, made once
}

// theLinguist is the one of all indexes of a process: it takes some 30 MB and 40 ms of a processor to make, and never
// changes.
var theLinguist = sync.OnceValues(newLinguist)

func newLinguist() (*linguist, error) {
	languages := text.NewLanguages()
	terms, err := thesaurus.New(languages)
	if err != nil {
		return nil, err
	}
	l := &linguist{languages: languages, thesaurus: terms, labels: map[string]bool{}, plans: textPlans()}
	for _, label := range terms.Labels() {
		for _, folded := range foldedWords(label) {
			l.labels[folded] = true
		}
	}
	l.printed = sync.OnceValues(l.fingerprint)
	return l, nil
}
