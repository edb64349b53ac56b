package semantics

import (
	"math"
	"math/bits"
)

// A component is a code from -63 to 63, and 64 is added, so that 7 bits hold it. 7 bits lose nothing that could be
// measured: of the first 5 similar documents of NFCorpus 0.557 are right instead of 0.558, of SciFact 0.321 as with
// float32. They leave room to multiply four pairs at once.
const (
	codeMax      = 63
	codeZero     = 64
	codesPerWord = 8
	lanes        = 0x00FF_00FF_00FF_00FF
	topLane      = 48
)

// Vector is the place of a text, by its direction alone. The zero Vector, and that of a text without known terms, is
// near to none. It takes a byte a dimension and does not change.
type Vector struct {
	words   []uint64 // 8 codes each, the first one lowest.
	sum     int64    // The sum of the codes.
	inverse float32  // 1 / the length of the codes; 0 of a vector without direction.
}

func newVector(components []float32) Vector {
	v := Vector{words: make([]uint64, wordsOf(len(components)))}
	v.sum, v.inverse = encode(v.words, components)
	return v
}

func wordsOf(components int) int { return (components + codesPerWord - 1) / codesPerWord }

// encode writes the codes of the components, and gives their sum and the inverse of their length.
func encode(words []uint64, components []float32) (sum int64, inverse float32) {
	largest := float32(0)
	for _, x := range components {
		largest = max(largest, x, -x)
	}
	if largest == 0 || math.IsInf(float64(codeMax/largest), 0) {
		largest = float32(math.Inf(1)) // All codes are 0.
	}
	squares := int64(0)
	for i := range words {
		word := uint64(0)
		for j := range codesPerWord {
			code := int64(0)
			if at := i*codesPerWord + j; at < len(components) {
				code = int64(math.Round(float64(components[at] * (codeMax / largest))))
			}
			sum += code
			squares += code * code
			word |= uint64(code+codeZero) << (8 * j)
		}
		words[i] = word
	}
	if squares == 0 {
		return 0, 0
	}
	return sum, float32(1 / math.Sqrt(float64(squares)))
}

// IsZero tells that a vector has no direction, because the text had no term that the model knows.
func (v Vector) IsZero() bool { return v.inverse == 0 }

// Cosine tells how near two vectors of one model are: 1 for the same direction, 0 or less for texts that have nothing
// to do with each other. It is 0 if either has no direction, and for vectors of models with other ranks.
//
// Four bytes of a, spread over the lanes of a word, are multiplied by four of b in the opposite order: the products of
// bytes with the same number meet in the top lane. They are at most 4·127², which fits, as do those of the lanes below.
func Cosine(a, b Vector) float32 {
	if len(a.words) != len(b.words) {
		return 0
	}
	total := uint64(0)
	others := b.words[:len(a.words)]
	for i, x := range a.words {
		y := bits.ReverseBytes64(others[i])
		total += (x & lanes) * (y >> 8 & lanes) >> topLane
		total += (x >> 8 & lanes) * (y & lanes) >> topLane
	}
	return float32(int64(total)-offset(a.sum+b.sum, len(a.words))) * a.inverse * b.inverse
}

// offset is what codes that are 64 too large add to a product of vectors.
func offset(sum int64, words int) int64 {
	return codeZero*sum + codeZero*codeZero*codesPerWord*int64(words)
}
