package search

// accumulator adds up the scores of the documents of one segment, word by word. It is all zero between
// uses, and is kept for the next search.
type accumulator struct {
	score   []float64
	part    []float64 // of the word at hand
	matched []uint8   // required words; at most maxWords
	touched []uint32  // documents with a score
	current []uint32  // documents with a part

	found  []uint32 // what is about to be shown, with its scores
	scores []float64
}

// inOrder gives the documents with a score, sorted where they are many: what else is known of documents is
// in memory in their order.
func (a *accumulator) inOrder(size uint32) []uint32 {
	if len(a.touched) < int(size)/32 {
		return a.touched
	}
	a.touched = a.touched[:0]
	for doc, score := range a.score[:size] {
		if score != 0 {
			a.touched = append(a.touched, uint32(doc))
		}
	}
	return a.touched
}

// reset makes room for a segment of the size.
func (a *accumulator) reset(size uint32) {
	for _, doc := range a.touched {
		a.score[doc], a.matched[doc] = 0, 0
	}
	a.touched = a.touched[:0]
	for _, doc := range a.current {
		a.part[doc] = 0
	}
	a.current = a.current[:0]
	if len(a.score) < int(size) {
		a.score, a.part, a.matched = make([]float64, size), make([]float64, size), make([]uint8, size)
	}
}

// add scores one word in the segment with the number: BM25F, in which the fields are weighed before
// the occurrences are dampened, so that a word in three fields is not worth three words. Deleted
// documents may get a score too.
func (a *accumulator) add(c *clause, s *segmentView, number int) error {
	for i := range c.alternatives {
		alt := &c.alternatives[i]
		list := alt.postings[number]
		if list == nil {
			continue
		}
		o, err := s.occurrences(alt, list)
		if err != nil {
			return err
		}
		for j, doc := range o.docs {
			if a.part[doc] == 0 {
				a.current = append(a.current, doc)
			}
			a.part[doc] += alt.weight * float64(o.worths[j])
		}
	}
	for _, doc := range a.current {
		if a.score[doc] == 0 {
			a.touched = append(a.touched, doc)
		}
		a.score[doc] += c.weight * a.part[doc] / (saturation + a.part[doc])
		if c.isRequired {
			a.matched[doc]++
		}
		a.part[doc] = 0
	}
	a.current = a.current[:0]
	return nil
}
