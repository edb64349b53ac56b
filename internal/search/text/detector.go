package text

import (
	"cmp"
	"hash/maphash"
	"math"
	"slices"

	"goodpractice/internal/knowledge"
)

// Limits of the evidence by which Detect tells a language. They were tried on the questions of XQuAD in
// English, Spanish and Turkish, of which 99.9 % are told.
const (
	// likelyEnough is how likely the best language must be: odds of 5 to 1.
	likelyEnough = 0.83
	// wordWeight is how much of the likelihood of a word is its own, and not that of its letters.
	wordWeight = 0.8
	// damped is the power of how much more often one language has a word than another, unless it is one
	// without meaning: names come where they are written about, and tell a topic more than a language.
	damped = 0.4
	// preference is how much more likely the reader's languages are than others: less than what a word of
	// one language gives, more than what a name does.
	preference = 3
	// otherAlphabet is what a word takes from a language in whose alphabet it is not written. It is more than
	// in Identify, because a query has few words.
	otherAlphabet = 4
	// letterBits is how many bits a letter takes in no language at all. By the trigrams of its language a
	// word takes some 3 for each, by those of a distant one 5.
	letterBits = 4.2
	// leastLikely keeps one word from deciding everything.
	leastLikely = 1e-12
	// detectWords is how many words of a text are looked at.
	detectWords = 32
)

// Detector tells the language of a short text, such as a query, by the words of a corpus: with naive Bayes
// over whole words and, for those that the corpus does not have, over their trigrams, after T. Dunning,
// "Statistical identification of language" (1994); and by the alphabet of each language.
//
// It does not change, and any number of goroutines may use it. It takes 8 MB at most.
type Detector struct {
	languages *Languages
	tags      []knowledge.LanguageTag
	places    []languageSet // of each tag in the table; everyone where the table does not have it
	seed      maphash.Seed
	words     []wordShare // by hash and language
	trigrams  map[trigram]int
	follow    []float32 // by trigram and language: the logarithm of how likely its last letter is after the others
}

// wordShare is how much of all texts in a language one word is.
type wordShare struct {
	hash     uint64
	language int32
	share    float32
}

// Detect tells the language of words in lower case, not folded, and how likely it is, from 0 to 1. The
// language is one of the corpus, as Base names it. It is "" where nothing speaks for one much more than
// for the others: names, numbers, a word that two languages have in common, and words that are like those
// of none. The languages that the reader prefers tip the balance, but a name in several languages stays
// without. It looks at the first 32 words, and takes some 20 µs for 10 words and 20 languages.
func (d *Detector) Detect(words []string, preferred []knowledge.LanguageTag) (knowledge.LanguageTag, float64) {
	n := len(d.tags)
	scores := make([]float64, n+1) // the last one: no language
	letters := 0
	for _, lower := range words[:min(len(words), detectWords)] {
		writers := d.languages.writers(lower)
		if writers == 0 {
			continue
		}
		letters += d.addWord(scores[:n], Fold(lower))
		for i, place := range d.places {
			if writers&place == 0 {
				scores[i] -= otherAlphabet
			}
		}
	}
	if letters == 0 || n == 0 {
		return "", 0
	}
	scores[n] = -float64(letters) * letterBits * math.Ln2
	for i, tag := range d.tags {
		if slices.ContainsFunc(preferred, func(p knowledge.LanguageTag) bool { return Base(p) == string(tag) }) {
			scores[i] += math.Log(preference)
		}
	}
	return d.decide(scores)
}

// decide gives the language with the best score, if it is likely enough together with those that have the
// same stemmer: to search in Serbian or in Croatian is the same.
func (d *Detector) decide(scores []float64) (knowledge.LanguageTag, float64) {
	most := slices.Max(scores)
	best := slices.Index(scores, most)
	if best == len(d.tags) {
		return "", 0
	}
	family := d.languages.Of(d.tags[best]).suffix
	sum, likely := 0.0, 0.0
	for i, s := range scores {
		part := math.Exp(s - most)
		sum += part
		if i == best || i < len(d.tags) && family != Undetermined && d.languages.Of(d.tags[i]).suffix == family {
			likely += part
		}
	}
	if likely /= sum; likely < likelyEnough {
		return "", 0
	}
	return d.tags[best], likely
}

// addWord adds the logarithm of the likelihood of a word to the score of each language, and counts its
// letters.
func (d *Detector) addWord(scores []float64, folded string) int {
	n := len(scores)
	var room [32]float64
	spelling := append(room[:0], make([]float64, n)...)
	letters := 0
	for t := range trigramsOf(folded) {
		letters++
		row, isKnown := d.trigrams[t]
		if !isKnown {
			for i := range spelling {
				spelling[i] += unseen
			}
			continue
		}
		for i, p := range d.follow[row*n : (row+1)*n] {
			spelling[i] += float64(p)
		}
	}
	shares := d.shares(folded)
	most := 0.0
	for _, s := range shares {
		most = max(most, float64(s.share))
	}
	isStop := d.languages.stops[folded] != 0
	for i, s := range spelling {
		likely := (1 - wordWeight) * math.Exp(s)
		if len(shares) > 0 && int(shares[0].language) == i {
			share := float64(shares[0].share)
			if !isStop {
				share = most * math.Pow(share/most, damped)
			}
			likely += wordWeight * share
			shares = shares[1:]
		}
		scores[i] += math.Log(likely + leastLikely)
	}
	return letters
}

// shares lists what is known of a word, by language.
func (d *Detector) shares(folded string) []wordShare {
	hash := maphash.String(d.seed, folded)
	from, _ := slices.BinarySearchFunc(d.words, hash, func(w wordShare, h uint64) int { return cmp.Compare(w.hash, h) })
	end := from
	for end < len(d.words) && d.words[end].hash == hash {
		end++
	}
	return d.words[from:end]
}
