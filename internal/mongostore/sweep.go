package mongostore

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

const (
	// maxMarked is how many markers are looked at in one round trip: more than are there at a time.
	maxMarked = 10_000
	// leftBehind is at how many looks a marker is there before the sweeper takes the state for left behind. A
	// process that is merely slow should not be helped by all the others: that makes it slower.
	leftBehind = 3
	// graceForOthers is how long the opening of a feed leaves a marker to the process that has set it.
	graceForOthers = 100 * time.Millisecond
)

// sweep publishes what some process has written and not published, until ctx ends: what carries its marker
// at several looks in a row. To publish twice does no harm, so nothing has to be known of that process.
func (s *Store) sweep(ctx context.Context) {
	sightings := map[ref]int{}
	for {
		pause := s.options.Sweep * time.Duration(75+rand.IntN(50)) / 100 //nolint:gosec // So that servers do not look at the same moment.
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
		marked, err := s.marked(ctx, s.attempt)
		if err != nil {
			continue // The store knows that the database is away.
		}
		found := make(map[ref]int, len(marked))
		var left []ref
		for _, r := range marked {
			if found[r] = sightings[r] + 1; found[r] >= leftBehind {
				left = append(left, r)
			}
		}
		sightings = found
		if len(left) > 0 {
			s.options.Logger.DebugContext(ctx, "publishing what was left behind", "records", len(left))
		}
		for part := range slices.Chunk(left, maxPublish) {
			_ = s.publisher.submit(ctx, part).wait(ctx) // The next look finds what could not be published.
		}
	}
}

// marked lists states that carry a marker and are not in this process's own hands.
func (s *Store) marked(ctx context.Context, send sender) ([]ref, error) {
	var docs []stored
	err := send(ctx, func(ctx context.Context) error {
		filter := bson.D{{Key: fieldMarker, Value: true}}
		return find(ctx, s.entities, query{filter: filter, projection: fields(fieldRevision), limit: maxMarked}, &docs)
	})
	var refs []ref
	for _, d := range docs {
		if r := (ref{d.ID, d.Revision}); !s.publisher.holds(r) {
			refs = append(refs, r)
		}
	}
	return refs, err
}

// publishAll publishes everything that has been saved by now: what this process has in hand, and what others
// have left behind. Others that are at work get a moment to do it themselves.
func (s *Store) publishAll(ctx context.Context) error {
	done, err := s.begin()
	if err != nil {
		return unavailable(messageAway, "open the feed", err)
	}
	defer done()
	limited, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	err = s.publisher.submit(limited, nil).wait(limited) // It comes after all that was handed in before.
	for more := true; more && err == nil; {
		more, err = s.publishLeft(limited)
	}
	if err != nil && ctx.Err() == nil {
		return unavailable(messageAway, "publish what was left behind", err)
	}
	return err
}

// publishLeft publishes states that still carry their markers after a moment; true where there may be more.
func (s *Store) publishLeft(ctx context.Context) (more bool, err error) {
	left, err := s.marked(ctx, s.attempt)
	if len(left) == 0 || err != nil {
		return false, err
	}
	select {
	case <-time.After(graceForOthers):
	case <-ctx.Done():
		return false, ctx.Err()
	}
	marked, err := s.marked(ctx, s.attempt)
	if err != nil {
		return false, err
	}
	before := make(map[ref]bool, len(left))
	for _, r := range left {
		before[r] = true
	}
	still := slices.DeleteFunc(marked, func(r ref) bool { return !before[r] })
	for part := range slices.Chunk(still, maxPublish) {
		if err := s.publisher.submit(ctx, part).wait(ctx); err != nil {
			return false, err
		}
	}
	return len(left) > maxMarked/2 && len(still) > 0, nil // Own ones in hand do not count among them.
}

// truncateEvery is how often each process looks for what has become too old in the log.
const truncateEvery = time.Hour

// truncate cuts off the beginning of the log now and then, until ctx ends.
func (s *Store) truncate(ctx context.Context) {
	ticker := time.NewTicker(truncateEvery)
	defer ticker.Stop()
	for {
		if err := s.truncateTo(ctx, s.options.Now().Add(-s.options.Retention)); err != nil {
			s.options.Logger.DebugContext(ctx, "could not shorten the log; trying again later", "err", err)
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// truncateTo removes entries older than the time, but never the last one. The floor is raised first, so
// that a reader who misses an entry can tell that it was cut off.
func (s *Store) truncateTo(ctx context.Context, oldest time.Time) error {
	keep := entry{}
	for {
		part, err := s.entries(ctx, keep.Number, s.attempt)
		if err != nil {
			return err
		}
		for _, e := range part {
			if e.At.After(oldest) {
				return s.cut(ctx, keep.Number)
			}
			keep = e
		}
		if len(part) < maxEntries {
			return s.cut(ctx, keep.Number)
		}
	}
}

// cut removes the entries below the floor.
func (s *Store) cut(ctx context.Context, floor int64) error {
	if floor <= 1 {
		return nil
	}
	if err := s.raise(ctx, floorID, floor); err != nil {
		return err
	}
	return s.attempt(ctx, func(ctx context.Context) error {
		_, err := s.log.DeleteMany(ctx, bson.D{{Key: fieldID, Value: bson.D{{Key: "$lt", Value: floor}}}})
		return err
	})
}
