package search

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
)

// How often is learned again while records are written: at most a twentieth of a processor goes into it.
const (
	learnPause = time.Second
	learnShare = 20
)

// learning keeps what a generation has learned up to date.
type learning struct {
	current atomic.Pointer[learned]
	changed atomic.Int64 // documents written since it was learned

	mu      sync.Mutex // one learns at a time
	next    atomic.Int64
	running atomic.Bool
	done    sync.WaitGroup
}

// note counts written documents.
func (l *learning) note(documents int) { l.changed.Add(int64(documents)) }

// Learn brings up to date what the index has learned from its records as a whole: names and words to complete,
// spelling, languages, and what records are about. Searches do it by themselves in the background now and
// then; whoever has filled a generation calls it, so that the first search need not wait. With 100,000
// records it takes some seconds of one processor, and up to half a minute where it has to learn from the
// beginning what records are about. It returns an Error of kind Unavailable once the generation is closed.
func (g *Generation) Learn(ctx context.Context) error {
	g.learning.mu.Lock()
	defer g.learning.mu.Unlock()
	began := g.now()
	if g.learning.current.Load() == nil {
		if err := g.compact(ctx); err != nil {
			return err
		}
	}
	changed := g.learning.changed.Load()
	err := g.read(func(v *view) error {
		known, err := g.linguist.learn(ctx, v)
		if err == nil {
			g.learning.current.Store(known)
		}
		return err
	})
	if err == nil {
		g.learning.changed.Add(-changed)
		err = g.learnMeaning(ctx)
	}
	g.learning.next.Store(g.now().Add(max(learnPause, learnShare*g.now().Sub(began))).UnixNano())
	return public(err)
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
		g.learning.current.CompareAndSwap(nil, known)
		g.learning.changed.Add(1) // The meanings are still to be learned.
	}
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
	return known, nil
}
