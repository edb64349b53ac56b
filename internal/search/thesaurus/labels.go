package thesaurus

import (
	"iter"

	"goodpractice/internal/knowledge"
)

// Labels visits every label with its language, hidden ones too: what somebody may type who means a concept.
// None of them may be shown because of that.
func (t *Thesaurus) Labels() iter.Seq2[knowledge.LanguageTag, string] {
	return func(yield func(knowledge.LanguageTag, string) bool) {
		for _, c := range t.concepts {
			for _, l := range c.labels {
				if !yield(l.language, l.text) {
					return
				}
			}
		}
	}
}
