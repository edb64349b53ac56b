package boltstore

import (
	"errors"
	"sync"
)

// maxGroup is the greatest number of single saves that share a commit.
const maxGroup = 128

// group lets the saves that come while a commit is under way share the next one. A save that comes
// alone is committed at once. Chosen by BenchmarkSave over bbolt's own DB.Batch, which waits for a
// while before each commit in case another comes:
//
//	saves a second, 2.5 KB each, fsync on ext4, 2 busy cores   1 writer  8 writers  32 writers
//	DB.Batch with a delay of 1 ms                                   258       1462        2836
//	group                                                           953       2588        2458
type group struct {
	mu      sync.Mutex // guards waiting and isBusy
	waiting []*turn
	isBusy  bool // a commit is under way, or about to be
}

// turn is one save that waits.
type turn struct {
	write *write
	err   error
	lead  chan bool // false: it has been committed; true: it is first in the queue and must commit
}

var errUnfinished = errors.New("the commit was broken off")

// save commits the write with others. The function commits a list of writes and enters the outcome of
// each at its place; it runs in the goroutine of one of them, never twice at a time.
func (g *group) save(w *write, commit func(writes []*write, errs []error)) error {
	t := &turn{write: w, err: errUnfinished, lead: make(chan bool, 1)}
	g.mu.Lock()
	g.waiting = append(g.waiting, t)
	wait := g.isBusy
	g.isBusy = true
	g.mu.Unlock()
	if wait && !<-t.lead {
		return t.err
	}
	g.commitFirst(commit)
	return t.err
}

// commitFirst commits what waits, and lets the next one do the same for what has come meanwhile.
func (g *group) commitFirst(commit func(writes []*write, errs []error)) {
	turns := g.take()
	defer func() { // Also after a panic, which must not block all saves for ever.
		g.handOver()
		for _, t := range turns[1:] {
			t.lead <- false
		}
	}()
	writes, errs := make([]*write, len(turns)), make([]error, len(turns))
	for i, t := range turns {
		t.write.place = i
		writes[i] = t.write
	}
	commit(writes, errs)
	for i, t := range turns {
		t.err = errs[i]
	}
}

// take removes the first turns from the queue. The caller's own is the first of them.
func (g *group) take() []*turn {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := min(len(g.waiting), maxGroup)
	turns := g.waiting[:n:n]
	g.waiting = g.waiting[n:]
	return turns
}

// handOver lets the first in the queue commit.
func (g *group) handOver() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.isBusy = len(g.waiting) > 0
	if g.isBusy {
		g.waiting[0].lead <- true
	}
}
