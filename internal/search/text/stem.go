package text

import (
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/hr"
	"github.com/blevesearch/snowballstem"
)

// snowball makes a stemmer of one of the Snowball project.
func snowball(stem func(*snowballstem.Env) bool) func(string) string {
	return func(lower string) string {
		env := snowballstem.NewEnv(lower)
		stem(env)
		return env.Current()
	}
}

// shortestStem is the number of letters that southSlavic leaves of a word at least: with fewer the stemmer
// takes the "om" of "Rom" for an ending.
const shortestStem = 3

// southSlavic makes the stemmer of Croatian, Serbian, Bosnian and Montenegrin in both scripts, after
// N. Ljubešić, D. Boras and O. Kubelka, "Retrieving information in Croatian: building a simple and
// efficient rule-based stemmer" (2007).
func southSlavic() func(string) string {
	filter := hr.NewCroatianStemmerFilter()
	return func(lower string) string {
		word := gajica(lower)
		stream := filter.Filter(analysis.TokenStream{{Term: []byte(word)}})
		if stem := stream[0].Term; utf8.RuneCount(stem) >= shortestStem {
			return string(stem)
		}
		return word
	}
}

// ending is a case of a light stemmer: what is cut off or put in the place of the end of a word that has
// at least so many letters.
type ending struct {
	suffix, instead string
	letters         int
}

// cutOff lists suffixes that are cut off words of at least so many letters.
func cutOff(letters int, suffixes string) []ending {
	var out []ending
	for suffix := range strings.FieldsSeq(suffixes) {
		out = append(out, ending{suffix: suffix, letters: letters})
	}
	return out
}

// replaceEnding applies the first ending that fits. The second result tells whether there is one.
func replaceEnding(word string, endings []ending) (string, bool) {
	n := utf8.RuneCountInString(word)
	for _, e := range endings {
		if n >= e.letters && strings.HasSuffix(word, e.suffix) {
			return word[:len(word)-len(e.suffix)] + e.instead, true
		}
	}
	return word, false
}
