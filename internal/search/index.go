package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	index "github.com/blevesearch/bleve_index_api"
	"golang.org/x/sync/semaphore"

	"goodpractice/internal/knowledge"
)

// searchesPerCPU bounds how many searches run at the same time; more of them wait their turn.
const searchesPerCPU = 2

// Options are what Open needs.
type Options struct {
	// Dir holds the files. Empty keeps the index in memory, in the same form. One process owns a
	// directory at a time.
	Dir string
	// Logger is told once when an index is thrown away. Nil discards.
	Logger *slog.Logger
	// Now tells the time, of which only the year counts: recent records come a little earlier. Nil stands for
	// time.Now.
	Now func() time.Time
	// IsBrief is for a program that ends soon and may never search: Learn does nothing for an index that was there
	// already, and the first search learns what it needs.
	IsBrief bool
}

// Index finds records. Close it when done.
type Index struct {
	dir         string
	logger      *slog.Logger
	linguist    *linguist
	fingerprint string
	queue       *index.AnalysisQueue
	slots       *semaphore.Weighted
	scratch     sync.Pool // of *accumulator
	lock        *os.File
	current     atomic.Pointer[Generation]
	begun       atomic.Uint64 // generations so far, see changes
	now         func() time.Time
	isBrief     bool
	life        context.Context //nolint:containedctx // What goes on in the background ends with its generation.

	mu     sync.Mutex // guards what follows, and changes of current
	beside []*Generation
	last   int // number of the newest directory
	closed bool
}

// Open opens the index in the directory, or makes one. An index that cannot be opened, that is
// damaged, or that was made with another mapping or analysis is deleted, and an empty one with an empty
// cursor takes its place. A directory that another process has open is an Error of kind Unavailable.
func Open(ctx context.Context, o Options) (*Index, error) { return open(ctx, o, theLinguist()) }

func open(ctx context.Context, o Options, l *linguist) (*Index, error) {
	x := &Index{
		dir: o.Dir, logger: o.Logger, linguist: l, now: o.Now, isBrief: o.IsBrief, life: context.WithoutCancel(ctx),
	}
	if x.now == nil {
		x.now = time.Now //nolint:forbidigo // The default of an option.
	}
	if x.logger == nil {
		x.logger = slog.New(slog.DiscardHandler)
	}
	var err error
	if x.fingerprint, err = x.linguist.printed(); err != nil {
		return nil, err
	}
	x.slots = semaphore.NewWeighted(int64(searchesPerCPU * runtime.NumCPU()))
	x.scratch.New = func() any { return new(accumulator) }
	if x.dir != "" {
		if err := os.MkdirAll(x.dir, 0o700); err != nil {
			return nil, fmt.Errorf("make the directory of the index: %w", err)
		}
		if x.lock, err = lockDirectory(filepath.Join(x.dir, "LOCK")); err != nil {
			return nil, &knowledge.Error{
				Kind: knowledge.Unavailable, Message: "Another process has the search index open.", Err: err,
			}
		}
	}
	x.queue = index.NewAnalysisQueue(runtime.NumCPU())
	if err := x.openCurrent(ctx); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

// openCurrent opens the generation that CURRENT names, or begins a new one, and deletes all others.
func (x *Index) openCurrent(ctx context.Context) error {
	name, err := x.scan()
	if err != nil {
		return err
	}
	if name != "" {
		g, err := x.reopen(name)
		if err == nil {
			x.current.Store(g)
			return x.sweep(name)
		}
		x.logger.WarnContext(ctx, "the search index is thrown away and filled again", "cause", err.Error())
	}
	g, err := x.NewGeneration()
	if err != nil {
		return err
	}
	if err := x.point(g); err != nil {
		return errors.Join(err, x.Discard(g))
	}
	x.adopt(g)
	return x.sweep(filepath.Base(g.dir))
}

// reopen opens an existing generation if it was made as this program would make it.
func (x *Index) reopen(name string) (*Generation, error) {
	dir := filepath.Join(x.dir, name)
	if _, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("find the index: %w", err)
	}
	g, err := x.openGeneration(dir)
	if err != nil {
		return nil, err
	}
	made, err := g.internal(keyFingerprint)
	if err == nil && made != x.fingerprint {
		err = errors.New("it was made with another mapping")
	}
	if err != nil {
		return nil, errors.Join(err, g.close(false))
	}
	g.wasThere = true
	return g, nil
}

// Current is the generation that readers see now. It stays usable until it is swapped out; then its
// methods return an Error of kind Unavailable.
func (x *Index) Current() *Generation { return x.current.Load() }

// NewGeneration begins an empty generation beside the current one. Readers see it after Swap. A
// generation that is not wanted any more is deleted by Discard, by Close, or by the next Open.
func (x *Index) NewGeneration() (*Generation, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil, unavailable(nil)
	}
	dir := ""
	if x.dir != "" {
		x.last++
		dir = filepath.Join(x.dir, generationName(x.last))
	}
	g, err := x.openGeneration(dir)
	if err != nil {
		return nil, err
	}
	if err := g.create(); err != nil {
		return nil, errors.Join(err, g.remove())
	}
	x.beside = append(x.beside, g)
	return g, nil
}

// Swap makes a generation of NewGeneration the current one. It returns when the last reader of the old
// one has finished and the old one is deleted. A crash in the middle leaves one of the two whole. Where
// it returns an Error of kind Invalid or Unavailable, nothing has changed.
func (x *Index) Swap(g *Generation) error {
	x.mu.Lock()
	if x.closed {
		x.mu.Unlock()
		return unavailable(nil)
	}
	if !slices.Contains(x.beside, g) {
		x.mu.Unlock()
		return &knowledge.Error{Kind: knowledge.Invalid, Message: "Swap takes a generation of NewGeneration, once."}
	}
	if err := x.point(g); err != nil {
		x.mu.Unlock()
		return err
	}
	old := x.adopt(g)
	x.mu.Unlock()
	if err := old.remove(); err != nil {
		return fmt.Errorf("delete the old index: %w", err)
	}
	return nil
}

// adopt makes g the current generation and returns the one before.
func (x *Index) adopt(g *Generation) *Generation {
	x.beside = slices.DeleteFunc(x.beside, func(other *Generation) bool { return other == g })
	return x.current.Swap(g)
}

// Discard closes and deletes a generation of NewGeneration that is not wanted. It does nothing to the
// current one, nor to one that is gone already.
func (x *Index) Discard(g *Generation) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !slices.Contains(x.beside, g) {
		return nil
	}
	x.beside = slices.DeleteFunc(x.beside, func(other *Generation) bool { return other == g })
	return g.remove()
}

// Close waits for running searches and writes, and closes all generations. Later calls return an Error
// of kind Unavailable. It may be called twice.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	var err error
	for _, g := range x.beside {
		err = errors.Join(err, g.remove())
	}
	if g := x.current.Load(); g != nil {
		err = errors.Join(err, g.close(true))
	}
	x.queue.Close()
	if x.lock != nil {
		err = errors.Join(err, x.lock.Close())
	}
	return err
}

// read calls use with a view of the current generation, when there is a free slot.
func (x *Index) read(ctx context.Context, use func(*Generation, *view) error) error {
	if err := x.slots.Acquire(ctx, 1); err != nil {
		return fmt.Errorf("wait for a turn to search: %w", err)
	}
	defer x.slots.Release(1)
	for {
		g := x.current.Load()
		err := g.read(func(v *view) error { return use(g, v) })
		if errors.Is(err, errGone) && x.current.Load() != g {
			continue // Swapped out in between.
		}
		return public(err)
	}
}
