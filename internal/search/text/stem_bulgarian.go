package text

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// bulgarian is the light stemmer of J. Savoy, "Searching strategies for the Bulgarian language",
// Information Retrieval 10 (2007): it takes off the article, the plural and the endings of gender, and
// evens out the vowels that change before them. Beyond the paper, the singular of "-ища" is treated like it:
// училище meets училища.
func bulgarian(lower string) string {
	n := utf8.RuneCountInString(lower)
	if n < 4 {
		return lower
	}
	if n > 5 && strings.HasSuffix(lower, "ища") {
		return strings.TrimSuffix(lower, "ища")
	}
	word, _ := replaceEnding(lower, bulgarianArticles)
	word, _ = replaceEnding(word, bulgarianPlurals)
	if n = utf8.RuneCountInString(word); n > 3 {
		word = strings.TrimSuffix(word, "я")
		word, _ = replaceEnding(word, bulgarianGenders)
	}
	if n = utf8.RuneCountInString(word); n > 4 && strings.HasSuffix(word, "ен") {
		return strings.TrimSuffix(word, "ен") + "н"
	}
	if letters := []rune(word); n > 5 && letters[n-2] == 'ъ' {
		return string(letters[:n-2]) + string(letters[n-1])
	}
	return word
}

// The endings are tried in this order.
var (
	bulgarianArticles = slices.Concat(cutOff(7, "ият"), cutOff(6, "ът то те та ия"), cutOff(5, "ят"))
	bulgarianPlurals  = slices.Concat(
		[]ending{{"овци", "о", 7}, {"ове", "", 7}, {"еве", "й", 7}},
		cutOff(6, "ища ище та"),
		[]ending{{"ци", "к", 6}, {"зи", "г", 6}, {"си", "х", 5}, {"и", "", 5}},
	)
	bulgarianGenders = cutOff(3, "а о е")
)
