package evaluation_test

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"goodpractice/internal/evaluation"
)

// results gives each query of a run the same score by all measures.
func results(scores ...float64) []evaluation.Result {
	out := make([]evaluation.Result, len(scores))
	for i, s := range scores {
		out[i] = evaluation.Result{Query: strconv.Itoa(i), Scores: evaluation.Scores{s, s, s, s, s}}
	}
	return out
}

func TestCompare(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, after   []float64
		won, lost, tied int
		t, student      float64 // by a table of Student's distribution
		from, to        float64 // of the randomisation, whose exact value lies between
	}{
		"the same": {[]float64{0.1, 0.2, 0.3}, []float64{0.1, 0.2, 0.3}, 0, 0, 3, 0, 1, 1, 1},
		// Differences .1 .2 .3 .4: mean .25, deviation .129099. All have one sign in 2 of 16 shuffles.
		"always better": {[]float64{0, 0, 0, 0}, []float64{0.1, 0.2, 0.3, 0.4}, 4, 0, 0, 3.872983, 0.030466, 0.12, 0.13},
		// Differences −.5 .5 .5 0: |sum| ≥ .5 whatever the signs of an odd number of halves.
		"mixed":   {[]float64{0.5, 0, 0, 0.2}, []float64{0, 0.5, 0.5, 0.2}, 2, 1, 1, 0.522233, 0.637618, 1, 1},
		"shifted": {[]float64{0, 0.25}, []float64{0.5, 0.75}, 2, 0, 0, math.Inf(1), 0, 0.49, 0.51},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			differences, n := evaluation.Compare(results(test.before...), results(test.after...))
			if n != len(test.before) || len(differences) != len(evaluation.Measures()) {
				t.Fatalf("%d queries, %d differences", n, len(differences))
			}
			for i, d := range differences {
				if d.Measure != evaluation.Measures()[i] || d.Won != test.won || d.Lost != test.lost || d.Tied != test.tied {
					t.Errorf("%+v", d)
				}
				if d.T != test.t && !near(d.T, test.t) || !near(d.StudentP, test.student) {
					t.Errorf("t %.6f p %.6f, want %.6f and %.6f", d.T, d.StudentP, test.t, test.student)
				}
				if d.Randomised < test.from || d.Randomised > test.to {
					t.Errorf("p %.4f by randomisation, want %.2f to %.2f", d.Randomised, test.from, test.to)
				}
			}
		})
	}
}

func TestComparePairsByQuery(t *testing.T) {
	t.Parallel()
	before := results(0.1, 0.2, 0.3)
	after := []evaluation.Result{{Query: "new"}, before[2], before[0]}
	after[1].Scores[evaluation.MAP] = 0.5
	differences, n := evaluation.Compare(before, after)
	if d := differences[evaluation.MAP]; n != 2 || !near(d.Before, 0.2) || !near(d.After, 0.3) || d.Won != 1 || d.Tied != 1 {
		t.Errorf("%d queries, %+v", n, d)
	}
	if d := differences[evaluation.P5]; d.Tied != 2 {
		t.Errorf("%+v", d)
	}
	if differences, n := evaluation.Compare(before, after[:1]); n != 0 || differences != nil {
		t.Errorf("%d queries, %v", n, differences)
	}
}

func TestResultsComeBack(t *testing.T) {
	t.Parallel()
	want := []evaluation.Result{
		{Query: "a", Scores: evaluation.Scores{1.0 / 3, 0.1, 0.2, 0.3, 1}}, {Query: `"ü`, Scores: evaluation.Scores{}},
	}
	var file bytes.Buffer
	if err := evaluation.WriteResults(&file, want); err != nil {
		t.Fatal(err)
	}
	got, err := evaluation.ReadResults(&file, "f")
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, error %v, want %v", got, err, want)
	}
	for text, want := range map[string]string{
		`{"query":"a","MAP":1}`: "f, line 1: there is no nDCG@10",
		"\nx":                   "f, line 2: it cannot be read as JSON",
		`{"MAP":1}`:             "f, line 1: there is no id",
	} {
		_, err := evaluation.ReadResults(strings.NewReader(text), "f")
		if bad, ok := errors.AsType[*evaluation.LineError](err); !ok || !strings.HasPrefix(bad.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}
