// Package plainbleve is the search page made of what Bleve has for it, as its documentation shows: its standard analysis, a match
// query, conjunctions for the filters, and its own facets and highlights. The benchmarks put it beside ours. The counts of a facet
// fall under its own filter there, nothing is found across languages, and nothing is corrected.
//
//	x, err := plainbleve.New(dir, entities)
//	err = x.Page(ctx)
//
// Test code only.
package plainbleve
