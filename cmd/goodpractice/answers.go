package main

import (
	"context"
	"sync/atomic"

	"goodpractice/internal/knowledge"
)

// noted is a store that counts what is saved through it.
type noted struct {
	store
	saves *atomic.Uint64
}

// Save counts also what fails: it may have been saved all the same.
func (n noted) Save(ctx context.Context, entities ...knowledge.Entity) error {
	defer n.saves.Add(1)
	return n.store.Save(ctx, entities...)
}

// answersFrom names the state that requests are answered from, for answers that are kept in memory: what is saved here is
// seen by its id at once, and by searches when the index has it. Searches know the year. Each of them only grows, so no two
// states have one name. False before the index has caught up for the first time.
func (a *app) answersFrom() (uint64, bool) {
	select {
	case <-a.follower.Ready():
	default:
		return 0, false
	}
	return a.index.Version() + a.saves.Load() + uint64(a.now().Year()), true //nolint:gosec // Years are positive.
}
