package search

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync/atomic"

	index "github.com/blevesearch/bleve_index_api"
)

// words are the words of a text that goes into two fields. It is cut into them once. One goroutine at a
// time uses them: Bleve analyses the fields of a document one after the other.
type words struct {
	text string
	list []string // in lower case; nil before the first look
}

func (w *words) all() []string {
	if w.list == nil {
		w.list = make([]string, 0, len(w.text)/6+1)
		eachWord(w.text, func(t token) { w.list = append(w.list, t.lower) })
	}
	return w.list
}

// field is what all fields of ours are to Bleve, besides what is in them.
type field struct{}

// ArrayPositions implements index.Field.
func (field) ArrayPositions() []uint64 { return nil }

// EncodedFieldType implements index.Field.
func (field) EncodedFieldType() byte { return 't' }

// textField is all that a document has in one text field, as Bleve takes it: terms and how often they
// come, without their places.
type textField struct {
	field

	name     string
	language *language // nil: folded words
	texts    []*words
	length   int
	terms    index.TokenFrequencies
}

func (f *textField) add(w *words) { f.texts = append(f.texts, w) }

// Analyze implements index.Field.
func (f *textField) Analyze() {
	n := 0
	for _, w := range f.texts {
		n += len(w.all())
	}
	f.terms = make(index.TokenFrequencies, n/2)
	var room []index.TokenFreq // Terms come by the hundred.
	for _, w := range f.texts {
		for _, lower := range w.all() {
			term := f.term(lower)
			if term == "" {
				continue
			}
			f.length++
			t := f.terms[term]
			if t == nil {
				if len(room) == 0 {
					room = make([]index.TokenFreq, 64)
				}
				t, room = &room[0], room[1:]
				t.Term = []byte(term)
				f.terms[term] = t
			}
			t.SetFrequency(t.Frequency() + 1)
		}
	}
}

func (f *textField) term(lower string) string {
	if f.language == nil {
		return fold(lower)
	}
	return f.language.term(lower)
}

// Name implements index.Field.
func (f *textField) Name() string { return f.name }

// Value implements index.Field: the texts, which are not stored.
func (f *textField) Value() []byte {
	var b []byte
	for _, w := range f.texts {
		b = append(append(b, w.text...), 0)
	}
	return b
}

// Options implements index.Field.
func (*textField) Options() index.FieldIndexingOptions { return index.IndexField }

// AnalyzedLength implements index.Field.
func (f *textField) AnalyzedLength() int { return f.length }

// AnalyzedTokenFrequencies implements index.Field.
func (f *textField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }

// NumPlainTextBytes implements index.Field.
func (f *textField) NumPlainTextBytes() uint64 { return uint64(f.Size()) }

// Size implements document.Field, roughly.
func (f *textField) Size() int {
	n := 0
	for _, w := range f.texts {
		n += len(w.text)
	}
	return n
}

// keywordField is all that a document has in one keyword field: terms as they are, each once.
type keywordField struct {
	field

	name   string
	values []string
	terms  index.TokenFrequencies
}

func (f *keywordField) add(value string) {
	if !slices.Contains(f.values, value) {
		f.values = append(f.values, value)
	}
}

// Analyze implements index.Field.
func (f *keywordField) Analyze() {
	f.terms = make(index.TokenFrequencies, len(f.values))
	for _, v := range f.values {
		f.terms[v] = &index.TokenFreq{Term: []byte(v)}
	}
}

// Name implements index.Field.
func (f *keywordField) Name() string { return f.name }

// Value implements index.Field: the terms, which are not stored.
func (f *keywordField) Value() []byte { return []byte(strings.Join(f.values, "\x00")) }

// Options implements index.Field.
func (*keywordField) Options() index.FieldIndexingOptions {
	return index.IndexField | index.SkipFreqNorm
}

// AnalyzedLength implements index.Field.
func (f *keywordField) AnalyzedLength() int { return len(f.values) }

// AnalyzedTokenFrequencies implements index.Field.
func (f *keywordField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }

// NumPlainTextBytes implements index.Field.
func (f *keywordField) NumPlainTextBytes() uint64 { return uint64(f.Size()) }

// Size implements document.Field, roughly.
func (f *keywordField) Size() int {
	n := 0
	for _, v := range f.values {
		n += len(v)
	}
	return n
}

// termCacheSize is how many words of each language are remembered with their stems: the common ones are
// nearly all of a text. It is a power of two.
const termCacheSize = 8192

// termCache remembers the terms of words. A word takes the place of another one now and then.
type termCache struct {
	seed   maphash.Seed
	places [termCacheSize]atomic.Pointer[cachedTerm]
}

type cachedTerm struct{ word, term string }

func newTermCache() *termCache { return &termCache{seed: maphash.MakeSeed()} }

// of gives what is remembered, or makes it.
func (c *termCache) of(word string, term func(string) string) string {
	place := &c.places[maphash.String(c.seed, word)%termCacheSize]
	if have := place.Load(); have != nil && have.word == word {
		return have.term
	}
	made := &cachedTerm{word: strings.Clone(word)}
	made.term = term(made.word)
	place.Store(made)
	return made.term
}
