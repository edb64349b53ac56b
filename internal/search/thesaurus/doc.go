// Package thesaurus knows the words of the field in many languages, so that a search for "vivienda" finds
// what is written about housing.
//
// The data is thesaurus.jsonld: concepts in SKOS, written as JSON-LD with its context inside. Parse reads
// such a file, New the one that is built in. EachMention finds the concepts that a text of a known
// language mentions, for the index; EachMentionAnywhere does so for a query, of which the language is
// never sure. Concept.Label is what may be shown of a concept.
//
// The package weighs nothing and knows no index, no query and no record; the themes and target groups of
// a knowledge base are records and not in here. Its data was not checked by native speakers, but for
// English and French. Only internal/search imports it. A Thesaurus does not change after it is made, and
// any number of goroutines may use it.
package thesaurus
