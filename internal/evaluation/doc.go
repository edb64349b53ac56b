// Package evaluation judges a search by a test collection: documents, queries, and which documents answer
// which query.
//
// Load reads a collection. Whoever runs the queries gives each ranking to Score, and the results of all
// queries to Mean. WriteResults and ReadResults keep the scores of each query, and Compare tells whether
// two runs differ by more than chance. Misspell makes the typing errors of a test with misspelt queries,
// and InPart chooses queries to keep aside.
//
// The measures are those of trec_eval, the program of the Text Retrieval Conference. The package runs no
// search and knows neither records nor an index. The program may import it.
package evaluation
