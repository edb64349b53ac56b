package semantics

// Related names the n terms that the model knows nearest to a vector, the nearest first: what a query is about in the
// eyes of the model, the terms of the query among them. It compares with all terms, about 0.1 µs each.
func (m *Model) Related(query Vector, n int) []string {
	if n <= 0 || query.IsZero() || len(query.words) != wordsOf(m.terms.width) {
		return nil
	}
	wide := make([]float32, m.terms.width)
	for i := range wide {
		code := query.words[i/codesPerWord] >> (8 * (i % codesPerWord)) & 0xFF
		wide[i] = float32(int(code) - codeZero)
	}
	best := nearest{limit: n}
	for i := range m.names {
		row := m.terms.row(i)
		length := blas.Snrm2(len(row), row, 1)
		if length == 0 {
			continue
		}
		if cosine := blas.Sdot(len(row), row, 1, wide, 1) / length; cosine > best.least {
			best.add(Neighbour{uint32(i), cosine})
		}
	}
	names := make([]string, len(best.list))
	for i, neighbour := range best.list {
		names[i] = m.names[neighbour.Doc]
	}
	return names
}
