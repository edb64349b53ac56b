package semantics_test

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"

	"goodpractice/internal/search/semantics"
)

// corpus is a small inverted index: the terms in order, and the postings of each.
type corpus struct {
	docs     int
	terms    []string
	postings [][]semantics.Posting
}

// indexed makes a corpus of texts that are given as counts of terms.
func indexed(texts []map[string]int) corpus {
	byTerm := map[string][]semantics.Posting{}
	for doc, text := range texts {
		for term, count := range text {
			byTerm[term] = append(byTerm[term], semantics.Posting{Doc: uint32(doc), Count: uint32(count)})
		}
	}
	c := corpus{docs: len(texts)}
	for term := range byTerm {
		c.terms = append(c.terms, term)
	}
	slices.Sort(c.terms)
	for _, term := range c.terms {
		c.postings = append(c.postings, byTerm[term])
	}
	return c
}

// all visits the corpus term by term.
func (c corpus) all() iter.Seq2[string, []semantics.Posting] {
	return func(yield func(string, []semantics.Posting) bool) {
		for i, term := range c.terms {
			if !yield(term, c.postings[i]) {
				return
			}
		}
	}
}

// generated makes texts that look like an index of real ones: the words of a text come from two of 100 topics and
// from a common vocabulary, both as uneven as Zipf's law has it; about 110 different terms a text.
func generated(docs int) []map[string]int {
	const topics, topical, common, words = 100, 800, 20_000, 180
	random := rand.New(rand.NewPCG(7, uint64(docs)))
	zipf := func(n int) int { return int(math.Pow(float64(n), random.Float64())) - 1 }
	texts := make([]map[string]int, docs)
	for i := range texts {
		text := make(map[string]int, words)
		about := [2]int{random.IntN(topics), random.IntN(topics)}
		for word := range words {
			if word%3 == 0 {
				text[fmt.Sprintf("w%d", zipf(common))]++
			} else {
				text[fmt.Sprintf("t%d-%d", about[word%2], zipf(topical))]++
			}
		}
		texts[i] = text
	}
	return texts
}
