package quota

import (
	"errors"
	"fmt"
	"math"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// DefaultKeys is how many keys are remembered: about 20 MB of buckets.
const DefaultKeys = 1 << 16

// Options configures New.
type Options struct {
	// Now is the clock that buckets fill by. Required.
	Now func() time.Time
	// Keys is how many keys are remembered; DefaultKeys where it is zero.
	Keys int
}

// Rate is how much a key may use.
type Rate struct {
	PerSecond float64 // Points that come back in a second.
	Burst     int     // Points that a key can have at most.
}

// Taken is what became of the wish to take points.
type Taken struct {
	Refused    bool          // There were not enough, and nothing was taken.
	Limit      int           // How many points there can be at most.
	Remaining  int           // How many there are; 0 for whoever is in debt.
	RetryAfter time.Duration // When there will be enough, where there were not.
	Window     time.Duration // How long an empty bucket takes to fill.
}

// Buckets has a bucket of points for every key. It may be used concurrently.
type Buckets struct {
	now func() time.Time

	mu   sync.Mutex // Makes finding and adding one step.
	keys *lru.TwoQueueCache[Key, *rate.Limiter]
}

// New returns buckets that are all full.
func New(o Options) (*Buckets, error) {
	if o.Now == nil {
		return nil, errors.New("quota: a clock is required")
	}
	if o.Keys == 0 {
		o.Keys = DefaultKeys
	}
	keys, err := lru.New2Q[Key, *rate.Limiter](o.Keys)
	if err != nil {
		return nil, fmt.Errorf("quota: remember %d keys: %w", o.Keys, err)
	}
	return &Buckets{now: o.Now, keys: keys}, nil
}

// Take takes points from the bucket of a key, if they are there. To take none is refused only where the key is in debt. A
// rate that differs from that of the key's last use takes effect at once.
func (b *Buckets) Take(key Key, points int, r Rate) Taken {
	now := b.now()
	bucket := b.bucket(key, r, now)
	taken := Taken{Limit: r.Burst}
	if r.PerSecond > 0 {
		taken.Window = time.Duration(float64(r.Burst) / r.PerSecond * float64(time.Second))
	}
	left := bucket.TokensAt(now)
	switch {
	case points == 0 && left < 0, points > 0 && !bucket.AllowN(now, points):
		taken.Refused = true
		taken.RetryAfter = after(float64(points)-left, r)
		if points > r.Burst {
			taken.RetryAfter = longestWait
		}
	default:
		left = bucket.TokensAt(now)
	}
	taken.Remaining = max(0, int(math.Floor(left)))
	return taken
}

// Owe takes points whether they are there or not. A debt is at most one full bucket.
func (b *Buckets) Owe(key Key, points int, r Rate) {
	now := b.now()
	bucket := b.bucket(key, r, now)
	room := int(bucket.TokensAt(now)) + r.Burst
	bucket.ReserveN(now, max(0, min(points, room, r.Burst)))
}

// longestWait stands for never.
const longestWait = 24 * time.Hour

// after is how long so many points take to come back.
func after(points float64, r Rate) time.Duration {
	if r.PerSecond <= 0 {
		return longestWait
	}
	return min(longestWait, time.Duration(max(0, points)/r.PerSecond*float64(time.Second)))
}

// bucket finds the bucket of a key, or adds a full one.
func (b *Buckets) bucket(key Key, r Rate, now time.Time) *rate.Limiter {
	b.mu.Lock()
	defer b.mu.Unlock()
	bucket, ok := b.keys.Get(key)
	if !ok {
		bucket = rate.NewLimiter(rate.Limit(r.PerSecond), r.Burst)
		b.keys.Add(key, bucket)
		return bucket
	}
	if bucket.Limit() != rate.Limit(r.PerSecond) {
		bucket.SetLimitAt(now, rate.Limit(r.PerSecond))
	}
	if bucket.Burst() != r.Burst {
		bucket.SetBurstAt(now, r.Burst)
	}
	return bucket
}

// Keys is how many keys are remembered now.
func (b *Buckets) Keys() int { return b.keys.Len() }
