package search

import (
	"cmp"
	"container/heap"
	"encoding/binary"
	"iter"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search/text"
)

// Limits of a completion.
const (
	// completionWords is from how many words of a name a completion may begin: people type the telling word
	// of a title, which is seldom its seventh.
	completionWords = 6
	// completionBlock is how many neighbouring keys share a list of their best. With 20 of 256, a letter that
	// every tenth of a million keys begins with takes 400 lists.
	completionBlock = 256
	// maxLooks is how many candidates are looked up in the index at most: it could have lost all that was learned.
	maxLooks = 1000
	// mendableLetters is the length of a beginning up to which every single edit of it is tried.
	mendableLetters = 16
	// mendableFrom is the length from which a beginning that nothing has may be a typing error.
	mendableFrom = 4
)

// completion finds names and words by how they, or words in them, begin. It never changes.
type completion struct {
	items  []completed
	keys   []completionKey // sorted by text
	worths []worth         // of the keys
	best   [][]candidate   // of each block of keys
}

// completed is what a completion can lead to.
type completed struct {
	knowledge.Suggestion

	language string // of a word
	hidden   bool   // the label is not shown: the preferred one is
	weight   float32
}

// worth orders keys: the smaller comes first. The upper half is the weight, the lower one the place of the item in
// the order of texts and ids, so that the order does not depend on how records lie in the index.
type worth uint64

// worthOf is the worth of a weight for the item in a place.
func worthOf(weight float32, place int) worth {
	b := math.Float32bits(weight) // In the opposite order of negative numbers already, and above all positive ones.
	if b>>31 == 0 {
		b = ^b &^ (1 << 31)
	}
	return worth(b)<<32 | worth(uint32(place))
}

// candidate is a key that may be given.
type candidate struct {
	worth worth
	key   uint32
}

func (c candidate) compare(other candidate) int { return cmp.Compare(c.worth, other.worth) }

// completionKey is a folded name from the beginning of one of its words on.
type completionKey struct {
	text    string
	item    uint32
	isInner bool // it does not begin with the first word
}

// add puts in a name.
func (c *completion) add(name string, item completed) {
	at := uint32(len(c.items))
	c.items = append(c.items, item)
	folded := typed(name)
	starts, inWord := 0, false
	for i, r := range folded {
		isWord := isWordRune(r)
		if isWord && !inWord {
			c.keys = append(c.keys, completionKey{folded[i:], at, starts > 0})
			if starts++; starts == completionWords {
				return
			}
		}
		inWord = isWord
	}
}

// finish sorts what was added. Nothing may be added any more.
func (c *completion) finish() {
	c.sortKeys()
	places := c.places()
	c.worths = make([]worth, len(c.keys))
	for i := range c.keys {
		k := &c.keys[i]
		weight := c.items[k.item].weight
		if k.isInner { // Of equal items the one that begins with its first word comes first.
			weight -= 2
		}
		c.worths[i] = worthOf(weight, places[k.item])
	}
	block := make([]candidate, 0, completionBlock)
	for from := 0; from < len(c.keys); from += completionBlock {
		block = block[:0]
		for i := from; i < min(from+completionBlock, len(c.keys)); i++ {
			block = append(block, candidate{c.worths[i], uint32(i)})
		}
		slices.SortFunc(block, candidate.compare)
		c.best = append(c.best, slices.Clone(block[:min(len(block), 2*knowledge.MaxSuggestions)]))
	}
}

// sortKeys sorts the keys by their text, of which most comparisons need the first eight bytes alone.
func (c *completion) sortKeys() {
	type sorted struct {
		first uint64
		completionKey
	}
	list := make([]sorted, len(c.keys))
	for i, k := range c.keys {
		var first [8]byte
		copy(first[:], k.text)
		list[i] = sorted{binary.BigEndian.Uint64(first[:]), k}
	}
	slices.SortFunc(list, func(a, b sorted) int {
		if a.first != b.first {
			return cmp.Compare(a.first, b.first)
		}
		return cmp.Or(strings.Compare(a.text, b.text), cmp.Compare(a.item, b.item))
	})
	for i := range list {
		c.keys[i] = list[i].completionKey
	}
}

// places gives for each item its place in the order of texts and ids. Equal ones share a place.
func (c *completion) places() []int {
	order := make([]uint32, len(c.items))
	for i := range order {
		order[i] = uint32(i)
	}
	compare := func(a, b uint32) int {
		x, y := &c.items[a], &c.items[b]
		return cmp.Or(strings.Compare(x.Text, y.Text), cmp.Compare(x.ID, y.ID))
	}
	slices.SortFunc(order, compare)
	out, place := make([]int, len(order)), 0
	for i, item := range order {
		if i > 0 && compare(order[i-1], item) != 0 {
			place = i
		}
		out[item] = place
	}
	return out
}

