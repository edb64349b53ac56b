package search

import (
	"cmp"
	"slices"
	"strings"
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
	// mendableLetters is the length of a beginning up to which every single edit of it is tried.
	mendableLetters = 16
	// mendableFrom is the length from which a beginning that nothing has may be a typing error.
	mendableFrom = 4
)

// completion finds names and words by how they, or words in them, begin. It never changes.
type completion struct {
	items   []completed
	keys    []completionKey // sorted by text
	best    [][]uint32      // of each block of keys: places of the best
	letters []rune          // that keys have, for edits
}

// completed is what a completion can lead to.
type completed struct {
	knowledge.Suggestion

	record *named // nil for a word
	hidden bool   // the label is not shown: the preferred one is
	weight float32
}

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
	folded := text.FoldAny(name)
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
	slices.SortFunc(c.keys, func(a, b completionKey) int {
		return cmp.Or(strings.Compare(a.text, b.text), cmp.Compare(a.item, b.item))
	})
	seen := map[rune]bool{}
	for i, k := range c.keys {
		if i > 0 && k.text[0] == c.keys[i-1].text[0] && i%16 != 0 {
			continue // A sample shows all letters soon.
		}
		for _, r := range cut16(k.text) {
			seen[r] = true
		}
	}
	for r := range seen {
		c.letters = append(c.letters, r)
	}
	slices.Sort(c.letters)
	for from := 0; from < len(c.keys); from += completionBlock {
		places := make([]uint32, 0, completionBlock)
		for i := from; i < min(from+completionBlock, len(c.keys)); i++ {
			places = append(places, uint32(i))
		}
		slices.SortFunc(places, c.better)
		c.best = append(c.best, slices.Clone(places[:min(len(places), 2*knowledge.MaxSuggestions)]))
	}
}

func cut16(s string) string { return text.Cut(s, 16) }

// worth orders keys: of equal items the one that begins with its first word.
func (c *completion) worth(place uint32) float32 {
	k := &c.keys[place]
	w := c.items[k.item].weight
	if k.isInner {
		w -= 2
	}
	return w
}

// better orders keys by their worth; equals by their text and id, so that the order does not depend on how
// records lie in the index.
func (c *completion) better(a, b uint32) int {
	x, y := &c.items[c.keys[a].item], &c.items[c.keys[b].item]
	return cmp.Or(cmp.Compare(c.worth(b), c.worth(a)), strings.Compare(x.Text, y.Text), cmp.Compare(x.ID, y.ID))
}

// complete gives the best names that begin with the prefix, which is folded.
func (c *completion) complete(prefix string, first int, languages []knowledge.LanguageTag) []knowledge.Suggestion {
	if prefix == "" {
		return nil
	}
	places := c.beginning(prefix)
	isCorrected := false
	if len(places) == 0 {
		places, isCorrected = c.mended(prefix), true
	}
	slices.SortFunc(places, c.better)
	seen, texts := map[knowledge.ID]bool{}, map[string]bool{}
	var out []knowledge.Suggestion
	for _, p := range places {
		s := c.show(&c.items[c.keys[p].item], languages)
		s.IsCorrected = isCorrected
		folded := text.FoldAny(s.Text)
		if s.ID != "" && seen[s.ID] || s.ID == "" && texts[folded] { // A word that is a name says no more than the name.
			continue
		}
		seen[s.ID], texts[folded] = true, true
		if out = append(out, s); len(out) == first {
			break
		}
	}
	return out
}

// show is the suggestion for a reader.
func (c *completion) show(item *completed, languages []knowledge.LanguageTag) knowledge.Suggestion {
	s := item.Suggestion
	if item.hidden {
		s.Text = item.record.label(languages)
	}
	return s
}

// beginning gives the best keys that begin with the prefix, in no order: of whole blocks their best, of the
// two at the edges all.
func (c *completion) beginning(prefix string) []uint32 {
	from, _ := slices.BinarySearchFunc(c.keys, prefix, func(k completionKey, p string) int { return strings.Compare(k.text, p) })
	length, _ := slices.BinarySearchFunc(c.keys[from:], prefix, func(k completionKey, p string) int {
		if strings.HasPrefix(k.text, p) {
			return -1
		}
		return 1
	})
	to := from + length
	var out []uint32
	for at := from; at < to; {
		if at%completionBlock == 0 && at+completionBlock <= to {
			out = append(out, c.best[at/completionBlock]...)
			at += completionBlock
			continue
		}
		out = append(out, uint32(at))
		at++
	}
	return out
}

// mended gives the keys that begin with something one edit away from the prefix: a letter more, less or
// other, or two swapped, but for the first one.
func (c *completion) mended(prefix string) []uint32 {
	letters := []rune(prefix)
	if len(letters) < mendableFrom || len(letters) > mendableLetters {
		return nil
	}
	var out []uint32
	room := make([]rune, 0, len(letters)+1)
	try := func(parts ...[]rune) {
		room = room[:0]
		for _, p := range parts {
			room = append(room, p...)
		}
		if len(out) < 4*completionBlock {
			out = append(out, c.beginning(string(room))...)
		}
	}
	for i := 1; i < len(letters); i++ {
		head, tail := letters[:i], letters[i:]
		try(head, tail[1:])
		if len(tail) > 1 && tail[0] != tail[1] {
			try(head, []rune{tail[1], tail[0]}, tail[2:])
		}
		for _, r := range c.letters {
			if r != tail[0] {
				try(head, []rune{r}, tail[1:])
			}
			try(head, []rune{r}, tail)
		}
	}
	return out
}

// isWordRune tells whether a letter belongs to a word, for completions.
func isWordRune(r rune) bool {
	return r >= utf8.RuneSelf || isASCIIWord(byte(r))
}

func isASCIIWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
