// Package quota shares out what clients may use: points a second for operations, and guesses of tokens.
//
//	buckets, err := quota.New(quota.Options{Now: time.Now})
//	taken := buckets.Take(quota.Address(address), 1350, quota.Rate{PerSecond: 30_000, Burst: 300_000})
//	if taken.Refused {
//		// Come again after taken.RetryAfter.
//	}
//
// Each key has a bucket (golang.org/x/time/rate) that fills at its rate. The memory for buckets is bounded: what has not been
// used for longest is forgotten first, and a key that was used more than once is kept before all those that were used once. So
// somebody with many addresses neither makes the memory grow nor drives out those who come regularly.
//
// It has no goroutine, keeps nothing on disk and shares nothing with other servers: each server has buckets of its own.
// Only cmd may import it. It imports none of our packages.
package quota
