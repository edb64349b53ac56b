package semantics

import (
	"context"
	"errors"
	"iter"
)

// ErrTooFew is returned by Train for a corpus that nothing can be learned from: fewer than 50 documents have a term,
// or fewer than 10 terms are shared by documents.
var ErrTooFew = errors.New("too few documents to learn meanings from")

// Limits of what is learned from. Shares and minima are those of the literature; the rest was measured on
// Cranfield, NFCorpus and SciFact.
const (
	// minDocs and minTerms keep models of nothing away.
	minDocs  = 50
	minTerms = 10
	// minDocsOfTerm: a term of one document goes together with nothing.
	minDocsOfTerm = 2
	// maxShareOfTerm: a term in more than one of so many documents is about nothing.
	maxShareOfTerm = 5
	// docsPerRank: with more dimensions for the documents, a small corpus would be learned by heart.
	docsPerRank = 3

	// defaultRank: from 72 to 248 dimensions, the similar records of NFCorpus and the hits of SciFact grow better up
	// to about 190, those of Cranfield are steady from 120 on. 100,000 vectors of this rank take 20 MB.
	defaultRank = 192
	// maxRank keeps the sum of a vector's codes within 16 bits.
	maxRank = 512
	// maxTerms keeps what a file may say of its size within reason.
	maxTerms = 1 << 20
	// defaultMaxTerms: 40,000 terms of this rank take 31 MB. SciFact's 5,183 abstracts share 13,846 terms, and a model
	// of the first 10,000 loses nothing in the mixed ranking but some of its own.
	defaultMaxTerms = 40_000
	// defaultMaxDocs: half of the documents of SciFact or NFCorpus teach clearly less than all, so as many as time allows.
	defaultMaxDocs = 30_000
)

// Options bound what Train does. The zero value stands for the defaults.
type Options struct {
	Rank     int // Dimensions of the model, at most 512; 192 if 0. A small corpus gets at most one for 3 documents.
	MaxTerms int // Terms that the model knows, those that tell documents apart best, at most 1,048,576; 40,000 if 0.
	MaxDocs  int // Documents to learn from, taken at even distances from all; 30,000 if 0.
}

func (o Options) orDefaults() Options {
	orDefault := func(value, byDefault int) int {
		if value <= 0 {
			return byDefault
		}
		return value
	}
	return Options{
		Rank:     min(orDefault(o.Rank, defaultRank), maxRank),
		MaxTerms: min(orDefault(o.MaxTerms, defaultMaxTerms), maxTerms),
		MaxDocs:  orDefault(o.MaxDocs, defaultMaxDocs),
	}
}

// Train learns from documents that are numbered from 0 to docs-1; numbers without a document do no harm. The terms
// come in any order, each with its documents. A term's postings may come in pieces, as from several segments or
// several fields, if the pieces follow one another: the counts of a document are added up. The postings are not kept.
// Terms in fewer than 2 or in more than a fifth of the documents are left out.
//
// The same corpus and options give the same model, bit by bit, on the same kind of processor. One core is used:
// see BenchmarkTrain for the time, which grows with the postings and with documents and terms times the square of the
// rank. Memory is 8 bytes a posting of the sample, and 4 bytes for each document and term times the rank. It stops
// soon after the context is done, with the context's error; other errors are ErrTooFew, and those of postings beyond
// docs and of terms that come twice.
func Train(ctx context.Context, docs int, terms iter.Seq2[string, []Posting], options Options) (*Model, error) {
	options = options.orDefaults()
	corpus, err := collect(ctx, docs, terms, options)
	if err != nil {
		return nil, err
	}
	rank := min(options.Rank, corpus.docs/docsPerRank, len(corpus.columns)/2)
	rows, err := corpus.decompose(ctx, rank)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(corpus.columns))
	for i, c := range corpus.columns {
		names[i] = c.term
		scale(float32(c.global), rows.row(i))
	}
	return newModel(names, rows), nil
}
