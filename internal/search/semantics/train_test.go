package semantics_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"goodpractice/internal/search/semantics"
)

// subjects makes 12 texts on each of 10 subjects. A text on a subject has its 4 context words, and one of two synonyms
// that never meet.
func subjects() []map[string]int {
	var texts []map[string]int
	for subject := range 10 {
		for i := range 12 {
			text := map[string]int{fmt.Sprintf("s%d-synonym%d", subject, i%2): 1 + i%3}
			for context := range 4 {
				text[fmt.Sprintf("s%d-context%d", subject, context)] = 1 + (i+context)%2
			}
			texts = append(texts, text)
		}
	}
	return texts
}

func train(tb testing.TB, c corpus, options semantics.Options) *semantics.Model {
	tb.Helper()
	m, err := semantics.Train(tb.Context(), c.docs, c.all(), options)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func word(m *semantics.Model, term string) semantics.Vector {
	return m.Vector(maps.All(map[string]int{term: 1}))
}

func TestSynonymsComeNear(t *testing.T) {
	t.Parallel()
	m := train(t, indexed(subjects()), semantics.Options{Rank: 10})
	for subject := range 10 {
		synonym, other := fmt.Sprintf("s%d-synonym0", subject), fmt.Sprintf("s%d-synonym1", subject)
		if near := semantics.Cosine(word(m, synonym), word(m, other)); near < 0.99 {
			t.Errorf("%s and %s are at %.3f, want at least 0.99", synonym, other, near)
		}
		stranger := fmt.Sprintf("s%d-synonym0", (subject+1)%10)
		if far := semantics.Cosine(word(m, synonym), word(m, stranger)); far > 0.01 {
			t.Errorf("%s and %s are at %.3f, want at most 0.01", synonym, stranger, far)
		}
		related := m.Related(word(m, synonym), 6)
		slices.Sort(related)
		want := []string{"context0", "context1", "context2", "context3", "synonym0", "synonym1"}
		for i, name := range want {
			want[i] = fmt.Sprintf("s%d-%s", subject, name)
		}
		if !slices.Equal(related, want) {
			t.Errorf("related to %s: %v, want %v", synonym, related, want)
		}
	}
}

func saved(tb testing.TB, m *semantics.Model) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := m.Save(&out); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// It is not parallel because it changes the number of processors that are used.
func TestTheSameCorpusGivesTheSameModel(t *testing.T) { //nolint:paralleltest // See above.
	c := indexed(generated(400))
	first := saved(t, train(t, c, semantics.Options{}))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, processors := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(processors)
		if again := saved(t, train(t, c, semantics.Options{})); !bytes.Equal(first, again) {
			t.Errorf("another model on %d processors", processors)
		}
	}
}

// shuffled visits the terms backwards, each in two pieces that share every third document and begin with the later.
func (c corpus) shuffled() iter.Seq2[string, []semantics.Posting] {
	return func(yield func(string, []semantics.Posting) bool) {
		for i, term := range slices.Backward(c.terms) {
			var early, late []semantics.Posting
			for j, p := range c.postings[i] {
				switch {
				case j%3 == 0 && p.Count > 1:
					early = append(early, semantics.Posting{Doc: p.Doc, Count: 1})
					late = append(late, semantics.Posting{Doc: p.Doc, Count: p.Count - 1}, semantics.Posting{Doc: p.Doc})
				case j < len(c.postings[i])/2:
					early = append(early, p)
				default:
					late = append(late, p)
				}
			}
			if !yield(term, late) || !yield(term, early) {
				return
			}
		}
	}
}

func TestOrderAndPiecesMakeNoDifference(t *testing.T) {
	t.Parallel()
	c := indexed(generated(200))
	for _, options := range []semantics.Options{{}, {MaxTerms: 300}, {MaxDocs: 150}} {
		m, err := semantics.Train(t.Context(), c.docs, c.shuffled(), options)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(saved(t, m), saved(t, train(t, c, options))) {
			t.Errorf("with %+v, another order gives another model", options)
		}
	}
}

