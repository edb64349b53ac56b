package main

import (
	"strings"

	"goodpractice/internal/evaluation"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

const (
	// ownLanguage is the share of texts with a known language that must be in one of them for the others to
	// count as written in it, too: where it is less, a collection has several languages.
	ownLanguage = 0.9
	// enoughTexts is the share of the documents whose language must be known for that. Some collections are
	// without the small words by which a language is told; there the queries tell.
	enoughTexts = 0.5
)

// languagesOf lists the languages of the documents: what the collection tells, otherwise what the text
// tells. A document that does not is in the language of the collection where that has one, and otherwise
// in none that is known.
func languagesOf(collection *evaluation.Collection) []knowledge.LanguageTag {
	known := text.NewLanguages()
	tags := make([]knowledge.LanguageTag, len(collection.Documents))
	told := 0
	for i, d := range collection.Documents {
		if tag, ok := knowledge.ParseLanguageTag(d.Language); ok {
			tags[i] = tag
		} else {
			tags[i] = identify(known, d.Title+"\n"+d.Text)
		}
		if tags[i] != "" {
			told++
		}
	}
	from := tags
	if float64(told) < enoughTexts*float64(len(tags)) {
		from = make([]knowledge.LanguageTag, len(collection.Queries))
		for i, q := range collection.Queries {
			from[i] = identify(known, q.Text)
		}
	}
	usual := mostly(from)
	for i := range tags {
		if tags[i] == "" {
			tags[i] = usual
		}
	}
	return tags
}

// identify tells the language of a text, "" where it cannot. Each word counts once: the texts of a
// collection may repeat a word without being in the language that has it for a small one.
func identify(known *text.Languages, words string) knowledge.LanguageTag {
	seen := map[string]bool{}
	var different []string
	for word := range strings.FieldsSeq(words) {
		if !seen[word] {
			seen[word] = true
			different = append(different, word)
		}
	}
	tag, _ := known.Identify(strings.Join(different, " "))
	return tag
}

// mostly is the language that nearly all tags name, of those that name one.
func mostly(tags []knowledge.LanguageTag) knowledge.LanguageTag {
	counts, total := map[knowledge.LanguageTag]int{}, 0
	for _, tag := range tags {
		if tag != "" {
			counts[tag]++
			total++
		}
	}
	for tag, n := range counts {
		if float64(n) >= ownLanguage*float64(total) {
			return tag
		}
	}
	return text.Undetermined
}
