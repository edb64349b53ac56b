package evaluation_test

import (
	"math"
	"strconv"
	"testing"

	"goodpractice/internal/evaluation"
)

// near tells whether two numbers are the same to six places.
func near(a, b float64) bool { return math.Abs(a-b) < 1e-6 }

// The expected values were computed by hand from the definitions of trec_eval.
func TestScore(t *testing.T) {
	t.Parallel()
	far := make([]string, 150)
	for i := range far {
		far[i] = "other " + strconv.Itoa(i)
	}
	far[10], far[99], far[100] = "a", "b", "c"
	for name, test := range map[string]struct {
		ranking []string
		grades  map[string]int
		want    evaluation.Scores
	}{
		// AP = (1/2 + 2/4 + 3/5)/3. DCG = 2/log₂3 + 1/log₂5 + 1/log₂6 = 2.079389, of at most 2 + 1/log₂3 + 1/log₂4 = 3.130930.
		"graded": {
			[]string{"d4", "d1", "d9", "d3", "d2"},
			map[string]int{"d1": 2, "d2": 1, "d3": 1, "d4": 0},
			evaluation.Scores{0.533333, 0.664144, 0.6, 1, 0.5},
		},
		"one never found": {
			[]string{"x"}, map[string]int{"x": 1, "y": 1}, evaluation.Scores{0.5, 0.613147, 0.2, 0.5, 1},
		},
		// Ranks 11, 100 and 101: AP = (1/11 + 2/100 + 3/101)/3.
		"beyond the cuts": {
			far, map[string]int{"a": 1, "b": 1, "c": 1}, evaluation.Scores{0.046871, 0, 0, 0.666667, 0},
		},
		"nothing found":    {nil, map[string]int{"x": 1}, evaluation.Scores{}},
		"nothing relevant": {[]string{"x"}, map[string]int{"x": 0, "y": -1}, evaluation.Scores{}},
		// More relevant documents than the depth of nDCG: ten of them are all that can be.
		"many": {
			[]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}, grades(20), evaluation.Scores{0.5, 1, 1, 0.5, 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := evaluation.Score(test.ranking, test.grades)
			for _, m := range evaluation.Measures() {
				if !near(got[m], test.want[m]) {
					t.Errorf("%s %.6f, want %.6f", m, got[m], test.want[m])
				}
			}
		})
	}
}

// grades are n relevant documents.
func grades(n int) map[string]int {
	out := map[string]int{}
	for i := range n {
		out[strconv.Itoa(i)] = 1
	}
	return out
}

func TestMean(t *testing.T) {
	t.Parallel()
	got := evaluation.Mean([]evaluation.Result{
		{Query: "1", Scores: evaluation.Scores{0.5, 1, 0, 0.25, 1}}, {Query: "2", Scores: evaluation.Scores{1, 0, 0, 0.75, 0.5}},
	})
	if want := (evaluation.Scores{0.75, 0.5, 0, 0.5, 0.75}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := evaluation.Mean(nil); got != (evaluation.Scores{}) {
		t.Errorf("of nothing: %v", got)
	}
}
