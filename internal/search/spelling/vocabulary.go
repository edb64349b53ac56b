package spelling

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// MaxWords is how many words a vocabulary keeps at most: those in the most documents. 100,000
	// records of a few languages have about as many words; more would only add misspellings.
	MaxWords = 200_000

	// maxLetters is the longest word that is kept and corrected, as long as the longest that the
	// index keeps.
	maxLetters = 64

	// maxLanguages is how many languages are told apart, so that one fits in a byte. Words in later
	// ones count as words in no language.
	maxLanguages = 255
)

// Word is a word that documents in one language have.
type Word struct {
	// Text is the word, folded as queries are. Words of anything but letters and marks, and words
	// of more than 64 letters, are passed over.
	Text string
	// Language is the language of the documents, compared as it stands; empty where it is unknown.
	Language string
	// Documents is how many documents have the word. Words of none are passed over.
	Documents int
}

// Vocabulary is the words that documents have. It does not change, and any number of goroutines may
// ask it at the same time.
//
// 200,000 words of nine letters take 7 MB (BenchmarkNew).
type Vocabulary struct {
	text       string   // all words, one after the other: by letters, then by bytes
	ends       []uint32 // of each word in text
	signatures []uint64 // of each word
	shares     []share  // of all words: who uses them
	shareEnds  []uint32 // of each word's shares
	byLetters  [maxLetters + 2]int
	languages  map[string]uint8
}

// share is the part of a word's documents that is in one language.
type share struct {
	documents uint32
	language  uint8
}

// New makes a vocabulary of the words that documents have, in any order. A word comes once for each
// language of its documents; should one come again, the numbers of documents are added.
//
// Of more than MaxWords words and languages, those in the most documents are kept, and of equals the
// first in the order of their bytes. While it works, New holds twice that number. 100,000 words take
// 0.1 s.
func New(words iter.Seq[Word]) *Vocabulary {
	return newOf(words, MaxWords)
}

func newOf(words iter.Seq[Word], limit int) *Vocabulary {
	v := &Vocabulary{languages: map[string]uint8{"": 0}}
	kept := v.collect(words, limit)
	slices.SortFunc(kept, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.letters, b.letters), cmp.Compare(a.text, b.text), cmp.Compare(a.language, b.language))
	})
	v.lay(kept)
	return v
}

// entry is a word while the vocabulary is made.
type entry struct {
	text string
	share
	letters uint8
}

// collect is the words that are kept, in no order.
func (v *Vocabulary) collect(words iter.Seq[Word], limit int) []entry {
	var kept []entry
	for w := range words {
		letters := lettersOf(w.Text)
		if letters == 0 || w.Documents <= 0 {
			continue
		}
		documents := uint32(min(w.Documents, math.MaxInt32))
		kept = append(kept, entry{w.Text, share{documents, v.number(w.Language)}, uint8(letters)})
		if len(kept) >= 2*limit {
			kept = mostFrequent(kept, limit)
		}
	}
	return mostFrequent(kept, limit)
}

// number is the number of a language, a new one where there is room.
func (v *Vocabulary) number(language string) uint8 {
	n, ok := v.languages[language]
	if !ok && len(v.languages) < maxLanguages {
		n = uint8(len(v.languages))
		v.languages[strings.Clone(language)] = n
	}
	return n
}

func mostFrequent(words []entry, limit int) []entry {
	if len(words) <= limit {
		return words
	}
	slices.SortFunc(words, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.documents, a.documents), cmp.Compare(a.text, b.text), cmp.Compare(a.language, b.language))
	})
	return words[:limit]
}

// lay writes sorted words down, each once.
func (v *Vocabulary) lay(words []entry) {
	size, different := 0, 0
	for i, w := range words {
		if i == 0 || w.text != words[i-1].text {
			size += len(w.text)
			different++
		}
	}
	var text strings.Builder
	text.Grow(size)
	v.ends = make([]uint32, 0, different)
	v.signatures = make([]uint64, 0, different)
	v.shareEnds = make([]uint32, 0, different)
	v.shares = make([]share, 0, len(words))
	var letters [maxLetters]rune
	for i, w := range words {
		again := i > 0 && w.text == words[i-1].text
		switch last := len(v.shares) - 1; {
		case again && v.shares[last].language == w.language:
			v.shares[last].documents = min(v.shares[last].documents+w.documents, math.MaxInt32)
			continue
		case again:
			v.shareEnds[len(v.shareEnds)-1]++
		default:
			text.WriteString(w.text)
			v.ends = append(v.ends, uint32(text.Len()))
			v.signatures = append(v.signatures, signatureOf(runes(w.text, &letters)))
			v.shareEnds = append(v.shareEnds, uint32(len(v.shares)+1))
			v.byLetters[w.letters+1]++
		}
		v.shares = append(v.shares, w.share)
	}
	for n := range maxLetters + 1 {
		v.byLetters[n+1] += v.byLetters[n]
	}
	v.text = text.String()
}

// Len is the number of different words.
func (v *Vocabulary) Len() int { return len(v.ends) }

// word is the word with a number.
func (v *Vocabulary) word(n int) string {
	from := uint32(0)
	if n > 0 {
		from = v.ends[n-1]
	}
	return v.text[from:v.ends[n]]
}

// find is the number of a word.
func (v *Vocabulary) find(word string) (int, bool) {
	letters := lettersOf(word)
	if letters == 0 {
		return 0, false
	}
	from, to := v.byLetters[letters], v.byLetters[letters+1]
	for from < to {
		middle := int(uint(from+to) / 2)
		switch order := strings.Compare(v.word(middle), word); {
		case order == 0:
			return middle, true
		case order < 0:
			from = middle + 1
		default:
			to = middle
		}
	}
	return 0, false
}

// sharesOf is who uses a word.
func (v *Vocabulary) sharesOf(n int) []share {
	from := uint32(0)
	if n > 0 {
		from = v.shareEnds[n-1]
	}
	return v.shares[from:v.shareEnds[n]]
}

// documents is how many documents have a word, in any language.
func (v *Vocabulary) documents(n int) int {
	sum := 0
	for _, s := range v.sharesOf(n) {
		sum += int(s.documents)
	}
	return sum
}

// lettersOf is the number of letters of a word; 0 for what is no word that can be corrected: what
// has anything but letters and marks, or too many of them.
func lettersOf(word string) int {
	if len(word) > maxLetters*utf8.UTFMax {
		return 0
	}
	n := 0
	for _, r := range word {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) { // What is not UTF-8 is neither.
			return 0
		}
		n++
	}
	if n > maxLetters {
		return 0
	}
	return n
}

// runes is the letters of a word that lettersOf counts.
func runes(word string, buffer *[maxLetters]rune) []rune {
	n := 0
	for _, r := range word {
		buffer[n] = r
		n++
	}
	return buffer[:n]
}
