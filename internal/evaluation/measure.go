package evaluation

import (
	"math"
	"slices"
)

// Measure is a way to judge a ranking, from 0 to 1.
type Measure int

// The measures, as trec_eval defines them: map, ndcg_cut_10 (linear gain), P_5, recall_100, recip_rank of
// the first ten.
const (
	// MAP is average precision; its mean over queries gave it the name. It is taken over the whole ranking.
	MAP Measure = iota
	NDCG10
	P5
	Recall100
	MRR10
	measures
)

// The ranks down to which the measures look.
const (
	ndcgDepth   = 10
	pDepth      = 5
	recallDepth = 100
	mrrDepth    = 10
)

// Measures lists all measures in the order in which they are shown.
func Measures() []Measure { return []Measure{MAP, NDCG10, P5, Recall100, MRR10} }

// String is the usual name.
func (m Measure) String() string {
	return [measures]string{"MAP", "nDCG@10", "P@5", "recall@100", "MRR@10"}[m]
}

// Scores holds a value for each Measure.
type Scores [measures]float64

// Result is how well one query was answered.
type Result struct {
	Query string
	Scores
}

// Score judges a ranking, the best document first and none of them twice. Grades are those of
// Collection.Grades for the query. Where no document is relevant all scores are 0.
func Score(ranking []string, grades map[string]int) Scores {
	var s Scores
	gains := gainsOf(grades)
	if len(gains) == 0 {
		return s
	}
	found, gained := 0, 0.0
	for i, document := range ranking {
		grade := grades[document]
		if grade <= 0 {
			continue
		}
		found++
		rank := i + 1
		s[MAP] += float64(found) / float64(rank)
		if rank <= ndcgDepth {
			gained += discounted(grade, rank)
		}
		if rank <= pDepth {
			s[P5] += 1.0 / pDepth
		}
		if rank <= recallDepth {
			s[Recall100] += 1 / float64(len(gains))
		}
		if rank <= mrrDepth && found == 1 {
			s[MRR10] = 1 / float64(rank)
		}
	}
	s[MAP] /= float64(len(gains))
	s[NDCG10] = gained / best(gains)
	return s
}

// gainsOf lists the grades of the relevant documents, the highest first.
func gainsOf(grades map[string]int) []int {
	var gains []int
	for _, grade := range grades {
		if grade > 0 {
			gains = append(gains, grade)
		}
	}
	slices.SortFunc(gains, func(a, b int) int { return b - a })
	return gains
}

// best is the discounted gain of the best ranking there could be.
func best(gains []int) float64 {
	sum := 0.0
	for i, grade := range gains[:min(len(gains), ndcgDepth)] {
		sum += discounted(grade, i+1)
	}
	return sum
}

// discounted is what a grade is worth at a rank (Järvelin and Kekäläinen 2002, in the form of trec_eval).
func discounted(grade, rank int) float64 { return float64(grade) / math.Log2(float64(rank)+1) }

// Mean is the average of the results, which are those of all judged queries; 0 for none.
func Mean(results []Result) Scores {
	var mean Scores
	for _, r := range results {
		for m := range mean {
			mean[m] += r.Scores[m]
		}
	}
	for m := range mean {
		mean[m] /= float64(max(1, len(results)))
	}
	return mean
}
