// Package text cuts texts into words, and words into the terms that an index holds, and tells languages.
//
// EachWord gives the words of a text with their places. Fold reduces a word to plain Latin letters, where its
// script allows it, which is all that a field without a language needs. NewLanguages gives the table of
// languages; Of finds the one of a text, and its Term is the word as the fields of that language hold it. To
// add a language, add a row to the table in table.go.
//
// Identify tells the language of a text of some sentences by the table alone. NewDetector learns from the
// words of a corpus to tell the language of a query of a few words.
//
// The package knows no index, no query and no record. Packages of the search import it, and whoever reads
// texts that do not say their language; no others. All of it may be used by any number of goroutines at the same time.
package text
