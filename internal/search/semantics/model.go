package semantics

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
)

// foldBlock is the number of documents that are folded at a time: 50 MB of the default rank.
const foldBlock = 1 << 16

// Model knows where terms are. It does not change, and any number of goroutines may use it. It takes 4 bytes for each
// term and dimension, and about 100 for each term besides: 35 MB at most by default.
type Model struct {
	names  []string // In ascending order.
	number map[string]int
	terms  *dense // What each term adds to the place of a text.
}

func newModel(names []string, terms *dense) *Model {
	m := &Model{names: names, terms: terms, number: make(map[string]int, len(names))}
	for i, name := range names {
		m.number[name] = i
	}
	return m
}

// Has tells whether the model knows a term. What it does not know places no text.
func (m *Model) Has(term string) bool {
	_, ok := m.number[term]
	return ok
}

// Vector places a text that is given as terms and how often each occurs, in any order. It costs about 0.2 µs a term.
func (m *Model) Vector(terms iter.Seq2[string, int]) Vector { return newVector(m.place(terms)) }

// place adds up the terms in the order in which Fold does, so that the outcome is the same.
func (m *Model) place(terms iter.Seq2[string, int]) []float32 {
	type known struct{ number, count int }
	var text []known
	for term, count := range terms {
		if i, ok := m.number[term]; ok && count > 0 {
			text = append(text, known{i, count})
		}
	}
	slices.SortFunc(text, func(a, b known) int { return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.count, b.count)) })
	sum := make([]float32, m.terms.width)
	for _, k := range text {
		addScaled(sum, local(uint32(min(k.count, math.MaxInt32))), m.terms.row(k.number))
	}
	return sum
}

// Fold places documents that are numbered from 0 to docs-1 and given as Train takes them. It does what Vector does for
// each, up to rounding, but reads a term once for all documents, and once again for each further 65,536 documents.
// It costs about 0.1 µs a posting, and 4 bytes for each document of the 65,536 and dimension while it runs. It stops
// soon after the context is done, with the context's error; the other error is that of a posting beyond docs.
func (m *Model) Fold(ctx context.Context, docs int, terms iter.Seq2[string, []Posting]) (*Vectors, error) {
	docs = max(docs, 0)
	vectors := newVectors(docs, m.terms.width)
	for from := 0; from < docs; from += foldBlock {
		block := newDense(min(docs-from, foldBlock), m.terms.width)
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("fold: %w", err)
		}
		if err := m.foldBlock(ctx, block, from, docs, terms); err != nil {
			return nil, fmt.Errorf("fold: %w", err)
		}
		for i := range block.rows {
			vectors.set(from+i, block.row(i))
		}
	}
	return vectors, nil
}

// NewVectors are the places of no documents, to Put some there.
func (m *Model) NewVectors() *Vectors { return newVectors(0, m.terms.width) }

// foldBlock places the documents of a block, which begins at a document.
func (m *Model) foldBlock(ctx context.Context, block *dense, from, docs int, terms iter.Seq2[string, []Posting]) error {
	var work pulse
	for term, postings := range runs(terms) {
		number, ok := m.number[term]
		if err := work.after(ctx, len(postings)*block.width); err != nil {
			return err
		}
		if !ok || len(postings) == 0 {
			continue
		}
		if last := postings[len(postings)-1].Doc; int64(last) >= int64(docs) {
			return fmt.Errorf("term %q is in document %d of %d", term, last, docs)
		}
		row := m.terms.row(number)
		for _, p := range postings {
			if i := int(p.Doc) - from; i >= 0 && i < block.rows {
				addScaled(block.row(i), local(p.Count), row)
			}
		}
	}
	return nil
}
