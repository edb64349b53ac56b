package quota

import (
	"hash/maphash"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// Guesses bounds how often somebody may send tokens that are not valid. It may be used concurrently.
type Guesses struct {
	buckets *Buckets
	rate    Rate
	seed    maphash.Seed
	good    *lru.TwoQueueCache[uint64, struct{}] // Hashes of authorizations that were valid the last time.
}

// How many wrong tokens a client may send: a handful at once, and one every six seconds. Tokens have 256 random bits, so this
// is not what keeps them from being guessed; it keeps guesses from costing much.
const (
	guessesAtOnce    = 20
	guessesPerSecond = 1.0 / 6
	goodKept         = 4096
)

// NewGuesses returns a bound for everybody.
func NewGuesses(o Options) (*Guesses, error) {
	buckets, err := New(o)
	if err != nil {
		return nil, err
	}
	good, err := lru.New2Q[uint64, struct{}](goodKept)
	if err != nil {
		return nil, err
	}
	return &Guesses{
		buckets: buckets, rate: Rate{PerSecond: guessesPerSecond, Burst: guessesAtOnce}, seed: maphash.MakeSeed(), good: good,
	}, nil
}

// Allowed tells whether a client may have an authorization looked at, and else when it may try again. One that was good the
// last time may always be looked at, so that a neighbour behind the same address who guesses shuts nobody out.
func (g *Guesses) Allowed(client Key, authorization string) (bool, time.Duration) {
	if _, ok := g.good.Get(maphash.String(g.seed, authorization)); ok {
		return true, 0
	}
	now := g.buckets.now()
	if left := g.buckets.bucket(client, g.rate, now).TokensAt(now); left < 1 {
		return false, after(1-left, g.rate)
	}
	return true, 0
}

// Tell notes whether an authorization that was looked at was good.
func (g *Guesses) Tell(client Key, authorization string, isGood bool) {
	hash := maphash.String(g.seed, authorization)
	if isGood {
		g.good.Add(hash, struct{}{})
		return
	}
	g.good.Remove(hash)
	g.buckets.Owe(client, 1, g.rate)
}
