package semantics

// Toward moves a vector towards the middle of others: the sum of the vector and, times weight, of the mean of the
// others, both with length 1. It is the feedback of Rocchio (Relevance feedback in information retrieval, 1971) in
// the space of meanings: with the best answers of a first search for others, a query of two words comes to stand
// where texts about it are. Vectors of another model, and those without a direction, are left out.
func (v Vector) Toward(others []Vector, weight float32) Vector {
	sum := make([]float32, len(v.words)*codesPerWord)
	for _, o := range others {
		if len(o.words) == len(v.words) {
			o.addTo(sum, 1)
		}
	}
	middle := newVector(sum)
	if middle.IsZero() {
		return v
	}
	clear(sum)
	v.addTo(sum, 1)
	middle.addTo(sum, weight)
	return newVector(sum)
}

// addTo adds the components of the vector with length 1, times a weight.
func (v Vector) addTo(sum []float32, weight float32) {
	for i, word := range v.words {
		for j := range codesPerWord {
			code := int(word>>(8*j)&0xFF) - codeZero
			sum[i*codesPerWord+j] += weight * float32(code) * v.inverse
		}
	}
}
