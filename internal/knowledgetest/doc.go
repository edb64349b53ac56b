// Package knowledgetest makes records for tests and benchmarks, the same ones on every run.
//
// Practice, Lesson, Recommendation, Theme, Authority and so on build small, valid, published records
// of which a test sets only what it is about. Fill sets every stored field of a kind, so that a test
// of anything that stores, copies or shows records finds a field that was forgotten. Corpus makes any
// number of entries out of a few, for benchmarks.
//
// Nothing here reads a clock, a file or a random source: what is called twice gives equal records
// that share nothing. The package saves nothing and starts nothing. Only tests may import it.
package knowledgetest
