package search

import (
	"math"
	"strconv"
)

// statistics is what the score goes by beside the counts of words: how many records there are, and how long
// their texts usually are. It depends on the living records alone, not on how they lie in segments.
type statistics struct {
	records  float64           // that have texts of their own
	averages map[class]float64 // words of a text of the class, to two digits
	named    string
}

// name tells apart statistics that give different worths to the same occurrences.
func (s *statistics) name() string {
	if s.named == "" {
		b := []byte{'*'}
		for _, c := range runningClasses() {
			b = strconv.AppendFloat(append(b, ' '), s.averages[c], 'g', -1, 64)
		}
		s.named = string(b)
	}
	return s.named
}

// lengths is how many words each document of a segment has in a class; 0 where it has none.
type lengths struct {
	words []float32
	sum   float64
	count int

	norm    []float32 // what one occurrence is worth, by the length
	average float64   // that norm was made with
}

// lengths gives the lengths of a class, deleted documents included.
func (s *segmentView) lengths(c class) (*lengths, error) {
	column, err := s.column(fieldLength + string(c))
	if err != nil {
		return nil, err
	}
	s.columns.mu.Lock()
	defer s.columns.mu.Unlock()
	if l := s.columns.lengths[c]; l != nil {
		return l, nil
	}
	values := make([]float32, len(column.terms))
	for i, t := range column.terms {
		n, _ := strconv.ParseFloat(t, 32) // Written by lengthField.
		values[i] = float32(n)
	}
	l := &lengths{words: make([]float32, s.size)}
	for doc := range s.size {
		if place, ok := column.value(doc); ok {
			l.words[doc] = values[place]
			l.sum += float64(values[place])
			l.count++
		}
	}
	s.columns.lengths[c] = l
	return l, nil
}

// statistics adds up what is known of the segments, without the deleted documents.
func (v *view) statistics() (*statistics, error) {
	if v.stats != nil {
		return v.stats, nil
	}
	out := &statistics{averages: map[class]float64{}}
	for _, c := range runningClasses() {
		sum, count := 0.0, 0
		for _, s := range v.segments {
			l, err := s.lengths(c)
			if err != nil {
				return nil, err
			}
			sum, count = sum+l.sum, count+l.count
			if deleted := s.snapshot.Deleted(); deleted != nil {
				for it := deleted.Iterator(); it.HasNext(); {
					if n := l.words[it.Next()]; n > 0 {
						sum, count = sum-float64(n), count-1
					}
				}
			}
		}
		out.averages[c] = twoDigits(sum / math.Max(1, float64(count)))
		out.records = math.Max(out.records, float64(count))
	}
	v.stats = out
	return out, nil
}

// twoDigits rounds an average, so that one more record does not make everything be computed again: what
// follows from it stays the same for most of the records that are written.
func twoDigits(x float64) float64 {
	if x <= 0 {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(x))-1)
	return math.Round(x/unit) * unit
}

// norms is what one occurrence of a word is worth in each document: less in longer texts. Nil stands for 1
// everywhere.
func (s *segmentView) norms(c class, average float64) ([]float32, error) {
	if !c.isRunning() {
		return nil, nil
	}
	l, err := s.lengths(c)
	if err != nil {
		return nil, err
	}
	s.columns.mu.Lock()
	defer s.columns.mu.Unlock()
	if l.norm == nil || l.average != average {
		norm := make([]float32, len(l.words)) // Others may still read the one before.
		for doc, n := range l.words {
			norm[doc] = float32(lengthNorm(float64(n), average))
		}
		l.norm, l.average = norm, average
	}
	return l.norm, nil
}
