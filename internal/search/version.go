package search

import "sync/atomic"

// changesBits is how many bits of a version count the changes of one generation.
const changesBits = 40

// changes counts what has happened to a generation that may make a search answer something else.
type changes struct {
	base  uint64 // That of a later generation is higher than every number of an earlier one.
	count atomic.Uint64
}

// begin gives the generation its place among all.
func (c *changes) begin(generations *atomic.Uint64) { c.base = generations.Add(1) << changesBits }

// note counts a change that searches can see now.
func (c *changes) note() { c.count.Add(1) }

// Version names the state that searches answer from. It grows with every batch that was applied, when another generation
// takes over, and when the index has learned from its records; as long as it is the same, a search answers the same. What
// is answered by a search that began after Version was read is at least as new as that version. It is of this process
// only, costs a few loads from memory, and may be called concurrently. Whoever keeps answers by their version spares the
// searches that would begin to learn: so this does, when it is time.
func (x *Index) Version() uint64 {
	g := x.current.Load()
	if g.learning.changed.Load() > 0 {
		g.mu.RLock()
		defer g.mu.RUnlock()
		if !g.closed && g.learning.current.Load() != nil { // The first search learns by itself.
			g.learnWhenDue()
		}
	}
	return g.changes.base + g.changes.count.Load()
}
