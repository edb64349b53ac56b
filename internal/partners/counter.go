package partners

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"goodpractice/internal/knowledge"
)

// Bounds on what a counter holds and does.
const (
	// flushEvery is how often counts are written: what a crash may lose.
	flushEvery = 5 * time.Second
	// maxNames is how many operations of a partner are told apart on a day, and again as many that only came
	// from pages: whoever makes up an origin and names takes nothing from those of tokens.
	maxNames = 100
	// maxCoordinates is how many deprecated parts of the schema are told apart.
	maxCoordinates = 200
	// maxPending is how many sums may wait for a store that is away. Further ones are lost.
	maxPending = 50_000
	// batch is how many sums are written at a time.
	batch = 500
)

// UsageStore keeps counts.
type UsageStore interface {
	// AddUsage adds to the counts that are kept.
	AddUsage(ctx context.Context, counted []knowledge.Usage) error
	// DropUsage forgets those of all days before one.
	DropUsage(ctx context.Context, before knowledge.Date) error
}

// CounterOptions are what a Counter needs. All are required.
type CounterOptions struct {
	Store     UsageStore
	Directory *Directory
	Logger    *slog.Logger
	Now       func() time.Time
}

// Counter counts what partners use. Its methods may be called concurrently.
type Counter struct {
	CounterOptions

	mu      sync.Mutex // Guards the fields below.
	pending map[sum]knowledge.Usage
	named   map[namesOf]map[string]bool // Of today.
	today   knowledge.Date
	lost    int // sums that had no room

	writing sync.Mutex // Held while counts are written.
}

// sum names what is counted together.
type sum struct {
	partner               knowledge.ID
	day                   knowledge.Date
	operation, deprecated string
}

// namesOf names a set of names.
type namesOf struct {
	partner      knowledge.ID
	isUnproven   bool
	isDeprecated bool
}

// NewCounter makes a counter that has counted nothing.
func NewCounter(o CounterOptions) (*Counter, error) {
	if o.Store == nil || o.Directory == nil || o.Logger == nil || o.Now == nil {
		return nil, errors.New("partners: an option of the counter is missing")
	}
	return &Counter{CounterOptions: o, pending: map[sum]knowledge.Usage{}, named: map[namesOf]map[string]bool{}}, nil
}

// Executed is an operation that was executed.
type Executed struct {
	Operation  string // Its name; empty where it has none.
	Points     int
	Failed     bool
	Deprecated []string // Schema coordinates, each once.
}

// Record counts an operation for the partner whose token it came with or, where it came without any token, for
// the one from whose page it came. It counts nothing for others, and never waits for the store.
func (c *Counter) Record(ctx context.Context, x Executed) {
	partner, isUnproven := c.payer(ctx)
	if partner == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if day := knowledge.DayOf(c.Now()); day != c.today {
		c.today = day
		clear(c.named)
	}
	u := knowledge.Usage{Partner: partner, Day: c.today, Requests: 1, Points: int64(max(0, x.Points))}
	if x.Failed {
		u.Failures = 1
	}
	if isUnproven {
		u.Unproven = 1
	}
	u.Operation = knowledge.OtherOperations
	if x.Operation == "" || c.knows(namesOf{partner, isUnproven, false}, x.Operation, maxNames) {
		u.Operation = x.Operation
	}
	c.add(u)
	u.Operation, u.Points = "", 0
	for _, u.Deprecated = range x.Deprecated {
		if c.knows(namesOf{partner, false, true}, u.Deprecated, maxCoordinates) {
			c.add(u)
		}
	}
}

// payer is the partner that a request counts for, and whether nothing but an origin tells so.
func (c *Counter) payer(ctx context.Context) (partner knowledge.ID, isUnproven bool) {
	reader := knowledge.ReaderFrom(ctx)
	if reader.Actor.ID != "" || reader.Origin == "" {
		return reader.Actor.PartnerID, false
	}
	partner, _ = c.Directory.PartnerOf(reader.Origin)
	return partner, true
}

// knows takes a name into a set, unless it is full. The caller holds mu.
func (c *Counter) knows(of namesOf, name string, limit int) bool {
	set := c.named[of]
	if set == nil {
		set = map[string]bool{}
		c.named[of] = set
	}
	if !set[name] && len(set) < limit {
		set[name] = true
	}
	return set[name]
}

// add adds to what waits to be written. The caller holds mu.
func (c *Counter) add(u knowledge.Usage) {
	key := sum{u.Partner, u.Day, u.Operation, u.Deprecated}
	known, ok := c.pending[key]
	if !ok && len(c.pending) >= maxPending {
		c.lost++
		return
	}
	if ok {
		u = known.Plus(u)
	}
	c.pending[key] = u
}

// Run writes the counts every few seconds, and drops those that are too old, until ctx ends. It returns nil.
// What is counted afterwards is for Flush.
func (c *Counter) Run(ctx context.Context) error {
	ticker := time.NewTicker(flushEvery)
	defer ticker.Stop()
	var dropped knowledge.Date
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		c.attempt(ctx, c.Flush(ctx))
		if today := knowledge.DayOf(c.Now()); today != dropped {
			err := c.Store.DropUsage(ctx, knowledge.DayOf(c.Now().AddDate(0, 0, -knowledge.UsageDays)))
			if c.attempt(ctx, err); err == nil {
				dropped = today
			}
		}
	}
}

// attempt logs a failure, unless the store is away: that was logged by whoever found it out.
func (c *Counter) attempt(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil && !knowledge.IsKind(err, knowledge.Unavailable) {
		c.Logger.WarnContext(ctx, "the usage of partners could not be written", "err", err)
	}
}

// Flush writes what has been counted. What could not be written is kept for the next time; where the store failed
// after it had taken something in, that may be counted twice.
func (c *Counter) Flush(ctx context.Context) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	counted := c.take(ctx)
	for len(counted) > 0 {
		next := counted[:min(len(counted), batch)]
		if err := c.Store.AddUsage(ctx, next); err != nil {
			c.giveBack(counted)
			return fmt.Errorf("write the usage of partners: %w", err)
		}
		counted = counted[len(next):]
	}
	return nil
}

// take takes what waits to be written.
func (c *Counter) take(ctx context.Context) []knowledge.Usage {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lost > 0 {
		c.Logger.WarnContext(ctx, "the store was away for so long that usage of partners was not counted", "count", c.lost)
		c.lost = 0
	}
	counted := make([]knowledge.Usage, 0, len(c.pending))
	for _, u := range c.pending {
		counted = append(counted, u)
	}
	clear(c.pending)
	return counted
}

func (c *Counter) giveBack(counted []knowledge.Usage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, u := range counted {
		c.add(u)
	}
}
