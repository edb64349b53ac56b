package search

import (
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/bg"
	"github.com/blevesearch/bleve/v2/analysis/lang/ca"
	"github.com/blevesearch/bleve/v2/analysis/lang/cs"
	"github.com/blevesearch/bleve/v2/analysis/lang/da"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/el"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/eu"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/gl"
	"github.com/blevesearch/bleve/v2/analysis/lang/hu"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/lang/no"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/lang/ro"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/analysis/lang/tr"
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"

	"goodpractice/internal/knowledge"
)

// otherLanguages is the suffix of the fields for languages without a stemmer, as BCP 47 names a
// language that is not determined.
const otherLanguages = "und"

// cutLength is the number of letters that are kept of a word in a language without a stemmer.
const cutLength = 6

// language is what is known of a language: its stemmer, if any, and the words that carry no meaning.
type language struct {
	tag  string
	stem func(*snowballstem.Env) bool // nil: words are cut
	stop map[string]bool              // folded

	terms *termCache // of words that are stemmed
}

// field is the suffix of the language's fields.
func (l *language) field() string {
	if l.stem == nil {
		return otherLanguages
	}
	return l.tag
}

// term is a word as the language's fields hold it; "" for a word without meaning. The word is in
// lower case and not folded.
func (l *language) term(word string) string {
	if l.stem == nil {
		return cut(fold(word), cutLength)
	}
	return l.terms.of(word, l.stemmed)
}

func (l *language) stemmed(word string) string {
	if l.stop[fold(word)] {
		return ""
	}
	env := snowballstem.NewEnv(word)
	l.stem(env)
	return fold(env.Current())
}

// languageTable lists the languages that have a stemmer or a list of stop words. English comes
// first: where a query could be in several languages, the earlier one is taken.
func languageTable() []*language {
	known := func(tag string, stem func(*snowballstem.Env) bool, stop []byte) *language {
		l := &language{tag: tag, stem: stem, stop: stopWords(stop)}
		if stem != nil {
			l.terms = newTermCache()
		}
		return l
	}
	return []*language{
		known("en", english.Stem, en.EnglishStopWords),
		known("es", spanish.Stem, es.SpanishStopWords),
		known("fr", french.Stem, fr.FrenchStopWords),
		known("it", italian.Stem, it.ItalianStopWords),
		known("pt", portuguese.Stem, pt.PortugueseStopWords),
		known("ro", romanian.Stem, ro.RomanianStopWords),
		known("de", german.Stem, de.GermanStopWords),
		known("nl", dutch.Stem, nl.DutchStopWords),
		known("hu", hungarian.Stem, hu.HungarianStopWords),
		known("sv", swedish.Stem, sv.SwedishStopWords),
		known("da", danish.Stem, da.DanishStopWords),
		known("no", norwegian.Stem, no.NorwegianStopWords),
		known("fi", finnish.Stem, fi.FinnishStopWords),
		known("tr", turkish.Stem, tr.TurkishStopWords),
		known("ru", russian.Stem, ru.RussianStopWords),
		known("el", nil, el.GreekStopWords),
		known("bg", nil, bg.BulgarianStopWords),
		known("cs", nil, cs.CzechStopWords),
		known("ca", nil, ca.CatalanStopWords),
		known("gl", nil, gl.GalicianStopWords),
		known("eu", nil, eu.BasqueStopWords),
	}
}

// stopWords reads a list of Bleve's.
func stopWords(list []byte) map[string]bool {
	words := analysis.NewTokenMap()
	_ = words.LoadBytes(list) // A list in memory is read to its end without an error.
	out := make(map[string]bool, len(words))
	for w := range words {
		out[foldText(w)] = true
	}
	return out
}

// baseLanguage is the language of a tag without script and region; Bokmål and Nynorsk are Norwegian.
func baseLanguage(tag knowledge.LanguageTag) string {
	base, _, _ := strings.Cut(strings.ToLower(string(tag)), "-")
	if base == "nb" || base == "nn" {
		return "no"
	}
	return base
}
