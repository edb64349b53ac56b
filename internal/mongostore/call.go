package mongostore

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/sony/gobreaker/v2"
)

const (
	// maxTries is how often an operation is sent at most. Everything that is sent is idempotent.
	maxTries = 4
	// firstPause and longestPause lie between two tries; the pause doubles and varies by half.
	firstPause   = 20 * time.Millisecond
	longestPause = 500 * time.Millisecond
	// tripAfter is the number of failures in a row after which the database counts as away. One is enough
	// where no server was found.
	tripAfter = 3
	// probeAfter is how long the database counts as away before one operation may try again. The poll of
	// the feeds is that operation, so recovery needs no request.
	probeAfter = 500 * time.Millisecond
)

// breaker lets operations fail at once while the database is away.
type breaker = gobreaker.CircuitBreaker[struct{}]

func (s *Store) newBreaker() *breaker {
	var unselected atomic.Bool // The last failure was that no server was found.
	return gobreaker.NewCircuitBreaker[struct{}](gobreaker.Settings{
		Name:    "database",
		Timeout: probeAfter,
		IsExcluded: func(err error) bool {
			return errors.Is(err, context.Canceled) || errors.Is(err, errGivenUp)
		},
		IsSuccessful: func(err error) bool {
			unselected.Store(isUnselected(err))
			if isAway(err) {
				s.blame(err)
				return false
			}
			return true
		},
		ReadyToTrip: func(counts gobreaker.Counts) bool {
			return unselected.Load() || counts.ConsecutiveFailures >= tripAfter
		},
		OnStateChange: func(_ string, _, to gobreaker.State) {
			switch to {
			case gobreaker.StateOpen:
				s.leave()
			case gobreaker.StateClosed:
				if s.isPrepared() {
					s.arrive()
				}
			case gobreaker.StateHalfOpen:
			}
		},
	})
}

// call sends an operation, again after failures that may pass, until Options.Timeout. The function must be
// idempotent. The error is the driver's own; unavailable puts it into words.
func (s *Store) call(ctx context.Context, send func(ctx context.Context) error) error {
	done, err := s.begin()
	if err != nil {
		return err
	}
	defer done()
	return s.attempt(ctx, send)
}

// attempt is call for whoever has begun one, and for the store's own goroutines.
func (s *Store) attempt(ctx context.Context, send func(ctx context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxInterval, pauses.Multiplier = firstPause, longestPause, 2
	var sent error // The last failure of a try that may have reached the server.
	_, err := backoff.Retry(limited, func() (struct{}, error) {
		_, err := s.breaker.Execute(func() (struct{}, error) {
			err := send(limited)
			if err != nil && ctx.Err() != nil {
				err = errors.Join(errGivenUp, err) // The caller's own limit says nothing of the database.
			}
			return struct{}{}, err
		})
		if err != nil && !neverSent(err) {
			sent = err
		}
		if err != nil && !isPassing(err) {
			err = backoff.Permanent(err)
		}
		return struct{}{}, err
	}, backoff.WithBackOff(pauses), backoff.WithMaxTries(maxTries))
	if err != nil && sent != nil && neverSent(err) {
		err = sent // It matters more that the operation may have been carried out.
	}
	if caller := ctx.Err(); err != nil && caller != nil {
		return caller
	}
	return err
}

// read sends a read and puts a failure into words.
func (s *Store) read(ctx context.Context, operation string, send func(ctx context.Context) error) error {
	err := s.call(ctx, send)
	if err == nil || ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return err
	}
	return unavailable(messageAway, operation, err)
}
