package semantics

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
)

// Vectors are the places of documents, by number. They take a byte for each document and dimension, and 6 for each
// document besides: 20 MB for 100,000 documents of the default rank. Any number of goroutines may use them, but while
// Put or Read changes them.
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

// Put places a document anew. If its number is Len, it is added. A vector of another model is taken for none.
func (v *Vectors) Put(doc uint32, place Vector) {
	if int(doc) == v.Len() {
		v.words = append(v.words, make([]uint64, v.width)...)
		v.sums, v.inverse = append(v.sums, 0), append(v.inverse, 0)
	}
	row := v.row(int(doc))
	if len(place.words) != v.width {
		clear(row)
		v.sums[doc], v.inverse[doc] = 0, 0
		return
	}
	copy(row, place.words)
	v.sums[doc], v.inverse[doc] = int16(place.sum), place.inverse
}

// Grow makes room for so many documents more.
func (v *Vectors) Grow(docs int) {
	docs = max(docs, 0)
	v.words = slices.Grow(v.words, docs*v.width)
	v.sums, v.inverse = slices.Grow(v.sums, docs), slices.Grow(v.inverse, docs)
}

// Size is how many bytes Append adds for a document.
func (v *Vectors) Size() int { return 8*v.width + 6 }

// Append adds the vector of a document to the bytes, for Read.
func (v *Vectors) Append(to []byte, doc uint32) []byte {
	for _, word := range v.row(int(doc)) {
		to = binary.LittleEndian.AppendUint64(to, word)
	}
	to = binary.LittleEndian.AppendUint16(to, uint16(v.sums[doc]))
	return binary.LittleEndian.AppendUint32(to, math.Float32bits(v.inverse[doc]))
}

// Read adds a document with what Append wrote of it: Size bytes, of which a checksum is the caller's business.
func (v *Vectors) Read(from []byte) {
	for i := range v.width {
		v.words = append(v.words, binary.LittleEndian.Uint64(from[8*i:]))
	}
	rest := from[8*v.width:]
	v.sums = append(v.sums, int16(binary.LittleEndian.Uint16(rest)))
	v.inverse = append(v.inverse, math.Float32frombits(binary.LittleEndian.Uint32(rest[2:])))
}

// Nearest finds the n documents that are nearest to a vector of the same model, the nearest first, and of equally near
// ones the one with the lower number. Documents that point elsewhere, with a cosine of 0 or less, are no neighbours.
// It compares with all documents, about 30 ns each. If keep is not nil, it is asked for those that would be among the
// n of the documents so far, and the others are passed over.
func (v *Vectors) Nearest(query Vector, n int, keep func(doc uint32) bool) []Neighbour {
	return v.NearestBy(query, n, keep, nil)
}

// NearestBy is Nearest with another order of equally near documents: before tells which of two comes first. It is
// asked for those alone.
func (v *Vectors) NearestBy(query Vector, n int, keep func(doc uint32) bool, before func(a, b uint32) bool) []Neighbour {
	if n <= 0 || query.IsZero() || len(query.words) != v.width {
		return nil
	}
	even, odd := make([]uint64, v.width), make([]uint64, v.width) // The codes of the query as Cosine spreads them.
	for i, word := range query.words {
		reversed := bits.ReverseBytes64(word)
		even[i], odd[i] = reversed>>8&lanes, reversed&lanes
	}
	base := offset(query.sum, v.width)
	best := nearest{limit: n, before: before}
	for doc, sum := range v.sums {
		words := v.row(doc)
		evens, odds := even[:len(words)], odd[:len(words)]
		total, second := uint64(0), uint64(0) // Two sums that need not wait for one another.
		for i, x := range words {
			total += (x & lanes) * evens[i] >> topLane
			second += (x >> 8 & lanes) * odds[i] >> topLane
		}
		total += second
		cosine := float32(int64(total)-base-codeZero*int64(sum)) * query.inverse * v.inverse[doc]
		if cosine < best.least || cosine <= 0 || cosine == best.least && before == nil {
			continue
		}
		neighbour := Neighbour{uint32(doc), cosine}
		if best.takes(neighbour) && (keep == nil || keep(uint32(doc))) {
			best.add(neighbour)
		}
	}
	return best.list
}

// nearest are the best neighbours so far, in order.
type nearest struct {
	limit  int
	before func(a, b uint32) bool // nil: by number
	list   []Neighbour
	least  float32 // What a neighbour must reach to be among them.
}

// order tells which of two neighbours comes first.
func (b *nearest) order(x, y Neighbour) int {
	if x.Cosine != y.Cosine || b.before == nil {
		return cmp.Or(cmp.Compare(y.Cosine, x.Cosine), cmp.Compare(x.Doc, y.Doc))
	}
	if b.before(x.Doc, y.Doc) {
		return -1
	}
	return 1
}

// takes tells whether a neighbour would be among them.
func (b *nearest) takes(neighbour Neighbour) bool {
	return len(b.list) < b.limit || b.order(neighbour, b.list[len(b.list)-1]) < 0
}

// add puts a neighbour that it takes in its place, and drops what is too many.
func (b *nearest) add(neighbour Neighbour) {
	at, _ := slices.BinarySearchFunc(b.list, neighbour, b.order)
	if len(b.list) == b.limit {
		b.list = b.list[:b.limit-1]
	}
	b.list = slices.Insert(b.list, at, neighbour)
	if len(b.list) == b.limit {
		b.least = b.list[b.limit-1].Cosine
	}
}
