package search

import (
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"

	"goodpractice/internal/search/text"
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
		text.EachWord(w.text, func(t text.Token) { w.list = append(w.list, t.Lower) })
	}
	return w.list
}

// field is what all fields of ours are to Bleve, besides what is in them.
type field struct{}

// ArrayPositions implements index.Field.
func (field) ArrayPositions() []uint64 { return nil }

// EncodedFieldType implements index.Field.
func (field) EncodedFieldType() byte { return 't' }

// textField is all that a document has in one text field, as Bleve takes it: terms and how often they come.
// Folded words carry their places too, which phrases need, in classes that have them.
type textField struct {
	field

	name     string
	class    class
	language *text.Language // nil: folded words
	texts    []*words
	length   int
	terms    index.TokenFrequencies
}

// betweenTexts is how far the places of two texts in one field are apart, so that no phrase goes over the
// end of a text.
const betweenTexts = 16

func (f *textField) add(w *words) { f.texts = append(f.texts, w) }

// Analyze implements index.Field.
func (f *textField) Analyze() {
	n := 0
	for _, w := range f.texts {
		n += len(w.all())
	}
	f.terms = make(index.TokenFrequencies, n/2)
	var room []index.TokenFreq // Terms come by the hundred.
	places := placing{field: f.name, isOff: !f.hasPlaces()}
	for _, w := range f.texts {
		for _, lower := range w.all() {
			places.at++
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
			places.note(t)
		}
		places.at += betweenTexts
	}
}

// placing gives terms their places. Of a place Bleve keeps the position alone: where a word begins in its text
// is found out when the text is shown.
type placing struct {
	field string
	isOff bool
	at    int
	room  []index.TokenLocation
}

func (p *placing) note(t *index.TokenFreq) {
	if p.isOff {
		return
	}
	if len(p.room) == 0 {
		p.room = make([]index.TokenLocation, 64)
	}
	p.room[0] = index.TokenLocation{Field: p.field, Position: p.at}
	t.Locations = append(t.Locations, &p.room[0])
	p.room = p.room[1:]
}

func (f *textField) term(lower string) string {
	if f.language == nil {
		return text.Fold(lower)
	}
	return f.language.Term(lower)
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
func (f *textField) Options() index.FieldIndexingOptions {
	if f.hasPlaces() {
		return index.IndexField | index.IncludeTermVectors
	}
	return index.IndexField
}

func (f *textField) hasPlaces() bool { return f.language == nil && f.class.hasPlaces() }

// AnalyzedLength implements index.Field: the length that Bleve keeps with each posting is not used, and a short
// one takes the least room.
func (f *textField) AnalyzedLength() int { return min(f.length, 1) }

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
