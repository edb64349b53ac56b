package thesaurus

import (
	"iter"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
)

// english is the language that every concept has a label in.
const english knowledge.LanguageTag = "en"

// Concept is one thing that the labels of many languages name.
type Concept struct {
	// ID is a word or words in lower case with hyphens, such as "social-housing". It is the concept's own
	// for ever.
	ID string

	broader []*Concept
	related []*Concept
	labels  []label
}

// label is a text that names a concept.
type label struct {
	language knowledge.LanguageTag
	text     string
	kind     labelKind
}

// labelKind tells what a label is for.
type labelKind int

const (
	preferred   labelKind = iota // shown
	alternative                  // found; fit to be shown, and never is
	hidden                       // found; never to be shown
)

// Label is the preferred label in the first of the languages that has one, each shortened step by step
// (RFC 4647 §3.4) and sr standing for sr-Cyrl or sr-Latn as well; in English where none has.
func (c *Concept) Label(languages ...knowledge.LanguageTag) string {
	for _, want := range languages {
		for tag := string(want); tag != ""; tag = withoutLast(tag) {
			if text := c.preferred(tag); text != "" {
				return text
			}
		}
	}
	return c.preferred(string(english))
}

func (c *Concept) preferred(tag string) string {
	longer := ""
	for _, l := range c.labels {
		switch {
		case l.kind != preferred:
		case string(l.language) == tag:
			return l.text
		case longer == "" && strings.HasPrefix(string(l.language), tag+"-"):
			longer = l.text
		}
	}
	return longer
}

// withoutLast takes the last subtag away; "" of a bare language.
func withoutLast(tag string) string {
	return tag[:max(0, strings.LastIndexByte(tag, '-'))]
}

// Ancestors visits the concepts that include this one, the nearest first and each once: what is about
// social housing is about housing.
func (c *Concept) Ancestors() iter.Seq[*Concept] {
	return func(yield func(*Concept) bool) {
		seen := slices.Clone(c.broader)
		for i := 0; i < len(seen); i++ {
			if !yield(seen[i]) {
				return
			}
			for _, b := range seen[i].broader {
				if !slices.Contains(seen, b) {
					seen = append(seen, b)
				}
			}
		}
	}
}

// Labels visits every label that may be shown with its language.
func (c *Concept) Labels() iter.Seq2[knowledge.LanguageTag, string] {
	return func(yield func(knowledge.LanguageTag, string) bool) {
		for _, l := range c.labels {
			if l.kind != hidden && !yield(l.language, l.text) {
				return
			}
		}
	}
}

// Related lists the concepts that have to do with this one without including it. The list is the
// caller's own.
func (c *Concept) Related() []*Concept { return slices.Clone(c.related) }
