// Package catalog holds the use cases: what a reader may see and find, and what an actor may change.
//
// Every method takes the reader of the request from the context (knowledge.ReaderFrom). What it
// returns is the reader's own copy: in the reader's language, without contacts that are not for the
// reader, and without anything that the reader may not see. What is refused is answered as
// knowledge.Problems, everything else as *knowledge.Error.
//
// The package declares the store and the search engine that it needs and knows neither bbolt, MongoDB
// nor Bleve, nor GraphQL nor HTTP. graph calls it; cmd builds it. A Catalog may be used by many
// goroutines at once.
package catalog