// complete gives the best names that begin with the prefix, which is folded, of those that the view has still.
func (c *completion) complete(prefix string, first int, languages []knowledge.LanguageTag, v *view) ([]knowledge.Suggestion, error) {
	if prefix == "" {
		return nil, nil
	}
	found := c.beginning(nil, prefix)
	isCorrected := len(found) == 0
	if isCorrected {
		found = c.mended(prefix)
	}
	queue := candidates(found)
	heap.Init(&queue)
	var out []knowledge.Suggestion
	var folded []string // of out
	for n := 0; len(queue) > 0 && len(out) < first && n < maxLooks; n++ {
		item := &c.items[c.keys[queue[0].key].item]
		queue.drop()
		isThere := func(s knowledge.Suggestion) bool { return s.ID == item.ID && s.ID != "" }
		if slices.ContainsFunc(out, isThere) {
			continue
		}
		shown, isShown, err := v.shown(item, languages)
		if err != nil {
			return nil, err
		}
		s := item.Suggestion
		s.Text, s.IsCorrected = shown, isCorrected
		f := text.FoldAny(s.Text)
		if !isShown || s.ID == "" && slices.Contains(folded, f) { // A word that is a name says no more than the name.
			continue
		}
		out, folded = append(out, s), append(folded, f)
	}
	return out, nil
}

// candidates are a heap with the best on top.
type candidates []candidate

func (c candidates) Len() int           { return len(c) }
func (c candidates) Less(i, j int) bool { return c[i].compare(c[j]) < 0 }
func (c candidates) Swap(i, j int)      { c[i], c[j] = c[j], c[i] }
func (*candidates) Push(any)            {}
func (*candidates) Pop() any            { return nil }

// drop takes the best out.
func (c *candidates) drop() {
	last := len(*c) - 1
	(*c)[0] = (*c)[last]
	if *c = (*c)[:last]; last > 0 {
		heap.Fix(c, 0)
	}
}

// beginning appends the best keys that begin with the prefix, in no order: of whole blocks their best, of the
// two at the edges all.
func (c *completion) beginning(out []candidate, prefix string) []candidate {
	return c.beginningIn(out, 0, len(c.keys), prefix)
}

// beginningIn is beginning among the keys from a place to another, where all with the prefix are.
func (c *completion) beginningIn(out []candidate, from, to int, prefix string) []candidate {
	from, to = c.span(from, to, prefix)
	for at := from; at < to; {
		if at%completionBlock == 0 && at+completionBlock <= to {
			out = append(out, c.best[at/completionBlock]...)
			at += completionBlock
			continue
		}
		out = append(out, candidate{c.worths[at], uint32(at)})
		at++
	}
	return out
}

// span is where the keys are that begin with the prefix, among those from a place to another.
func (c *completion) span(from, to int, prefix string) (first, end int) {
	first = from + sort.Search(to-from, func(i int) bool { return c.keys[from+i].text >= prefix })
	return first, first + sort.Search(to-first, func(i int) bool { return !strings.HasPrefix(c.keys[first+i].text, prefix) })
}

// mended gives the keys that begin with something one edit away from the prefix: a letter more, less or
// other, or two swapped, but for the first one.
func (c *completion) mended(prefix string) []candidate {
	letters := []rune(prefix)
	if len(letters) < mendableFrom || len(letters) > mendableLetters {
		return nil
	}
	var out []candidate
	from, to := 0, len(c.keys)
	for i := 1; i < len(letters); i++ {
		head, next, rest := string(letters[:i]), letters[i], string(letters[i+1:])
		if from, to = c.span(from, to, head); from == to {
			break // Nor does anything begin with more of it.
		}
		try := func(tail string) {
			if len(out) < 4*completionBlock {
				out = c.beginningIn(out, from, to, head+tail)
			}
		}
		try(rest)
		if i+1 < len(letters) && next != letters[i+1] {
			try(string(letters[i+1]) + string(next) + string(letters[i+2:]))
		}
		for r := range c.following(from, to, len(head)) {
			if r != next {
				try(string(r) + rest)
			}
			try(string(r) + string(next) + rest)
		}
	}
	return out
}

// following visits the letters that keys from a place to another have behind their first bytes, which they share.
func (c *completion) following(from, to, bytes int) iter.Seq[rune] {
	return func(yield func(rune) bool) {
		for from < to {
			tail := c.keys[from].text[bytes:]
			if tail == "" {
				from++
				continue
			}
			r, size := utf8.DecodeRuneInString(tail)
			if !yield(r) {
				return
			}
			_, from = c.span(from, to, c.keys[from].text[:bytes+size])
		}
	}
}

// typed is a text in the form that completions compare: folded, with one space in the place of everything between
// words, so that "cluj nap" begins Cluj-Napoca.
func typed(s string) string {
	var b strings.Builder
	isBetween := false
	for _, r := range text.FoldAny(s) {
		if !isWordRune(r) {
			isBetween = b.Len() > 0
			continue
		}
		if isBetween {
			b.WriteByte(' ')
			isBetween = false
		}
		b.WriteRune(r)
	}
	if isBetween {
		b.WriteByte(' ')
	}
	return b.String()
}

// isWordRune tells whether a letter belongs to a word, for completions.
func isWordRune(r rune) bool {
	return r < utf8.RuneSelf && isASCIIWord(byte(r)) || r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
}

func isASCIIWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
