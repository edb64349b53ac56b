package search

import (
	"iter"
	"math/bits"
	"slices"
)

// bitset is a set of the documents of a segment.
type bitset []uint64

func newBitset(size uint32) bitset { return make(bitset, (size+63)/64) }

func (b bitset) add(doc uint32) { b[doc/64] |= 1 << (doc % 64) }

func (b bitset) has(doc uint32) bool { return b[doc/64]&(1<<(doc%64)) != 0 }

func (b bitset) isEmpty() bool { return !slices.ContainsFunc(b, func(w uint64) bool { return w != 0 }) }

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

// without takes out what is in the other, which may be shorter.
func (b bitset) without(other bitset) {
	for i, w := range other[:min(len(b), len(other))] {
		b[i] &^= w
	}
}

// keep takes out the documents that do not pass.
func (b bitset) keep(passes func(doc uint32) bool) {
	for i, w := range b {
		for rest := w; rest != 0; rest &= rest - 1 {
			if at := bits.TrailingZeros64(rest); !passes(uint32(i*64 + at)) {
				w &^= 1 << at
			}
		}
		b[i] = w
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
