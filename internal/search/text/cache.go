package text

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// termCacheSize is how many words of each language are remembered with their stems: the common ones are
// nearly all of a text. It is a power of two.
const termCacheSize = 8192

// termCache remembers the terms of words. A word takes the place of another one now and then.
type termCache struct {
	seed   maphash.Seed
	places [termCacheSize]atomic.Pointer[cachedTerm]
}

type cachedTerm struct{ word, term string }

func newTermCache() *termCache { return &termCache{seed: maphash.MakeSeed()} }

// of gives what is remembered, or makes it.
func (c *termCache) of(word string, term func(string) string) string {
	place := &c.places[maphash.String(c.seed, word)%termCacheSize]
	if have := place.Load(); have != nil && have.word == word {
		return have.term
	}
	made := &cachedTerm{word: strings.Clone(word)}
	made.term = term(made.word)
	place.Store(made)
	return made.term
}
