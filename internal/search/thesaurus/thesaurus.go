package thesaurus

import (
	"crypto/sha256"
	_ "embed" // for the data file
	"encoding/hex"
	"slices"
	"sync"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

//go:embed thesaurus.jsonld
var builtIn []byte

// Thesaurus is a set of concepts with labels in many languages.
type Thesaurus struct {
	version   string
	concepts  []*Concept
	byID      map[string]*Concept
	languages *text.Languages

	// matchers has one of each language with labels, made when it is first asked for: a knowledge base uses
	// few languages, and making one takes a millisecond, or ten where the stemmer is slow.
	matchers map[string]func() *matcher
	labels   map[string][]labelOf // by language, without script and region
	tags     []string             // of the languages with labels of their own, sorted
	neutral  func() *matcher
}

// labelOf is a label with what it names.
type labelOf struct {
	text    string
	concept *Concept
}

// New reads the thesaurus that is built in. It takes about 25 milliseconds. The languages are those that
// the texts are cut with. An error means that the file breaks a rule of Parse, which a test would have
// found.
func New(languages *text.Languages) (*Thesaurus, error) { return Parse(builtIn, languages) }

// BuiltIn is the version of the thesaurus that New reads. It is taken of the file as it is, which takes a
// millisecond.
func BuiltIn() string { return versionOf(builtIn) }

// Version tells apart thesauri with different files: what was indexed with one of them is to be indexed
// again with another. It is 16 hexadecimal digits.
func (t *Thesaurus) Version() string { return t.version }

// Concept finds a concept by its identifier; nil where there is none.
func (t *Thesaurus) Concept(id string) *Concept { return t.byID[id] }

// Concepts lists all concepts in the order of the file. The list is the caller's own.
func (t *Thesaurus) Concepts() []*Concept { return slices.Clone(t.concepts) }

// versionOf is the version of a file: the first eight bytes of its SHA-256.
func versionOf(file []byte) string {
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:8])
}

// Prepare makes the tables of all languages, which are otherwise made with the first text of each and with
// the first query. It takes about 40 milliseconds and is best called where nobody waits.
func (t *Thesaurus) Prepare() {
	for _, matcher := range t.matchers {
		matcher()
	}
	t.neutral()
}

// alike lists the languages that have no labels of their own and are written nearly like Serbian and
// Croatian: their texts are searched for the labels of both.
var alike = [...]string{"bs", "cnr", "sh"}

// prepare sorts the labels by language and makes the list of matchers.
func (t *Thesaurus) prepare() {
	t.matchers = map[string]func() *matcher{}
	t.labels = map[string][]labelOf{}
	bases := map[knowledge.LanguageTag]string{}
	for _, c := range t.concepts {
		for _, l := range c.labels {
			base, ok := bases[l.language]
			if !ok {
				base = text.Base(l.language)
				bases[l.language] = base
			}
			t.labels[base] = append(t.labels[base], labelOf{l.text, c})
		}
	}
	add := func(tag string, labels ...string) {
		t.matchers[tag] = sync.OnceValue(func() *matcher { return t.newMatcher(tag, labels) })
	}
	for tag := range t.labels {
		if tag != text.Undetermined {
			t.tags = append(t.tags, tag)
			add(tag, tag)
		}
	}
	slices.Sort(t.tags)
	for _, tag := range alike {
		if t.matchers[tag] == nil {
			add(tag, "sr", "hr")
		}
	}
	t.neutral = sync.OnceValue(func() *matcher { return t.newMatcher(text.Undetermined, nil) })
}

// matcher is the matcher of a language; of one without labels, that of the labels of no language.
func (t *Thesaurus) matcher(language knowledge.LanguageTag) *matcher {
	if m := t.matchers[text.Base(language)]; m != nil {
		return m()
	}
	return t.neutral()
}
