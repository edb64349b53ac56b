package semantics

import (
	"math/bits"
	"slices"
)

// Vectors are the places of documents, by number. They take a byte for each document and dimension, and 6 for each
// document besides: 20 MB for 100,000 documents of the default rank. They do not change, and any number of goroutines
// may use them.
type Vectors struct {
	width   int // Words of a vector.
	words   []uint64
	sums    []int16
	inverse []float32
}

func newVectors(docs, components int) *Vectors {
	width := wordsOf(components)
	return &Vectors{
		width: width, words: make([]uint64, docs*width), sums: make([]int16, docs), inverse: make([]float32, docs),
	}
}

func (v *Vectors) row(doc int) []uint64 { return v.words[doc*v.width : (doc+1)*v.width] }

func (v *Vectors) set(doc int, components []float32) {
	sum, inverse := encode(v.row(doc), components)
	v.sums[doc], v.inverse[doc] = int16(sum), inverse
}

// Len is the number of documents.
func (v *Vectors) Len() int { return len(v.sums) }

// At is the vector of a document, whose number is below Len. It allocates nothing.
func (v *Vectors) At(doc uint32) Vector {
	return Vector{words: v.row(int(doc)), sum: int64(v.sums[doc]), inverse: v.inverse[doc]}
}

// Neighbour is a document that is near.
type Neighbour struct {
	Doc    uint32
	Cosine float32 // Above 0.
}

// Nearest finds the n documents that are nearest to a vector of the same model, the nearest first, and of equally near
// ones the one with the lower number. Documents that point elsewhere, with a cosine of 0 or less, are no neighbours.
// It compares with all documents, about 30 ns each. If keep is not nil, it is asked for those that would be among the
// n of the documents so far, and the others are passed over.
func (v *Vectors) Nearest(query Vector, n int, keep func(doc uint32) bool) []Neighbour {
	if n <= 0 || query.IsZero() || len(query.words) != v.width {
		return nil
	}
	even, odd := make([]uint64, v.width), make([]uint64, v.width) // The codes of the query as Cosine spreads them.
	for i, word := range query.words {
		reversed := bits.ReverseBytes64(word)
		even[i], odd[i] = reversed>>8&lanes, reversed&lanes
	}
	base := offset(query.sum, v.width)
	best := nearest{limit: n}
	for doc, sum := range v.sums {
		total := uint64(0)
		words := v.row(doc)
		even, odd := even[:len(words)], odd[:len(words)]
		for i, x := range words {
			total += (x & lanes) * even[i] >> topLane
			total += (x >> 8 & lanes) * odd[i] >> topLane
		}
		cosine := float32(int64(total)-base-codeZero*int64(sum)) * query.inverse * v.inverse[doc]
		if cosine > best.least && (keep == nil || keep(uint32(doc))) {
			best.add(Neighbour{uint32(doc), cosine})
		}
	}
	return best.list
}

// nearest are the best neighbours so far, in order.
type nearest struct {
	limit int
	list  []Neighbour
	least float32 // What a neighbour must exceed to be among them.
}

// add puts a neighbour in its place, after those as near as it is, and drops what is too many.
func (b *nearest) add(neighbour Neighbour) {
	at, _ := slices.BinarySearchFunc(b.list, neighbour, func(in, added Neighbour) int {
		if in.Cosine >= added.Cosine {
			return -1
		}
		return 1
	})
	if len(b.list) == b.limit {
		b.list = b.list[:b.limit-1]
	}
	b.list = slices.Insert(b.list, at, neighbour)
	if len(b.list) == b.limit {
		b.least = b.list[b.limit-1].Cosine
	}
}
