package quota_test

import (
	"net/netip"
	"strconv"
	"sync"
	"testing"
	"time"

	"goodpractice/internal/quota"
)

// clock is a clock that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newBuckets(t *testing.T, c *clock, keys int) *quota.Buckets {
	t.Helper()
	b, err := quota.New(quota.Options{Now: c.Now, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var tenASecond = quota.Rate{PerSecond: 10, Burst: 100}

func TestABucketEmptiesAndFills(t *testing.T) {
	t.Parallel()
	c := newClock()
	b := newBuckets(t, c, 0)
	for i, step := range []struct {
		pass   time.Duration
		points int
		want   quota.Taken
	}{
		{0, 60, quota.Taken{Limit: 100, Remaining: 40, Window: 10 * time.Second}},
		{0, 50, quota.Taken{Refused: true, Limit: 100, Remaining: 40, RetryAfter: time.Second, Window: 10 * time.Second}},
		{0, 40, quota.Taken{Limit: 100, Remaining: 0, Window: 10 * time.Second}},
		{0, 0, quota.Taken{Limit: 100, Remaining: 0, Window: 10 * time.Second}},
		{1500 * time.Millisecond, 10, quota.Taken{Limit: 100, Remaining: 5, Window: 10 * time.Second}},
		{time.Hour, 1, quota.Taken{Limit: 100, Remaining: 99, Window: 10 * time.Second}},
		{0, 101, quota.Taken{Refused: true, Limit: 100, Remaining: 99, RetryAfter: 24 * time.Hour, Window: 10 * time.Second}},
	} {
		c.pass(step.pass)
		if got := b.Take("k", step.points, tenASecond); got != step.want {
			t.Errorf("step %d: got %+v, want %+v", i, got, step.want)
		}
	}
	if got := b.Take("another", 100, tenASecond); got.Refused {
		t.Error("another key has no points")
	}
}

func TestADebtIsRefusedUntilItIsPaid(t *testing.T) {
	t.Parallel()
	c := newClock()
	b := newBuckets(t, c, 0)
	for range 50 {
		b.Owe("k", 60, tenASecond)
	}
	got := b.Take("k", 0, tenASecond)
	if !got.Refused || got.Remaining != 0 || got.RetryAfter != 10*time.Second {
		t.Errorf("in debt by one bucket at most: %+v", got)
	}
	c.pass(9 * time.Second)
	if !b.Take("k", 0, tenASecond).Refused {
		t.Error("the debt was forgotten")
	}
	c.pass(2 * time.Second)
	if got := b.Take("k", 10, tenASecond); got.Refused {
		t.Errorf("the debt is paid: %+v", got)
	}
}

func TestARateThatChangesHoldsAtOnce(t *testing.T) {
	t.Parallel()
	c := newClock()
	b := newBuckets(t, c, 0)
	b.Take("k", 100, tenASecond)
	more := quota.Rate{PerSecond: 100, Burst: 1000}
	c.pass(time.Second)
	if got := b.Take("k", 0, more); got.Limit != 1000 || got.Remaining != 10 {
		t.Errorf("got %+v", got)
	}
	c.pass(time.Second)
	if got := b.Take("k", 0, more); got.Remaining != 110 {
		t.Errorf("a second later: %+v", got)
	}
}

// A dashboard's twenty queries a second go on for an hour.
func TestWhatIsWithinTheRateIsNeverRefused(t *testing.T) {
	t.Parallel()
	c := newClock()
	b := newBuckets(t, c, 0)
	rate := quota.Rate{PerSecond: 50_000, Burst: 500_000}
	for range 20 * 3600 {
		if b.Take("dashboard", 2000, rate).Refused {
			t.Fatal("refused")
		}
		c.pass(time.Second / 20)
	}
}

// Somebody who has a million addresses does not make a busy client's bucket forgotten: its points would be new then.
func TestManyAddressesDriveOutNobodyWhoComesRegularly(t *testing.T) {
	t.Parallel()
	c := newClock()
	b := newBuckets(t, c, 1000)
	b.Take("busy", 50, tenASecond)
	b.Take("busy", 50, tenASecond)
	for i := range 1_000_000 {
		b.Take(quota.Key(strconv.Itoa(i)), 1, tenASecond)
		if i%700 == 0 && !b.Take("busy", 1, tenASecond).Refused {
			t.Fatalf("after %d addresses the busy key has points again", i)
		}
	}
	if n := b.Keys(); n > 1000 {
		t.Errorf("%d keys are remembered", n)
	}
}

func TestAnAttackersManyRequestsFromManyAddressesCostMemoryOnce(t *testing.T) {
	t.Parallel()
	c := newClock()
	b := newBuckets(t, c, 100)
	for i := range 10_000 {
		key := quota.Key(strconv.Itoa(i))
		b.Take(key, 1, tenASecond)
		b.Take(key, 1, tenASecond)
	}
	if n := b.Keys(); n > 100 {
		t.Errorf("%d keys are remembered", n)
	}
}

func TestBucketsNeedAClock(t *testing.T) {
	t.Parallel()
	if _, err := quota.New(quota.Options{}); err == nil {
		t.Error("no clock is fine")
	}
	if _, err := quota.NewGuesses(quota.Options{}); err == nil {
		t.Error("no clock is fine for guesses")
	}
	if _, err := quota.New(quota.Options{Now: newClock().Now, Keys: -1}); err == nil {
		t.Error("a negative number of keys is fine")
	}
}

func TestBucketsMayBeUsedByMany(t *testing.T) {
	t.Parallel()
	c := newClock()
	b := newBuckets(t, c, 0)
	var group sync.WaitGroup
	taken := make([]int, 8)
	for i := range taken {
		group.Go(func() {
			for range 100 {
				if !b.Take("k", 1, tenASecond).Refused {
					taken[i]++
				}
			}
		})
	}
	group.Wait()
	sum := 0
	for _, n := range taken {
		sum += n
	}
	if sum != 100 {
		t.Errorf("%d points were taken of 100", sum)
	}
}

func TestKeysOfAddresses(t *testing.T) {
	t.Parallel()
	for a, want := range map[string]quota.Key{
		"192.0.2.7":            "address 192.0.2.7",
		"::ffff:192.0.2.7":     "address 192.0.2.7",
		"2001:db8:1:2:3:4:5:6": "address 2001:db8:1:2::/64",
		"2001:db8:1:2:ffff::":  "address 2001:db8:1:2::/64",
		"2001:db8:1:3::1":      "address 2001:db8:1:3::/64",
		"fe80::1%eth0":         "address fe80::/64",
		"::1":                  "address ::/64",
	} {
		if got := quota.Address(netip.MustParseAddr(a)); got != want {
			t.Errorf("%s: %s, want %s", a, got, want)
		}
	}
	if got := quota.Address(netip.Addr{}); got != "address unknown" {
		t.Errorf("no address: %s", got)
	}
	if quota.Token("x") == quota.Partner("x") {
		t.Error("a token and a partner have one bucket")
	}
}

func BenchmarkTake(b *testing.B) {
	c := newClock()
	buckets, err := quota.New(quota.Options{Now: c.Now})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		buckets.Take("k", 1, tenASecond)
	}
}
