package semantics

import (
	"math"
	"testing"
)

func TestTowardMovesToTheMiddle(t *testing.T) {
	t.Parallel()
	x, y := newVector([]float32{1, 0, 0}), newVector([]float32{0, 1, 0})
	tests := map[string]struct {
		from   Vector
		others []Vector
		weight float32
		want   [2]float64 // cosines with x and y
	}{
		"half way":           {x, []Vector{y}, 1, [2]float64{math.Sqrt2 / 2, math.Sqrt2 / 2}},
		"others count once":  {x, []Vector{y, y, y}, 1, [2]float64{math.Sqrt2 / 2, math.Sqrt2 / 2}},
		"weight":             {x, []Vector{y}, 3, [2]float64{1 / math.Sqrt(10), 3 / math.Sqrt(10)}},
		"no others":          {x, nil, 1, [2]float64{1, 0}},
		"without direction":  {x, []Vector{newVector([]float32{0, 0, 0})}, 1, [2]float64{1, 0}},
		"of another model":   {x, []Vector{newVector(make([]float32, 64))}, 1, [2]float64{1, 0}},
		"nothing to go from": {newVector([]float32{0, 0, 0}), []Vector{y}, 1, [2]float64{0, 1}},
	}
	for name, test := range tests {
		got := test.from.Toward(test.others, test.weight)
		for i, axis := range []Vector{x, y} {
			if c := float64(Cosine(got, axis)); math.Abs(c-test.want[i]) > 0.02 {
				t.Errorf("%s: cosine %d = %.3f, want %.3f", name, i, c, test.want[i])
			}
		}
	}
}
