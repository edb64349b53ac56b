package search

import (
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
	plain     analysis.Analyzer            // folded words, the same in all languages
	stemmed   map[string]analysis.Analyzer // by the suffix of the field
}

func newLinguist() *linguist {
	l := &linguist{
		languages: languageTable(),
		byTag:     map[string]*language{},
		other:     &language{tag: otherLanguages},
		plain:     chain(foldFilter{}),
		stemmed:   map[string]analysis.Analyzer{otherLanguages: chain(foldFilter{}, cutFilter{cutLength})},
	}
	for _, x := range l.languages {
		l.byTag[x.tag] = x
		if x.stem != nil {
			l.stemmed[x.tag] = chain(stemFilter{x})
		}
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

// chain is the analysis that all texts share, and then the filters.
func chain(filters ...analysis.TokenFilter) analysis.Analyzer {
	return &analysis.DefaultAnalyzer{
		Tokenizer:    unicode.NewUnicodeTokenizer(),
		TokenFilters: append([]analysis.TokenFilter{apostropheFilter{}, lowerFilter{}}, filters...),
	}
}

// tokens cuts a text into words in lower case that are not folded yet, with their places.
func tokens(text string) analysis.TokenStream { return chain().Analyze([]byte(text)) }

// stemFilter replaces each term by its stem, folded, and drops words without meaning.
type stemFilter struct{ language *language }

// Filter implements analysis.TokenFilter.
func (f stemFilter) Filter(in analysis.TokenStream) analysis.TokenStream {
	out := in[:0]
	for _, t := range in {
		if term := f.language.term(string(t.Term)); term != "" {
			t.Term = []byte(term)
			out = append(out, t)
		}
	}
	return out
}
