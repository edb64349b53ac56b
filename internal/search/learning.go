package search

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"

	"goodpractice/internal/knowledge"
)

// How often is learned again while records are written: at most a twentieth of a processor goes into it.
const (
	learnPause = time.Second
	learnShare = 20
)

// learning keeps what a generation has learned up to date.
type learning struct {
	current    atomic.Pointer[learned]
	completion atomic.Pointer[completion] // made later than current where an index is opened again
	changed    atomic.Int64               // documents written since it was learned

	mu      sync.Mutex // one learns at a time
	next    atomic.Int64
	running atomic.Bool
	done    sync.WaitGroup

	completing sync.Mutex // one makes a completion at a time

	naming  sync.Mutex // guards what follows, and changes of current
	renamed map[knowledge.ID]*named
}

// note counts written documents. What is named in queries is brought up to date at once, so that nobody finds what
// has been withdrawn by its names.
func (l *learning) note(written map[knowledge.ID]knowledge.Entity) {
	l.changed.Add(int64(len(written)))
	changed := map[knowledge.ID]*named{}
	for id, e := range written {
		if !slices.Contains(lexiconKinds(), id.Kind()) {
			continue
		}
		changed[id] = nil
		if names := encodeNames(e); names != nil && !e.Head().Deleted {
			n := decodeNames(id, string(names))
			changed[id] = &n
		}
	}
	if len(changed) == 0 {
		return
	}
	l.naming.Lock()
	defer l.naming.Unlock()
	if l.renamed == nil {
		l.renamed = map[knowledge.ID]*named{}
	}
	maps.Copy(l.renamed, changed)
	if known := l.current.Load(); known != nil {
		l.current.Store(known.with(changed))
	}
}

// begin is called before a view is taken to learn from: what is written from now on may not be in it.
func (l *learning) begin() {
	l.naming.Lock()
	defer l.naming.Unlock()
	clear(l.renamed)
}

// learnt takes what was learned into use. If it may be older than what another has learned meanwhile, that is kept.
func (l *learning) learnt(known *learned, mayBeOld bool) *learned {
	l.naming.Lock()
	defer l.naming.Unlock()
	if current := l.current.Load(); current != nil && mayBeOld {
		return current
	}
	known = known.with(l.renamed)
	l.current.Store(known)
	return known
}

// Learn brings up to date what the index has learned from its records as a whole: names and words to complete,
// spelling, languages, and what records are about. Searches do it by themselves in the background now and
// then; whoever has filled a generation calls it, so that the first search need not wait. With 100,000
// records it takes some seconds of one processor, and up to half a minute where it has to learn from the
// beginning what records are about.
//
// An index that was there before knows already what its records are about, and is ready within a few tenths of a
// second: the names to complete are read in the background, and who asks for one earlier waits for them. It returns
// an Error of kind Unavailable once the generation is closed.
func (g *Generation) Learn(ctx context.Context) error {
	g.learning.mu.Lock()
	defer g.learning.mu.Unlock()
	isFirst := g.learning.current.Load() == nil
	if isFirst && g.wasThere && g.isBrief {
		return public(g.read(func(*view) error { return expired(ctx) }))
	}
	began := g.now()
	if isFirst {
		if err := g.compact(ctx); err != nil {
			return err
		}
	}
	changed := g.learning.changed.Load()
	g.learning.begin()
	err := g.read(func(v *view) error {
		known, err := g.linguist.learn(ctx, v)
		if err == nil {
			g.learning.learnt(known, false)
		}
		return err
	})
	if err == nil {
		g.learning.changed.Add(-changed)
		err = g.learnMeaning(ctx)
		g.changes.note()
	}
	if err == nil {
		err = g.read(func(v *view) error {
			if isFirst && g.wasThere {
				g.learning.done.Go(g.completeBehind)
				return nil
			}
			_, err := g.completion(ctx, v, true)
			return err
		})
	}
	g.learning.next.Store(g.now().Add(max(learnPause, learnShare*g.now().Sub(began))).UnixNano())
	return public(err)
}

// completeBehind makes the completion in the background. Who asks for it makes it if this could not.
func (g *Generation) completeBehind() {
	_ = g.read(func(v *view) error {
		_, err := g.completion(g.life, v, false)
		return err
	})
}

// completion is the completion; it is made from the view where there is none, or where it is wanted anew.
func (g *Generation) completion(ctx context.Context, v *view, anew bool) (*completion, error) {
	if made := g.learning.completion.Load(); made != nil && !anew {
		return made, nil
	}
	g.learning.completing.Lock()
	defer g.learning.completing.Unlock()
	if made := g.learning.completion.Load(); made != nil && !anew {
		return made, nil
	}
	made, err := g.linguist.complete(ctx, v)
	if err != nil {
		return nil, err
	}
	made.finish()
	g.learning.completion.Store(made)
	return made, nil
}

// manySegments is how many segments a generation may begin its life with. One that has just been filled has one
// for each batch; in one, the words that they share take a fifth of the room and of the time of a search.
const manySegments = 8

// compact merges the segments of a generation that has just been filled, batch by batch. It takes about a second for 10,000
// records; readers and writers go on.
func (g *Generation) compact(ctx context.Context) error {
	segments, documents := 0, 0
	err := g.read(func(v *view) error {
		segments, documents = len(v.segments), v.numbers()
		return nil
	})
	engine, ok := g.engine.(*scorch.Scorch)
	if err != nil || !ok || g.dir == "" || segments <= manySegments || g.learning.changed.Load() < int64(documents/2) {
		return public(err)
	}
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.closed {
		return unavailable(errGone)
	}
	if err := engine.ForceMerge(ctx, &mergeplan.SingleSegmentMergePlanOptions); err != nil {
		return fmt.Errorf("compact the index: %w", err)
	}
	return nil
}

// knowledge is what has been learned; where that is nothing yet, it is learned from the view. If records were
// written since, it is learned again in the background.
func (g *Generation) knowledge(ctx context.Context, v *view) (*learned, error) {
	known := g.learning.current.Load()
	if known == nil {
		var err error
		if known, err = g.linguist.learn(ctx, v); err != nil {
			return nil, err
		}
		known = g.learning.learnt(known, true)
		g.learning.changed.Add(1) // The meanings are still to be learned.
	}
	g.learnWhenDue()
	return known, nil
}

// learnWhenDue learns in the background if records were written since, and the last time is long enough ago. The caller
// holds mu for reading, and the generation is not closed.
func (g *Generation) learnWhenDue() {
	if g.learning.changed.Load() > 0 && g.now().UnixNano() > g.learning.next.Load() &&
		g.learning.running.CompareAndSwap(false, true) {
		g.learning.done.Go(func() {
			defer g.learning.running.Store(false)
			// A generation that is being closed, or an index that cannot be read, says so to the next search.
			if err := g.Learn(g.life); err != nil && !errors.Is(err, context.Canceled) {
				g.learning.next.Store(g.now().Add(learnPause).UnixNano())
			}
		})
	}
}
