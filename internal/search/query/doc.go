// Package query reads what people type into the search field.
//
// Parse turns a text into a Query, whatever the text is: there are no errors, only text that is taken
// literally. Every node knows its place in the text, so that an answer can say what was corrected and
// Rewrite can give the text back with other words. ParseFunc lets the caller decide which filters are
// filters. String writes a query in its canonical form, which is read as the same query again.
//
//	q := query.Parse(`housing OR logement -camps country:es,ro year:2012..`)
//	for n := range q.Positive() { … }  // housing, logement
//	q.Excluded()                       // camps
//	q.Filters()                        // country, year
//
// The package knows no index, no language and no record: whether words side by side must all be found,
// what a country is called and how a word is cut further is decided by internal/search, the only package
// that imports it. docs/search-language.md describes the language for those who use it.
//
// All of it takes time and memory in proportion to the text, and may be used by any number of goroutines
// at the same time.
package query
