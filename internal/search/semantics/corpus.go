package semantics

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
)

// cell is a document of the sample with the weight that a term has in it.
type cell struct {
	row    uint32
	weight float32
}

// column is a term with its cells, in the order of the rows.
type column struct {
	term   string
	cells  []cell
	global float64 // The weight of the term in the whole corpus.
}

// weigh finds the term's weight in a corpus of so many documents.
func (c *column) weigh(docs int) { c.global = math.Log(float64(docs) / float64(len(c.cells))) }

// energy is what the column brings to the matrix: the sum of the squares of its weights.
func (c *column) energy() float64 {
	sum := 0.0
	for _, cell := range c.cells {
		sum += float64(cell.weight) * float64(cell.weight)
	}
	return sum * c.global * c.global
}

// local is the weight of a term within a text, whose tenth occurrence tells less than the first. With the global
// weight it is tf-idf; log-entropy was not better on any of the collections (similar documents of NFCorpus: 0.549
// instead of 0.553 among the first 5).
func local(count uint32) float32 {
	if count == 1 {
		return 1
	}
	return float32(1 + math.Log(float64(count)))
}

// corpus is the matrix of documents and terms, term by term.
type corpus struct {
	columns []column
	rows    int // Documents of the sample.
	docs    int // Those of them that have a term.
}

// collector gathers a corpus within the limits of the options.
type collector struct {
	options    Options
	docs, rows int
	columns    []column
	scratch    []cell
	filled     []bool // By row: whether the document has a term.
}

// collect reads the terms, keeps those that tell documents apart best, and weighs them.
func collect(ctx context.Context, docs int, terms iter.Seq2[string, []Posting], options Options) (*corpus, error) {
	rows := max(min(docs, options.MaxDocs), 0)
	c := &collector{options: options, docs: docs, rows: rows, filled: make([]bool, rows)}
	var work pulse
	for term, postings := range runs(terms) {
		if err := work.after(ctx, len(postings)); err != nil {
			return nil, fmt.Errorf("train: %w", err)
		}
		if err := c.add(term, postings); err != nil {
			return nil, fmt.Errorf("train: %w", err)
		}
	}
	return c.finish()
}

// row gives the row of a document if the sample has it. The sample takes documents at even distances.
func (c *collector) row(doc uint32) (uint32, bool) {
	docs, rows := uint64(c.docs), uint64(c.rows)
	if docs == rows {
		return doc, true
	}
	at := uint64(doc) * rows
	return uint32(at / docs), at/docs < (at+rows)/docs
}

// add keeps a term if it is neither too rare nor too common.
func (c *collector) add(term string, postings []Posting) error {
	c.scratch = c.scratch[:0]
	for _, p := range postings {
		if int64(p.Doc) >= int64(c.docs) {
			return fmt.Errorf("term %q is in document %d of %d", term, p.Doc, c.docs)
		}
		if row, ok := c.row(p.Doc); ok {
			c.scratch = append(c.scratch, cell{row, local(p.Count)})
			c.filled[row] = true
		}
	}
	if len(c.scratch) < minDocsOfTerm || len(c.scratch) > c.rows/maxShareOfTerm {
		return nil
	}
	kept := column{term: term, cells: slices.Clone(c.scratch)}
	kept.weigh(c.rows)
	c.columns = append(c.columns, kept)
	if len(c.columns) >= 2*c.options.MaxTerms {
		c.prune()
	}
	return nil
}

// prune keeps the terms that bring most to the matrix. What it drops would not come back later, so that the outcome
// is the same as if all terms had been compared at the end.
func (c *collector) prune() {
	if len(c.columns) <= c.options.MaxTerms {
		return
	}
	type candidate struct {
		column
		energy float64
	}
	candidates := make([]candidate, len(c.columns))
	for i, column := range c.columns {
		candidates[i] = candidate{column, column.energy()}
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.energy, a.energy), cmp.Compare(a.term, b.term))
	})
	clear(c.columns)
	c.columns = c.columns[:c.options.MaxTerms]
	for i := range c.columns {
		c.columns[i] = candidates[i].column
	}
}

// finish weighs what is left, and gives each document the length 1.
func (c *collector) finish() (*corpus, error) {
	docs := 0
	for _, filled := range c.filled {
		if filled {
			docs++
		}
	}
	c.columns = slices.DeleteFunc(c.columns, func(column column) bool { return len(column.cells) > docs/maxShareOfTerm })
	c.prune()
	if docs < minDocs || len(c.columns) < minTerms {
		return nil, ErrTooFew
	}
	slices.SortFunc(c.columns, func(a, b column) int { return cmp.Compare(a.term, b.term) })
	squares := make([]float64, c.rows)
	for i := range c.columns {
		column := &c.columns[i]
		if i > 0 && column.term == c.columns[i-1].term {
			return nil, fmt.Errorf("train: term %q comes twice, and not in a row", column.term)
		}
		column.weigh(docs)
		for j, cell := range column.cells {
			column.cells[j].weight = float32(float64(cell.weight) * column.global)
			squares[cell.row] += float64(column.cells[j].weight) * float64(column.cells[j].weight)
		}
	}
	for _, column := range c.columns {
		for j, cell := range column.cells {
			column.cells[j].weight = float32(float64(cell.weight) / math.Sqrt(squares[cell.row]))
		}
	}
	return &corpus{columns: c.columns, rows: c.rows, docs: docs}, nil
}
