package main

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/search"
)

// A command gives a database this long to answer, and looks so often whether it does.
const (
	reachWithin = 3 * time.Second
	lookAway    = 100 * time.Millisecond
)

// step is how far a knowledge base has come since it was opened.
type step int32

// The steps, in their order. The last ends when the follower has caught up.
const (
	stepReaching step = iota // The store does not answer yet.
	stepSowing
	stepIndexing
)

// start is the way of a knowledge base from being opened to finding everything.
type start struct {
	step     *atomic.Int32
	sown     chan struct{} // Closed when the store is ready and has its first records.
	sownOnce *sync.Once
	indexing *tally
}

func newStart() start {
	return start{step: new(atomic.Int32), sown: make(chan struct{}), sownOnce: new(sync.Once), indexing: new(tally)}
}

// reach notes that a step has begun.
func (s start) reach(next step) {
	s.step.Store(int32(next))
	if next == stepIndexing {
		s.sownOnce.Do(func() { close(s.sown) })
	}
}

// tally counts records. It may be used concurrently.
type tally struct{ n atomic.Int64 }

func (t *tally) count(done int) { t.n.Store(int64(done)) }

// reasonAway is what every step waits for while the store does not answer.
const reasonAway = "waiting for the database"

// reason tells what the step is about.
func (s start) reason() string {
	switch step(s.step.Load()) {
	case stepReaching:
		return reasonAway
	case stepSowing:
		return "saving the first records"
	case stepIndexing:
	}
	if n := s.indexing.n.Load(); n > 0 {
		return "indexing the records: " + strconv.FormatInt(n, 10) + " so far"
	}
	return "indexing the records"
}

// ready tells why searches do not find everything yet.
func (a *app) ready() error {
	select {
	case <-a.follower.Ready():
		return nil
	default:
	}
	if _, away := a.store.Away(); away {
		return errors.New(reasonAway)
	}
	return errors.New(a.reason())
}

// awaitIndex waits until searches find everything that was in the store when it was opened. It fails
// where the store does not answer.
func (a *app) awaitIndex(ctx context.Context) error { return a.await(ctx, a.follower.Ready()) }

// awaitRecords waits until the store can be used, and has its first records. It fails where the store
// does not answer.
func (a *app) awaitRecords(ctx context.Context) error { return a.await(ctx, a.sown) }

// await waits for what needs the store.
func (a *app) await(ctx context.Context, done <-chan struct{}) error {
	ticker := time.NewTicker(lookAway)
	defer ticker.Stop()
	for {
		select {
		case <-done:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
			if since, away := a.store.Away(); away && a.now().Sub(since) >= reachWithin {
				return a.unreached(nil)
			}
		}
	}
}

// reachStore waits for the store for a while.
func (a *app) reachStore(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, reachWithin)
	defer cancel()
	err := a.store.Ready(limited)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return a.unreached(err)
	}
	return err
}

// unreached is what an operator is told where the database does not answer.
func (a *app) unreached(cause error) error {
	return &knowledge.Error{
		Kind: knowledge.Unavailable, Err: cause,
		Message: "The database " + a.StoreName() + " does not answer. Start it, or correct --store, and try again.",
	}
}

// finished is an index that is not asked before everything is in it: an answer of half the records would
// look like one of all.
type finished struct {
	*search.Index
	ready func() error
}

// Find implements catalog.Search.
func (f finished) Find(ctx context.Context, l knowledge.Listing) (knowledge.Found, error) {
	if err := f.unfinished(); err != nil {
		return knowledge.Found{}, err
	}
	return f.Index.Find(ctx, l)
}

// CrossTable implements catalog.Search.
func (f finished) CrossTable(ctx context.Context, t knowledge.CrossTable) ([]knowledge.Cell, int, error) {
	if err := f.unfinished(); err != nil {
		return nil, 0, err
	}
	return f.Index.CrossTable(ctx, t)
}

// Similar implements catalog.Search.
func (f finished) Similar(
	ctx context.Context, id knowledge.ID, first int, viewer knowledge.Actor,
) ([]knowledge.Hit, error) {
	if err := f.unfinished(); err != nil {
		return nil, err
	}
	return f.Index.Similar(ctx, id, first, viewer)
}

// Suggest implements catalog.Search.
func (f finished) Suggest(
	ctx context.Context, prefix string, first int, languages []knowledge.LanguageTag,
) ([]knowledge.Suggestion, error) {
	if err := f.unfinished(); err != nil {
		return nil, err
	}
	return f.Index.Suggest(ctx, prefix, first, languages)
}

func (f finished) unfinished() error {
	if err := f.ready(); err != nil {
		return &knowledge.Error{
			Kind: knowledge.Unavailable, Message: "The server is starting (" + err.Error() + "). Try again in a moment.",
		}
	}
	return nil
}
