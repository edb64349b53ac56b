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
// at most. A failure is followed by another read of the feed from the last position, which is cheap: a
// store that was away is followed again a second after it is back.
const (
	firstPause   = 50 * time.Millisecond
	longestPause = time.Second
)

// Options are what a Follower needs besides its index. The first four are required.
type Options struct {
	Feed   Feed
	Store  Loader
	Logger *slog.Logger
	// Now is the clock; it tells how long something took, and since when the index is behind.
	Now func() time.Time
	// Compare is how often Run compares the revisions in the store with those in the index, and mends
	// what differs: how long a fault can last that the feed does not heal. 0 or less: never.
	Compare time.Duration
	// Progress is called now and then while Run builds an index from nothing, or anew because the feed
	// has forgotten its position, with the number of entities indexed so far; an attempt after a failure
	// counts from the start. It is called by one goroutine at a time. Nil: nobody wants to know.
	Progress func(done int)
	// Changed hears of saved states just before searches find them, for caches of them. It must be
	// quick and must not change them. Nil: nobody wants to know.
	Changed func(entities []knowledge.Entity)
	// Forget hears of records whose cached states are no longer right although Changed has told of no
	// later one, just before searches find what is stored: they are at an earlier revision since a
	// restore of the store, or were deleted while nobody followed. It must be quick. Nil: nobody wants to
	// know.
	Forget func(ids []knowledge.ID)
}

// Follower keeps one index equal to one store. Its methods may be called from any goroutine.
type Follower struct {
	feed   Feed
	store  Loader
	index  generations
	logger *slog.Logger
	now    func() time.Time
	saw    func([]knowledge.Entity)
	forget func([]knowledge.ID)

	compareEvery time.Duration
	progress     func(int)

	// applying is held while something is written to the current generation or another one takes
	// its place; building while a generation is built beside it. Building is taken first.
	applying, building *semaphore.Weighted
	running            atomic.Bool
	// leave makes Run leave the feed that it reads, when another generation takes over. Guarded by leaving.
	leaving sync.Mutex
	leave   context.CancelFunc

	caughtUp    sync.Once
	ready       chan struct{}
	lag         lag
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
	if o.Forget == nil {
		o.Forget = func([]knowledge.ID) {}
	}
	if o.Progress == nil {
		o.Progress = func(int) {}
	}
	return &Follower{
		saw:      o.Changed,
		forget:   o.Forget,
		progress: o.Progress,
		feed:     o.Feed,
		store:    o.Store,
		index:    typed[G]{index},
		logger:   o.Logger,
		now:      o.Now,
		applying: semaphore.NewWeighted(1),
		building: semaphore.NewWeighted(1),
		ready:    make(chan struct{}),

		compareEvery: o.Compare,
	}, nil
}

// Ready is closed once the feed has caught up for the first time and all of it can be found. It
// never closes if neither Run nor Rebuild gets that far.
func (f *Follower) Ready() <-chan struct{} { return f.ready }

// markReady notes that the feed has caught up, for the first time or after failures.
func (f *Follower) markReady() {
	f.lag.end()
	f.caughtUp.Do(func() { close(f.ready) })
}

func (f *Follower) isReady() bool {
	select {
	case <-f.ready:
		return true
	default:
		return false
	}
}

// Run follows the feed until ctx ends, and returns nil then. Failures of the feed, the store or the
// index are logged once for each streak, and tried again after a pause that grows to 1 s; only one
// that wraps fs.ErrClosed is returned, because what is closed stays so. However long the store is away,
// subscriptions go on. Where Options.Compare asks for it, Run also compares the index with the store
// from time to time. A second Run at the same time is refused. When Run returns, every subscription ends.
func (f *Follower) Run(ctx context.Context) error {
	if !f.running.CompareAndSwap(false, true) {
		return errors.New("indexsync: the follower runs already")
	}
	defer f.running.Store(false)
	defer f.subscribers.dropAll()
	defer f.compareBeside(ctx)()
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
	reading, stop := f.untilSwapped(ctx)
	defer stop()
	into := f.index.current()
	p, err := f.startPass(into, into)
	if err != nil {
		return err
	}
	if p.cursor == "" {
		return f.replace(ctx, into)
	}
	err = p.each(reading, p.open(reading), func(b batch) (bool, error) {
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
			if !f.isReady() {
				f.learn(ctx, into)
			}
			f.markReady()
		}
		return true, nil
	})
	switch {
	case reading.Err() != nil && ctx.Err() == nil, f.index.current() != into:
		return nil
	case errors.Is(err, knowledge.ErrCursorLost):
		trouble.lost(ctx, err)
		return f.replace(ctx, into)
	}
	return err
}

// untilSwapped is a context that ends with ctx, and when another generation takes over: a feed that was
// opened at the position of the old one may be deaf to what is saved after a restore of the store.
func (f *Follower) untilSwapped(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := context.WithCancel(ctx)
	f.leaving.Lock()
	defer f.leaving.Unlock()
	f.leave = stop
	return ctx, stop
}

// swapped ends what untilSwapped began.
func (f *Follower) swapped() {
	f.leaving.Lock()
	defer f.leaving.Unlock()
	if f.leave != nil {
		f.leave()
	}
}

// streak is a row of failures without a success in between. Only Run's goroutine uses it.
type streak struct {
	follower *Follower
	began    time.Time
	next     time.Duration // the next pause; 0 outside a streak
	isLost   bool          // that the position is lost has been logged since the last success
}

// lost logs once until the next success that the position is lost.
func (s *streak) lost(ctx context.Context, err error) {
	if !s.isLost {
		s.isLost = true
		s.follower.lag.begin(s.follower.now()) // A whole index is built, which takes a while.
		s.follower.logger.WarnContext(ctx, "the feed has forgotten the position of the index: building the index anew", "err", err)
	}
}

// pause logs the first failure of a streak, and waits.
func (s *streak) pause(ctx context.Context, err error) {
	s.follower.lag.begin(s.follower.now())
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
	s.isLost = false
	if s.next == 0 {
		return
	}
	s.follower.logger.InfoContext(ctx, "the index follows the store again",
		"duration_ms", s.follower.now().Sub(s.began).Milliseconds())
	s.next = 0
}
