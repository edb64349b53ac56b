package thesaurus

import (
	"slices"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

// foreignForm is how many letters a word needs to be taken for a form of a label in a language that the
// query does not seem to be in. With fewer, English words of the seed met forms in other languages by
// chance, such as "task" a Turkish flood.
const foreignForm = 6

// Mention is a concept that words of a text name.
type Mention struct {
	Concept     *Concept
	First, Last int                   // Places of the first and the last word in the list of words.
	Language    knowledge.LanguageTag // Of the label, without script and region.
}

// EachMention visits the concepts that a text in a language mentions, in the order of the text. The words
// are those of text.EachWord, in lower case. Only labels of that language and of no language are looked
// for, so that the Romanian "case" (houses) is not found in English texts. The longest label wins: the
// words of a mention belong to no other, but one label may name two concepts, which are visited one after
// the other. It takes 150 nanoseconds a word at most, and no memory.
func (t *Thesaurus) EachMention(words []string, language knowledge.LanguageTag, visit func(c *Concept, first, last int)) {
	m := t.matcher(language)
	for i := 0; i < len(words); i++ {
		found, last := m.longest(words, i, 0)
		for _, c := range found {
			visit(c, i, last)
		}
		i = max(i, last)
	}
}

// EachMentionAnywhere visits the concepts that a query may mean. It first looks for labels of the language
// that the query seems to be in ("" for none), and for the words that are left among the labels of all
// languages. There the longest label wins again, and where several languages have one of that length, the
// concepts of all are visited, each once with one language. It takes about 10 microseconds a word that is
// left, so the caller bounds the number of words; the first call takes as long as Prepare more.
func (t *Thesaurus) EachMentionAnywhere(words []string, language knowledge.LanguageTag, visit func(Mention)) {
	var mentions []Mention
	from := 0
	t.EachMention(words, language, func(c *Concept, first, last int) {
		mentions = t.anywhere(mentions, words[:max(from, first)], from)
		mentions = append(mentions, Mention{c, first, last, knowledge.LanguageTag(text.Base(language))})
		from = last + 1
	})
	for _, m := range t.anywhere(mentions, words, from) {
		visit(m)
	}
}

// anywhere appends what the words from a place on mention in any language.
func (t *Thesaurus) anywhere(to []Mention, words []string, from int) []Mention {
	for i := from; i < len(words); i++ {
		var found []Mention
		for _, tag := range t.tags {
			concepts, last := t.matchers[tag]().longest(words, i, foreignForm)
			if len(found) > 0 && last > found[0].Last {
				found = nil
			}
			for _, c := range concepts {
				known := func(m Mention) bool { return m.Concept == c || m.Last > last }
				if !slices.ContainsFunc(found, known) {
					found = append(found, Mention{c, i, last, knowledge.LanguageTag(tag)})
				}
			}
		}
		to = append(to, found...)
		if len(found) > 0 {
			i = found[0].Last
		}
	}
	return to
}
