package indexsync

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"goodpractice/internal/knowledge"
)

// How long Run waits before it tries again after a failure: the first time, doubled each time, and
// at most. A failure is followed by another read of the feed from the last position, which is cheap.
const (
	firstPause   = 50 * time.Millisecond
	longestPause = 5 * time.Second
)

// Options are what a Follower needs besides its index. Every field but Changed is required.
type Options struct {
	Feed   Feed
	Store  Loader
	Logger *slog.Logger
	// Now is the clock; it only tells in the log how long something took.
	Now func() time.Time
	// Changed hears of saved states just before searches find them, for caches of them. It must be
	// quick and must not change them. Nil: nobody wants to know.
	Changed func(entities []knowledge.Entity)
}

// Follower keeps one index equal to one store. Its methods may be called from any goroutine.
type Follower struct {
	feed   Feed
	store  Loader
	index  generations
	logger *slog.Logger
	now    func() time.Time
	saw    func([]knowledge.Entity)

	// applying is held while something is written to the current generation or another one takes
	// its place; building while a generation is built beside it. Building is taken first.
	applying, building *semaphore.Weighted
	running            atomic.Bool

	caughtUp    sync.Once
	ready       chan struct{}
	waiters     waiters
	subscribers subscribers
}

// New makes a Follower of the index. It reads nothing and starts no goroutine; Run does.
func New[G Generation](index Index[G], o Options) (*Follower, error) {
	if index == nil || o.Feed == nil || o.Store == nil || o.Logger == nil || o.Now == nil {
		return nil, errors.New("indexsync: an index, a feed, a store, a logger and a clock are all required")
	}
	if o.Changed == nil {
		o.Changed = func([]knowledge.Entity) {}
	}
	return &Follower{
		saw:      o.Changed,
		feed:     o.Feed,
		store:    o.Store,
		index:    typed[G]{index},
		logger:   o.Logger,
		now:      o.Now,
		applying: semaphore.NewWeighted(1),
		building: semaphore.NewWeighted(1),
		ready:    make(chan struct{}),
	}, nil
}

// Ready is closed once the feed has caught up for the first time and all of it can be found. It
// never closes if neither Run nor Rebuild gets that far.
func (f *Follower) Ready() <-chan struct{} { return f.ready }

func (f *Follower) markReady() { f.caughtUp.Do(func() { close(f.ready) }) }

func (f *Follower) isReady() bool {
	select {
	case <-f.ready:
		return true
	default:
		return false
	}
}

// Run follows the feed until ctx ends, and returns nil then. Failures of the feed, the store or the
// index are logged once for each streak, and tried again after a pause that grows to 5 s; only one
// that wraps fs.ErrClosed is returned, because what is closed stays so. A second Run at the same
// time is refused. When Run returns, every subscription ends.
func (f *Follower) Run(ctx context.Context) error {
	if !f.running.CompareAndSwap(false, true) {
		return errors.New("indexsync: the follower runs already")
	}
	defer f.running.Store(false)
	defer f.subscribers.dropAll()
	trouble := &streak{follower: f}
	for {
		err := f.follow(ctx, trouble)
		switch {
		case ctx.Err() != nil:
			return nil // The end of ctx is how a follower is stopped, and no failure.
		case err == nil: // Another generation is current.
		case errors.Is(err, fs.ErrClosed):
			return fmt.Errorf("follow the feed: %w", err)
		default:
			trouble.pause(ctx, err)
		}
	}
}

// follow reads the feed into the current generation, until that is replaced by another (then the
// error is nil) or something fails.
func (f *Follower) follow(ctx context.Context, trouble *streak) error {
	into := f.index.current()
	p, err := f.startPass(into, into)
	if err != nil {
		return err
	}
	if p.cursor == "" {
		return f.replace(ctx, into)
	}
	err = p.each(ctx, func(b batch) (bool, error) {
		if err := f.applying.Acquire(ctx, 1); err != nil {
			return false, err
		}
		defer f.applying.Release(1)
		if f.index.current() != into {
			return false, nil // The batch comes again after the new generation's own position.
		}
		if err := p.apply(ctx, b); err != nil {
			return false, err
		}
		trouble.over(ctx)
		if b.caughtUp {
			f.markReady()
		}
		return true, nil
	})
	if errors.Is(err, knowledge.ErrCursorLost) {
		if trouble.next == 0 {
			f.logger.WarnContext(ctx, "the feed has forgotten the position of the index: building the index anew", "err", err)
		}
		return f.replace(ctx, into)
	}
	return err
}

// streak is a row of failures without a success in between. Only Run's goroutine uses it.
type streak struct {
	follower *Follower
	began    time.Time
	next     time.Duration // the next pause; 0 outside a streak
}

// pause logs the first failure of a streak, and waits.
func (s *streak) pause(ctx context.Context, err error) {
	if s.next == 0 {
		s.began, s.next = s.follower.now(), firstPause
		s.follower.logger.WarnContext(ctx, "the index cannot follow the store: trying again", "err", err)
	}
	select {
	case <-ctx.Done():
	case <-time.After(s.next):
	}
	s.next = min(2*s.next, longestPause)
}

// over ends the streak, if there is one.
func (s *streak) over(ctx context.Context) {
	if s.next == 0 {
		return
	}
	s.follower.logger.InfoContext(ctx, "the index follows the store again",
		"duration_ms", s.follower.now().Sub(s.began).Milliseconds())
	s.next = 0
}
