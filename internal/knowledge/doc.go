// Package knowledge is the domain: what a practice, a lesson learnt, a recommendation and the
// nouns around them are, which states they may be in, and what makes them valid.
//
// Every noun that is stored is an Entity: a struct that embeds Meta. Practices, lessons learnt and
// recommendations are also an Entry: they embed EntryCore and hold one block of texts a language.
// An entity in memory is a plain value without locks: whoever loads it owns it, and nobody shares it.
//
// The package imports the standard library only and performs no input or output. It knows nothing
// of GraphQL, of a storage engine or of the search index. Every other package may import it.
package knowledge
