package search

import (
	"reflect"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"

	"goodpractice/internal/knowledge"
)

// analysisVersion is part of the fingerprint. Raise it when the code of the analysis changes what
// terms a text gives: the mapping alone does not show that.
const analysisVersion = 1

// linguist knows the languages and cuts texts into terms. It never changes after newLinguist.
type linguist struct {
	languages []*language
	byTag     map[string]*language
	other     *language
	plans     map[reflect.Type][]textPlace // by the type of the block
}

func newLinguist() *linguist {
	l := &linguist{
		languages: languageTable(),
		byTag:     map[string]*language{},
		other:     &language{tag: otherLanguages},
		plans:     textPlans(),
	}
	for _, x := range l.languages {
		l.byTag[x.tag] = x
	}
	return l
}

// language is what is known of the language of a text.
func (l *linguist) language(tag knowledge.LanguageTag) *language {
	if x := l.byTag[baseLanguage(tag)]; x != nil {
		return x
	}
	return l.other
}

// tokens cuts a text into words in lower case that are not folded yet, with their places, by the rules
// of Unicode. eachWord gives the same and is faster.
func tokens(text string) analysis.TokenStream {
	return lowerFilter{}.Filter(apostropheFilter{}.Filter(unicode.NewUnicodeTokenizer().Tokenize([]byte(text))))
}
