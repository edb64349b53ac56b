package search

import "sync"

// Limits of what is kept in memory of a segment, in bytes for each of its documents.
const (
	// occurrencesPerRecord: reading postings is most of the cost of a search, and the common words of a knowledge
	// base are the same all day. An occurrence takes 8.
	occurrencesPerRecord = 384
	// setsPerRecord: a set takes an eighth.
	setsPerRecord = 16
	// maxKeptValues is how many values a set may stand for that is kept.
	maxKeptValues = 256
	// cacheEntry is what an entry of a map costs beside what is in it, roughly.
	cacheEntry = 128
)

// cache keeps what was made of a segment, up to a number of bytes. What is in it never changes.
type cache[T any] struct {
	limit int

	mu    sync.Mutex
	made  map[string]T
	bytes int
}

func (c *cache[T]) get(name string) (T, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	value, ok := c.made[name]
	return value, ok
}

// keep remembers a value of so many bytes. A full cache starts again empty.
func (c *cache[T]) keep(name string, value T, bytes int) {
	bytes += len(name) + cacheEntry
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.made[name]; ok || bytes > c.limit {
		return
	}
	if c.bytes+bytes > c.limit || c.made == nil {
		c.made, c.bytes = map[string]T{}, 0
	}
	c.made[name] = value
	c.bytes += bytes
}
