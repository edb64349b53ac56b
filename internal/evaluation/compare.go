package evaluation

import (
	"math"
	"math/rand/v2"
)

// Difference is how two runs differ by one measure, over the queries that both have.
type Difference struct {
	Measure       Measure
	Before, After float64 // means
	Won, Lost     int     // queries that are better and worse after
	Tied          int
	// Randomised is the probability that chance alone makes the means differ so much, by a two-sided
	// randomisation test.
	Randomised float64
	// T is Student's paired t, and StudentP its two-sided probability; 0 and 1 where all queries tie.
	T, StudentP float64
}

// permutations is how often the randomisation test shuffles: a p of 0.05 is then exact to 0.003.
const permutations = 20_000

// tie is how much two scores of a query may differ and be the same: less than any change of a ranking
// makes, more than the order of a sum does.
const tie = 1e-9

// Compare pairs the results of two runs by query, and gives a difference for each measure, in the order of
// Measures, and how many queries both runs have; no differences for none. The same results give the same
// probabilities.
func Compare(before, after []Result) (differences []Difference, queries int) {
	earlier := make(map[string]Scores, len(before))
	for _, r := range before {
		earlier[r.Query] = r.Scores
	}
	var was, is []Result
	for _, r := range after {
		if scores, both := earlier[r.Query]; both {
			was, is = append(was, Result{r.Query, scores}), append(is, r)
		}
	}
	if len(is) == 0 {
		return nil, 0
	}
	from, to := Mean(was), Mean(is)
	for _, m := range Measures() {
		d := Difference{Measure: m, Before: from[m], After: to[m]}
		d.judge(was, is)
		differences = append(differences, d)
	}
	return differences, len(is)
}

// judge counts and tests.
func (d *Difference) judge(was, is []Result) {
	deltas := make([]float64, 0, len(is)) // Of those that do not tie.
	for i := range is {
		switch delta := is[i].Scores[d.Measure] - was[i].Scores[d.Measure]; {
		case delta > tie:
			d.Won++
			deltas = append(deltas, delta)
		case delta < -tie:
			d.Lost++
			deltas = append(deltas, delta)
		default:
			d.Tied++
		}
	}
	d.Randomised = randomised(deltas)
	d.T, d.StudentP = paired(deltas, len(is))
}

// randomised is Fisher's randomisation test as Smucker, Allan and Carterette (2007) advise it for
// rankings: if the runs did not differ, each query could as well have had its two scores the other way
// round. Queries that tie make no difference to it.
func randomised(deltas []float64) float64 {
	observed := 0.0
	for _, delta := range deltas {
		observed += delta
	}
	random := rand.New(rand.NewPCG(1, 2)) // Fixed, so that a run can be repeated.
	asFar := 1                            // What was observed is one of the shuffles.
	for range permutations {
		sum, bits := 0.0, uint64(0)
		for i, delta := range deltas {
			if i%64 == 0 {
				bits = random.Uint64()
			}
			if bits>>(i%64)&1 == 0 {
				delta = -delta
			}
			sum += delta
		}
		if math.Abs(sum) >= math.Abs(observed)-tie {
			asFar++
		}
	}
	return float64(asFar) / (permutations + 1)
}

// paired is Student's test over n queries, of which all that deltas does not list tie.
func paired(deltas []float64, n int) (t, p float64) {
	if len(deltas) == 0 || n < 2 {
		return 0, 1
	}
	mean := 0.0
	for _, delta := range deltas {
		mean += delta / float64(n)
	}
	squares := float64(n-len(deltas)) * mean * mean
	for _, delta := range deltas {
		squares += (delta - mean) * (delta - mean)
	}
	if squares == 0 { // Every query has changed by the same.
		return math.Copysign(math.Inf(1), mean), 0
	}
	t = mean / math.Sqrt(squares/float64(n-1)/float64(n))
	return t, student(t, n-1)
}

// student is the two-sided probability of t. With t = √ν·tan θ the density becomes a power of cos θ, which
// Simpson's rule integrates to more places than anyone reads.
func student(t float64, freedom int) float64 {
	area := func(to float64) float64 {
		const steps = 20_000
		sum := 0.0
		for i := range steps + 1 {
			weight := float64(2 + i%2*2)
			if i == 0 || i == steps {
				weight = 1
			}
			sum += weight * math.Pow(math.Cos(to*float64(i)/steps), float64(freedom-1))
		}
		return sum * to / steps / 3
	}
	return max(0, 1-area(math.Atan(math.Abs(t)/math.Sqrt(float64(freedom))))/area(math.Pi/2))
}
