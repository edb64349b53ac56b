package text

import (
	"cmp"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"

	"goodpractice/internal/knowledge"
)

// Undetermined is the tag of every language that the table does not have, and the suffix of those
// without a stemmer, as BCP 47 names a language that is not determined.
const Undetermined = "und"

// cutLength is the number of letters that are kept of a word in a language without a stemmer. On the questions
// of XQuAD in Turkish and Spanish six did about as well as Snowball's stemmers.
const cutLength = 6

// Language is what is known of a language: its stemmer, if any, its script, and the words that carry no
// meaning. It does not change, and any number of goroutines may use it.
type Language struct {
	// Tag is the language's subtag in lower case, or Undetermined.
	Tag string

	suffix  string
	stem    func(lower string) string // nil: words are cut
	stop    map[string]bool           // folded
	scripts script

	terms *termCache // of words that are stemmed
}

// Suffix ends the names of the fields that hold terms of the language. Languages share it where they
// have no stemmer, or the same one.
func (l *Language) Suffix() string { return l.suffix }

// IsStop tells whether a folded word carries no meaning in the language.
func (l *Language) IsStop(folded string) bool { return l.stop[folded] }

// Term is a word as the language's fields hold it; "" for a word without meaning. The word is in
// lower case and not folded.
func (l *Language) Term(lower string) string {
	if l.stem == nil {
		return Cut(Fold(lower), cutLength)
	}
	return l.terms.of(lower, l.stemmed)
}

func (l *Language) stemmed(lower string) string {
	folded := Fold(lower)
	if l.stop[folded] {
		return ""
	}
	return cmp.Or(Fold(l.stem(lower)), folded)
}

// Languages is the table of languages. It does not change, and any number of goroutines may use it.
type Languages struct {
	all   []*Language
	byTag map[string]*Language
	other *Language

	stops   map[string]languageSet // in which a folded word carries no meaning
	listed  map[string]languageSet // the same for words as they are spelled
	letters map[rune]languageSet   // in whose alphabet a letter beyond a to z is
	scripts map[script]languageSet // that are written in a script
	latin   languageSet
}

// NewLanguages makes the table. It takes a few milliseconds and four megabytes, so a program makes one.
func NewLanguages() *Languages {
	l := &Languages{
		byTag:   map[string]*Language{},
		other:   &Language{Tag: Undetermined, suffix: Undetermined, scripts: anyScript},
		stops:   map[string]languageSet{},
		listed:  map[string]languageSet{},
		letters: map[rune]languageSet{},
		scripts: map[script]languageSet{},
	}
	for i, r := range table() {
		x := r.language()
		l.all = append(l.all, x)
		l.byTag[x.Tag] = x
		for word := range stopWords(r.stop) {
			l.stops[Fold(word)] |= 1 << i
			l.listed[word] |= 1 << i
		}
		for _, letter := range r.letters {
			l.letters[letter] |= 1 << i
		}
		for in := latinScript; in <= anyScript; in <<= 1 {
			if x.scripts&in != 0 {
				l.scripts[in] |= 1 << i
			}
		}
	}
	l.latin = l.scripts[latinScript]
	return l
}

// Of is what is known of the language with a tag, which may name a script and a region; Other where
// nothing is.
func (l *Languages) Of(tag knowledge.LanguageTag) *Language {
	if x := l.byTag[Base(tag)]; x != nil {
		return x
	}
	return l.other
}

// Other stands for every language that the table does not have.
func (l *Languages) Other() *Language { return l.other }

// All lists the languages of the table. English comes first.
func (l *Languages) All() []*Language { return slices.Clone(l.all) }

// Fields lists one language for each suffix, Other for those without a stemmer at the end: to look a word
// up in the fields of all languages, once in each.
func (l *Languages) Fields() []*Language {
	var out []*Language
	seen := map[string]bool{Undetermined: true}
	for _, x := range l.all {
		if !seen[x.suffix] {
			seen[x.suffix] = true
			out = append(out, x)
		}
	}
	return append(out, l.other)
}

// stopWords reads a list in the form of Snowball, or of words between spaces.
func stopWords(list []byte) map[string]bool {
	words := analysis.NewTokenMap()
	_ = words.LoadBytes(list) // A list in memory is read to its end without an error.
	return words
}

// Base is the language of a tag without script and region. Bokmål and Nynorsk are Norwegian, the dialects
// of Romani one language, and what was once called Serbo-Croatian is taken for Serbian.
func Base(tag knowledge.LanguageTag) string {
	base, _, _ := strings.Cut(strings.ToLower(string(tag)), "-")
	switch base {
	case "nb", "nn":
		return "no"
	case "rmc", "rmf", "rml", "rmn", "rmo", "rmw", "rmy":
		return "rom"
	case "sh":
		return "sr"
	case "mo":
		return "ro"
	}
	return base
}
