package search

import (
	"iter"
	"math/bits"
)

// bitset is a set of the documents of a segment.
type bitset []uint64

func newBitset(size uint32) bitset { return make(bitset, (size+63)/64) }

func (b bitset) add(doc uint32) { b[doc/64] |= 1 << (doc % 64) }

func (b bitset) has(doc uint32) bool { return b[doc/64]&(1<<(doc%64)) != 0 }

// and keeps what is in both.
func (b bitset) and(other bitset) {
	for i := range b {
		b[i] &= other[i]
	}
}

// or adds what is in the other.
func (b bitset) or(other bitset) {
	for i := range b {
		b[i] |= other[i]
	}
}

// all visits the documents in order.
func (b bitset) all() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i, w := range b {
			for ; w != 0; w &= w - 1 {
				if !yield(uint32(i*64 + bits.TrailingZeros64(w))) {
					return
				}
			}
		}
	}
}

// remove takes a document out.
func (b bitset) remove(doc uint32) { b[doc/64] &^= 1 << (doc % 64) }
