package semantics_test

import (
	"cmp"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"goodpractice/internal/search/semantics"
)

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

func TestSevenBitsLoseLittle(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 1))
	for _, rank := range []int{1, 7, 8, 50, 192, 512} {
		squares, worst := 0.0, 0.0
		const pairs = 2000
		for range pairs {
			a, b := make([]float32, rank), make([]float32, rank)
			share := random.Float64()
			for i := range a {
				a[i] = float32(random.NormFloat64())
				b[i] = float32(share*float64(a[i]) + (1-share)*random.NormFloat64())
			}
			lost := math.Abs(float64(semantics.Cosine(semantics.NewVector(a), semantics.NewVector(b))) - cosine(a, b))
			squares, worst = squares+lost*lost, max(worst, lost)
		}
		if mean := math.Sqrt(squares / pairs); mean > 0.004 || worst > 0.02 {
			t.Errorf("rank %d: %.4f lost in the mean, %.4f at most", rank, mean, worst)
		}
	}
}

// The largest products and sums must fit.
func TestCosineOfExtremes(t *testing.T) {
	t.Parallel()
	for _, rank := range []int{8, 512} {
		up, down, half := make([]float32, rank), make([]float32, rank), make([]float32, rank)
		for i := range up {
			up[i], down[i] = 1e30, -1e-30
			half[i] = float32(1 - 2*(i%2))
		}
		for _, test := range []struct {
			a, b []float32
			want float32
		}{{up, up, 1}, {down, down, 1}, {up, down, -1}, {up, half, 0}, {half, half, 1}} {
			if got := semantics.Cosine(semantics.NewVector(test.a), semantics.NewVector(test.b)); math.Abs(float64(got-test.want)) > 1e-6 {
				t.Errorf("rank %d: cosine %v, want %v", rank, got, test.want)
			}
		}
	}
}

func TestNothingIsNearNothing(t *testing.T) {
	t.Parallel()
	some := semantics.NewVector([]float32{1, 2, 3})
	for name, v := range map[string]semantics.Vector{
		"zero value": {}, "zeros": semantics.NewVector(make([]float32, 3)), "denormal": semantics.NewVector([]float32{1e-45, 0, 0}),
	} {
		if !v.IsZero() || semantics.Cosine(v, some) != 0 || semantics.Cosine(some, v) != 0 || semantics.Cosine(v, v) != 0 {
			t.Errorf("%s: near something", name)
		}
	}
	if got := semantics.Cosine(some, semantics.NewVector(make([]float32, 100))); got != 0 {
		t.Errorf("vectors of different models are at %v", got)
	}
}

func TestNearestFindsWhatComparingAllFinds(t *testing.T) {
	t.Parallel()
	m, c, texts := trained(t, 400)
	vectors, err := m.Fold(t.Context(), c.docs, c.all())
	if err != nil {
		t.Fatal(err)
	}
	even := func(doc uint32) bool { return doc%2 == 0 }
	for _, n := range []int{1, 5, 37, 1000} {
		for _, keep := range []func(uint32) bool{nil, even} {
			query := m.Vector(maps.All(texts[n%len(texts)]))
			var want []semantics.Neighbour
			for doc := range uint32(vectors.Len()) {
				if near := semantics.Cosine(query, vectors.At(doc)); near > 0 && (keep == nil || keep(doc)) {
					want = append(want, semantics.Neighbour{Doc: doc, Cosine: near})
				}
			}
			slices.SortStableFunc(want, func(a, b semantics.Neighbour) int { return cmp.Compare(b.Cosine, a.Cosine) })
			want = want[:min(n, len(want))]
			if got := vectors.Nearest(query, n, keep); !slices.Equal(got, want) {
				t.Errorf("nearest %d: %v, want %v", n, got, want)
			}
		}
	}
}

func TestNearestOfNothing(t *testing.T) {
	t.Parallel()
	m := train(t, indexed(subjects()), semantics.Options{})
	vectors, err := m.Fold(t.Context(), 3, corpus{}.all())
	if err != nil {
		t.Fatal(err)
	}
	query := word(m, "s1-context0")
	for name, got := range map[string][]semantics.Neighbour{
		"documents without known terms": vectors.Nearest(query, 5, nil),
		"a query without known terms":   vectors.Nearest(word(m, "unknown"), 5, nil),
		"another model":                 vectors.Nearest(semantics.NewVector(make([]float32, 300)), 5, nil),
		"none wanted":                   vectors.Nearest(query, 0, nil),
	} {
		if len(got) != 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestVectorsThatArePutAndReadAreTheSame(t *testing.T) {
	t.Parallel()
	m, c, _ := trained(t, 400)
	all, err := m.Fold(t.Context(), c.docs, c.all())
	if err != nil {
		t.Fatal(err)
	}
	put, read := m.NewVectors(), m.NewVectors()
	read.Grow(c.docs)
	for doc := range uint32(c.docs) {
		put.Put(doc, all.At(uint32(c.docs)-1-doc)) // Another one at first.
	}
	for doc := range uint32(c.docs) {
		put.Put(doc, all.At(doc))
	}
	put.Put(3, semantics.Vector{})
	for doc := range uint32(c.docs) {
		b := put.Append(nil, doc)
		if len(b) != put.Size() {
			t.Fatalf("a vector has %d bytes, want %d", len(b), put.Size())
		}
		read.Read(b)
	}
	if put.Len() != c.docs || read.Len() != c.docs {
		t.Fatalf("%d vectors were put, %d read, want %d", put.Len(), read.Len(), c.docs)
	}
	for doc := range uint32(c.docs) {
		want := all.At(doc)
		for name, got := range map[string]semantics.Vector{"put": put.At(doc), "read": read.At(doc)} {
			if doc == 3 && !got.IsZero() || doc != 3 && !want.IsZero() && semantics.Cosine(got, want) != semantics.Cosine(want, want) {
				t.Fatalf("%s: vector %d is at %v of what it was", name, doc, semantics.Cosine(got, want))
			}
		}
	}
}

func TestEquallyNearOnesComeInTheOrderWanted(t *testing.T) {
	t.Parallel()
	m, _, texts := trained(t, 400)
	at := m.Vector(maps.All(texts[0]))
	vectors := m.NewVectors()
	for doc := range uint32(20) {
		vectors.Put(doc, at)
	}
	numbers := func(list []semantics.Neighbour) (out []uint32) {
		for _, n := range list {
			out = append(out, n.Doc)
		}
		return out
	}
	odd := func(doc uint32) bool { return doc%2 == 1 }
	higher := func(a, b uint32) bool { return a > b }
	if got := numbers(vectors.NearestBy(at, 3, odd, higher)); !slices.Equal(got, []uint32{19, 17, 15}) {
		t.Errorf("the highest come as %v", got)
	}
	if got := numbers(vectors.Nearest(at, 3, odd)); !slices.Equal(got, []uint32{1, 3, 5}) {
		t.Errorf("the lowest come as %v", got)
	}
}
