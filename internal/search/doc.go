// Package search finds records: by text, by filters, in an order, a page at a time, with counts.
//
// Open gives an Index. Whoever follows the store writes to Current with Apply, one batch with the
// position in the feed that it leads to; readers ask Find, CrossTable and Highlight. To rebuild, fill a
// NewGeneration beside the current one and Swap: readers notice nothing.
//
// Bleve keeps the terms: its segments hold one document for each record, and its analysers cut the
// texts into terms. Everything above is here: the query, what a viewer may see, the score, the order,
// the pages, the counts and the passages that show why a record matched. docs/search.md tells how a
// text becomes a query.
//
// The index is no record: an index that cannot be opened, or that was made with another mapping, is
// thrown away, and the follower fills a fresh one from the beginning. The package loads no bodies and
// knows no store. The program and indexsync open it and write to it; the catalog reads from it. All
// its methods may be called at the same time from any number of goroutines.
package search
