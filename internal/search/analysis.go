package search

import (
	"reflect"
	"sync"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
	"goodpractice/internal/search/thesaurus"
)

// linguist knows the languages, the terms of the field, and where the records have texts. It never changes
// after prepare.
type linguist struct {
	languages *text.Languages
	thesaurus *lazyTerms
	labels    map[string]bool              // folded words of the labels in the thesaurus; nil before prepare
	plans     map[reflect.Type][]textPlace // by the type of the block
	prepare   func() error                 // to be called before a text is indexed or searched for
	printed   func() (string, error)       // fingerprint, made once
}

// theLinguist is the one of all indexes of a process: it takes some 30 MB and 40 ms of a processor to make, most of
// it for the terms, which are read when a text is indexed or searched for. Many commands never do.
var theLinguist = sync.OnceValue(func() *linguist {
	return newLinguist(thesaurus.New)
})

// newLinguist makes a linguist with the terms that read gives.
func newLinguist(read func(*text.Languages) (*thesaurus.Thesaurus, error)) *linguist {
	languages := text.NewLanguages()
	l := &linguist{languages: languages, plans: textPlans()}
	l.thesaurus = &lazyTerms{sync.OnceValues(func() (*thesaurus.Thesaurus, error) { return read(languages) })}
	l.prepare = sync.OnceValue(func() error {
		all, err := l.thesaurus.read()
		if err != nil {
			return err
		}
		l.labels = map[string]bool{}
		for _, label := range all.Labels() {
			for _, folded := range foldedWords(label) {
				l.labels[folded] = true
			}
		}
		return nil
	})
	l.printed = sync.OnceValues(l.fingerprint)
	return l
}

// lazyTerms are the terms of the field, read when they are first needed. An error of reading them is told by
// linguist.prepare; here it leaves no terms.
type lazyTerms struct {
	read func() (*thesaurus.Thesaurus, error)
}

// EachMention is that of thesaurus.Thesaurus.
func (t *lazyTerms) EachMention(words []string, language knowledge.LanguageTag, visit func(c *thesaurus.Concept, first, last int)) {
	if all, err := t.read(); err == nil {
		all.EachMention(words, language, visit)
	}
}

// EachMentionAnywhere is that of thesaurus.Thesaurus.
func (t *lazyTerms) EachMentionAnywhere(words []string, language knowledge.LanguageTag, visit func(thesaurus.Mention)) {
	if all, err := t.read(); err == nil {
		all.EachMentionAnywhere(words, language, visit)
	}
}
