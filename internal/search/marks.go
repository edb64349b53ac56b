package search

import (
	"strconv"

	index "github.com/blevesearch/bleve_index_api"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/thesaurus"
)

// The fields here are what a document says beside its words. Each is made of the words of the same texts,
// which are cut only once.

// bare is the part that these fields have in common.
type bare struct {
	field

	terms index.TokenFrequencies
}

// AnalyzedLength implements index.Field.
func (b *bare) AnalyzedLength() int { return len(b.terms) }

// AnalyzedTokenFrequencies implements index.Field.
func (b *bare) AnalyzedTokenFrequencies() index.TokenFrequencies { return b.terms }

// Value implements index.Field: nothing is stored.
func (*bare) Value() []byte { return nil }

// NumPlainTextBytes implements index.Field.
func (*bare) NumPlainTextBytes() uint64 { return 0 }

// Size implements document.Field, roughly.
func (b *bare) Size() int { return 32 * len(b.terms) }

// Options implements index.Field: which documents, and no more.
func (*bare) Options() index.FieldIndexingOptions { return index.IndexField | index.SkipFreqNorm }

func (b *bare) once(term string) {
	if b.terms == nil {
		b.terms = index.TokenFrequencies{}
	}
	if b.terms[term] == nil {
		b.terms[term] = &index.TokenFreq{Term: []byte(term)}
	}
}

// lexisField is which words a document uses in a language, in lower case.
type lexisField struct {
	bare

	name  string
	texts []*words
}

func (f *lexisField) add(w *words) { f.texts = append(f.texts, w) }

// Name implements index.Field.
func (f *lexisField) Name() string { return f.name }

// Analyze implements index.Field.
func (f *lexisField) Analyze() {
	f.terms = make(index.TokenFrequencies, 64)
	for _, w := range f.texts {
		for _, lower := range w.all() {
			f.once(lower)
		}
	}
}

// lengthField is how many words a document has in a class, in one language on average.
type lengthField struct {
	bare

	name     string
	versions int
	texts    []*words
}

func (f *lengthField) add(w *words) { f.texts = append(f.texts, w) }

// Name implements index.Field.
func (f *lengthField) Name() string { return f.name }

// Analyze implements index.Field.
func (f *lengthField) Analyze() {
	f.terms = nil
	n := 0
	for _, w := range f.texts {
		n += len(w.all())
	}
	f.once(strconv.Itoa((n + f.versions - 1) / f.versions))
}

// conceptField is which terms of the thesaurus the words of a document stand for, and how often.
type conceptField struct {
	bare

	name     string
	linguist *linguist
	texts    []*words
	tags     []knowledge.LanguageTag
}

func (f *conceptField) add(w *words, language knowledge.LanguageTag) {
	f.texts, f.tags = append(f.texts, w), append(f.tags, language)
}

// Name implements index.Field.
func (f *conceptField) Name() string { return f.name }

// Options implements index.Field.
func (*conceptField) Options() index.FieldIndexingOptions { return index.IndexField }

// Analyze implements index.Field. A narrower term counts for all broader ones.
func (f *conceptField) Analyze() {
	f.terms = make(index.TokenFrequencies, 16)
	for i, w := range f.texts {
		f.linguist.thesaurus.EachMention(w.all(), f.tags[i], func(c *thesaurus.Concept, _, _ int) {
			f.mention(c.ID)
			for broader := range c.Ancestors() {
				f.mention(broader.ID)
			}
		})
	}
}

func (f *conceptField) mention(concept string) {
	f.once(concept)
	t := f.terms[concept]
	t.SetFrequency(t.Frequency() + 1)
}