func TestTermsThatSayNothingAreLeftOut(t *testing.T) {
	t.Parallel()
	texts := subjects()
	texts[7]["once"] = 3
	for i := range 25 { // A fifth of 120 is 24.
		texts[i*4]["too-common"] = 1
	}
	for i := range 24 {
		texts[i*4]["common"] = 1
	}
	texts = append(texts, make([]map[string]int, 500)...) // Numbers without a document are no documents.
	m := train(t, indexed(texts), semantics.Options{})
	for term, want := range map[string]bool{"once": false, "too-common": false, "common": true, "s3-context1": true, "": false} {
		if got := m.Has(term); got != want {
			t.Errorf("Has(%q) = %t, want %t", term, got, want)
		}
	}
	if !word(m, "once").IsZero() {
		t.Error("a term that is not known places a text")
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	c := indexed(generated(300))
	count := func(m *semantics.Model) (known int) {
		for _, term := range c.terms {
			if m.Has(term) {
				known++
			}
		}
		return known
	}
	if got := count(train(t, c, semantics.Options{MaxTerms: 123})); got != 123 {
		t.Errorf("%d terms, want 123", got)
	}
	all, sample := count(train(t, c, semantics.Options{})), count(train(t, c, semantics.Options{MaxDocs: 100}))
	if sample == 0 || sample > all*2/3 {
		t.Errorf("a third of the documents gives %d terms, all give %d", sample, all)
	}
}

func TestTheTermsThatTellMostAreKept(t *testing.T) {
	t.Parallel()
	texts := subjects()
	texts[3]["rare"], texts[50]["rare"] = 1, 1
	m := train(t, indexed(texts), semantics.Options{MaxTerms: 60})
	if m.Has("rare") || !m.Has("s9-context0") || !m.Has("s0-synonym1") {
		t.Error("a rare term is kept instead of one that tells more")
	}
}

func TestRankFollowsTheNumberOfDocuments(t *testing.T) {
	t.Parallel()
	c := indexed(generated(90))
	for want, options := range map[uint32]semantics.Options{30: {}, 7: {Rank: 7}, 20: {MaxDocs: 60}} {
		rank := binary.LittleEndian.Uint32(saved(t, train(t, c, options))[len("goodpractice semantics 1\n"):])
		if rank != want {
			t.Errorf("rank %d with %+v, want %d", rank, options, want)
		}
	}
}

func TestFewDocumentsGiveNoModel(t *testing.T) {
	t.Parallel()
	different := make([]map[string]int, 100)
	for i := range different {
		different[i] = map[string]int{fmt.Sprintf("own%d", i): 1}
	}
	same := make([]map[string]int, 100)
	for i := range same {
		same[i] = map[string]int{"a": 1, "b": 2, "c": 3}
	}
	for name, texts := range map[string][]map[string]int{
		"nothing": nil, "one": generated(1), "49": generated(49), "nothing shared": different, "nothing told apart": same,
		"many without a term": append(generated(49), make([]map[string]int, 1000)...),
	} {
		c := indexed(texts)
		if _, err := semantics.Train(t.Context(), c.docs, c.all(), semantics.Options{}); !errors.Is(err, semantics.ErrTooFew) {
			t.Errorf("%s: %v, want %v", name, err, semantics.ErrTooFew)
		}
	}
	for _, docs := range []int{50, 51, 60, 75} {
		train(t, indexed(generated(docs)), semantics.Options{})
	}
}

func TestCopiesOfOneTextGiveAModel(t *testing.T) {
	t.Parallel()
	texts := subjects()
	for i := range texts { // 10 directions are all there are.
		texts[i] = texts[i/12*12]
	}
	m := train(t, indexed(texts), semantics.Options{Rank: 30})
	if near := semantics.Cosine(word(m, "s1-context0"), word(m, "s1-context1")); near < 0.99 {
		t.Errorf("two words of one text are at %.3f", near)
	}
}

func TestTrainRefuses(t *testing.T) {
	t.Parallel()
	c := indexed(subjects())
	twice := func(yield func(string, []semantics.Posting) bool) {
		for range 2 {
			c.all()(yield)
		}
	}
	for name, test := range map[string]struct {
		docs  int
		terms iter.Seq2[string, []semantics.Posting]
		want  string
	}{
		"documents beyond the number": {c.docs - 1, c.all(), `is in document 119 of 119`},
		"a negative number":           {-1, c.all(), "of -1"},
		"terms that come twice":       {c.docs, twice, `term "s0-context0" comes twice`},
	} {
		_, err := semantics.Train(t.Context(), test.docs, test.terms, semantics.Options{})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}

func TestTrainingCanBeStopped(t *testing.T) {
	t.Parallel()
	c := indexed(generated(600))
	ctx, cancel := context.WithCancel(t.Context())
	stopping := func(yield func(string, []semantics.Posting) bool) {
		c.all()(yield)
		cancel()
	}
	if _, err := semantics.Train(ctx, c.docs, stopping, semantics.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
	endless := func(yield func(string, []semantics.Posting) bool) {
		for i := 0; yield(fmt.Sprintf("t%d", i), []semantics.Posting{{Doc: 1, Count: 1}}); i++ {
		}
	}
	if _, err := semantics.Train(ctx, c.docs, endless, semantics.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
}
