package semantics

// NewVector gives the vector of components, for comparing the two.
func NewVector(components []float32) Vector { return newVector(components) }
