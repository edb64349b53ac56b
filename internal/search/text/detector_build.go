package text

import (
	"cmp"
	"hash/maphash"
	"iter"
	"maps"
	"math"
	"slices"

	"goodpractice/internal/knowledge"
)

// Limits of what a detector keeps and needs.
const (
	// maxShares is the number of words in all languages that are kept, 16 bytes each: the most frequent of
	// each language, which has an equal part.
	maxShares = 160_000
	// maxFollow is the number of trigrams times languages that are kept, 4 bytes each. The folded words of a
	// language have some 8,000 trigrams, most of which others have too.
	maxFollow = 800_000
	// maxCounted is how many words of a language are counted at the same time. Rare ones are forgotten.
	maxCounted = 50_000
	// leastWords is how many words a language must have to be told. The words without meaning do not count.
	leastWords = 50
	// smoothing is added to how often a trigram comes, as if each of so many letters had come so often.
	smoothing, smoothLetters = 0.1, 30
	// unseen is the logarithm of how likely a letter is that no language has after the two before it.
	unseen = -6 * math.Ln2
)

// WordCount is how often a folded word comes in the texts in a language.
type WordCount struct {
	Language knowledge.LanguageTag
	Folded   string
	Count    int
}

// wordCounts is how often the words of a language come.
type wordCounts map[string]int

// NewDetector learns from the words of a corpus, in any order. A word may come more than once, and tags
// with and without a region are one language. Words without a language are left out. It takes about a second for a million
// different words.
func (l *Languages) NewDetector(words iter.Seq[WordCount]) *Detector {
	corpus := map[knowledge.LanguageTag]wordCounts{}
	for w := range words {
		tag := knowledge.LanguageTag(Base(w.Language))
		if tag == "" || tag == Undetermined || w.Count < 1 {
			continue
		}
		have := corpus[tag]
		if have == nil {
			have = wordCounts{}
			corpus[tag] = have
		}
		if have[w.Folded] += w.Count; len(have) > maxCounted {
			have.forget()
		}
	}
	d := &Detector{languages: l, seed: maphash.MakeSeed(), trigrams: map[trigram]int{}}
	for tag, have := range corpus {
		if len(have) >= leastWords {
			d.tags = append(d.tags, tag)
		}
	}
	slices.Sort(d.tags)
	var all []wordCounts // that are kept
	for i, tag := range d.tags {
		x, have := l.Of(tag), corpus[tag]
		place := l.everyone()
		if at := slices.Index(l.all, x); at >= 0 {
			place = 1 << at
		}
		d.places = append(d.places, place)
		for stop := range x.stop { // A small corpus lacks some.
			have[stop]++
		}
		have.keep(maxShares / len(d.tags))
		d.learnWords(i, have)
		all = append(all, have)
	}
	slices.SortFunc(d.words, func(a, b wordShare) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.language, b.language))
	})
	d.learnTrigrams(all)
	return d
}

// forget drops the words that came least often, until half of the places are free (G. Manku and R. Motwani,
// "Approximate frequency counts over data streams", 2002).
func (c wordCounts) forget() {
	for least := 1; len(c) > maxCounted/2; least *= 2 {
		for w, n := range c {
			if n <= least {
				delete(c, w)
			}
		}
	}
}

// keep drops all but the n most frequent words.
func (c wordCounts) keep(n int) {
	if len(c) <= n {
		return
	}
	list := slices.Collect(maps.Keys(c))
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(c[b]-c[a], cmp.Compare(a, b)) })
	for _, w := range list[n:] {
		delete(c, w)
	}
}

func (d *Detector) learnWords(language int, have wordCounts) {
	total := 0
	for _, n := range have {
		total += n
	}
	for w, n := range have {
		share := float32(n) / float32(total)
		d.words = append(d.words, wordShare{maphash.String(d.seed, w), int32(language), share}) //nolint:gosec // A place in a short list.
	}
}

// spelling is how often trigrams, and their first two letters, come in the words of a language.
type spelling struct {
	trigrams map[trigram]float64
	pairs    map[[2]rune]float64
}

func (d *Detector) learnTrigrams(all []wordCounts) {
	total := map[trigram]float64{}
	var spellings []spelling
	for _, have := range all {
		s := spelling{map[trigram]float64{}, map[[2]rune]float64{}}
		for w, n := range have {
			weight := math.Log2(float64(n) + 1) // A few frequent words do not show how words are built.
			for t := range trigramsOf(w) {
				s.trigrams[t] += weight
				s.pairs[[2]rune(t[:2])] += weight
				total[t] += weight
			}
		}
		spellings = append(spellings, s)
	}
	list := slices.Collect(maps.Keys(total))
	slices.SortFunc(list, func(a, b trigram) int { return cmp.Or(cmp.Compare(total[b], total[a]), slices.Compare(a[:], b[:])) })
	list = list[:min(len(list), maxFollow/max(1, len(all)))]
	d.follow = make([]float32, 0, len(list)*len(all))
	for row, t := range list {
		d.trigrams[t] = row
		for _, s := range spellings {
			likely := (s.trigrams[t] + smoothing) / (s.pairs[[2]rune(t[:2])] + smoothing*smoothLetters)
			d.follow = append(d.follow, float32(math.Log(likely)))
		}
	}
}

// trigram is three letters of a folded word one after the other. Before and after the word there are
// spaces.
type trigram [3]rune

// trigramsOf visits the trigrams of a word: as many as it has letters, and one for its end.
func trigramsOf(folded string) iter.Seq[trigram] {
	return func(visit func(trigram) bool) {
		t := trigram{' ', ' ', ' '}
		for _, r := range folded {
			if t = (trigram{t[1], t[2], r}); !visit(t) {
				return
			}
		}
		visit(trigram{t[1], t[2], ' '})
	}
}
