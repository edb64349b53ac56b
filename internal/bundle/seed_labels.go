package bundle

import (
	"maps"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
)

// unknownLanguage is the BCP 47 tag for a text of which the language is not told.
const unknownLanguage knowledge.LanguageTag = "und"

// alternative is a further name in a language.
type alternative struct {
	Language knowledge.LanguageTag `json:"language"`
	Text     string                `json:"text"`
}

// preferredLabels makes one label a language, in the order of the tags, English first.
func preferredLabels(texts map[knowledge.LanguageTag]string) []knowledge.Label {
	tags := slices.SortedFunc(maps.Keys(texts), func(a, b knowledge.LanguageTag) int {
		switch {
		case a == b:
			return 0
		case a == "en":
			return -1
		case b == "en":
			return 1
		}
		return strings.Compare(string(a), string(b))
	})
	labels := make([]knowledge.Label, 0, len(tags))
	for _, tag := range tags {
		labels = append(labels, knowledge.Label{Language: tag, Kind: knowledge.LabelPreferred, Text: texts[tag]})
	}
	return labels
}

// addLabel appends an alternative label unless the text is there already.
func addLabel(labels []knowledge.Label, language knowledge.LanguageTag, text string) []knowledge.Label {
	if slices.ContainsFunc(labels, func(l knowledge.Label) bool { return l.Text == text }) {
		return labels
	}
	return append(labels, knowledge.Label{Language: language, Kind: knowledge.LabelAlternative, Text: text})
}

// holdsWord tells whether a text holds a term as a word or words of its own.
func holdsWord(text, term string) bool {
	return strings.Contains("-"+fold(text)+"-", "-"+fold(term)+"-")
}
