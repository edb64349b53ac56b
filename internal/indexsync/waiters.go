package indexsync

import (
	"context"
	"slices"
	"sync"

	"goodpractice/internal/knowledge"
)

// maxBuried is how many deletions are remembered: a mutation asks for its own within milliseconds. Others
// are found out by isGone.
const maxBuried = 1024

// recheck releases the waiters whose revisions are in the generation.
func (f *Follower) recheck(ctx context.Context, g Generation) {
	f.waiters.begin()
	for ids := range slices.Chunk(f.waiters.ids(), maxBatch) {
		stamps, err := g.Revisions(ctx, ids)
		if err != nil {
			f.logger.WarnContext(ctx, "waiting mutations could not be told that they can be found", "err", err)
			return
		}
		for id, stamp := range stamps {
			f.waiters.releaseUpTo(id, stamp.Revision)
		}
	}
}

// waiters are the calls of Await in progress.
type waiters struct {
	mu     sync.Mutex
	byID   map[knowledge.ID][]*waiter          // guarded by mu
	buried map[knowledge.ID]knowledge.Revision // guarded by mu; the last deletions
	order  []knowledge.ID                      // guarded by mu; the keys of buried, oldest first
	// held are in the index, and what depends on them is not yet. Guarded by mu.
	held map[knowledge.ID]struct{}
}

// waiter is one call of Await.
type waiter struct {
	revision knowledge.Revision
	done     chan struct{} // closed by whoever takes the waiter out of the map
}

// isDone tells whether done is closed.
func (w *waiter) isDone() bool {
	select {
	case <-w.done:
		return true
	default:
		return false
	}
}

// add registers a waiter, unless the revision is known to be a deletion that is done.
func (ws *waiters) add(id knowledge.ID, w *waiter) (done bool) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if revision, found := ws.buried[id]; found && revision >= w.revision {
		return true
	}
	if ws.byID == nil {
		ws.byID = make(map[knowledge.ID][]*waiter)
	}
	ws.byID[id] = append(ws.byID[id], w)
	return false
}

// remove takes a waiter out, if it is still there.
func (ws *waiters) remove(id knowledge.ID, w *waiter) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.keep(id, slices.DeleteFunc(ws.byID[id], func(other *waiter) bool { return other == w }))
}

// keep sets the waiters for an entity. The caller holds mu.
func (ws *waiters) keep(id knowledge.ID, list []*waiter) {
	if len(list) == 0 {
		delete(ws.byID, id)
		return
	}
	ws.byID[id] = list
}

// ids lists the entities that somebody waits for.
func (ws *waiters) ids() []knowledge.ID {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	out := make([]knowledge.ID, 0, len(ws.byID))
	for id := range ws.byID {
		out = append(out, id)
	}
	return out
}

// hold makes everybody who asks for these entities wait for release.
func (ws *waiters) hold(ids []knowledge.ID) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.held == nil {
		ws.held = make(map[knowledge.ID]struct{})
	}
	for _, id := range ids {
		ws.held[id] = struct{}{}
	}
}

// letGo undoes hold.
func (ws *waiters) letGo(ids []knowledge.ID) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	for _, id := range ids {
		delete(ws.held, id)
	}
}

// begin forgets what is held and what was deleted, for a generation that begins.
func (ws *waiters) begin() {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	clear(ws.held)
	clear(ws.buried)
	ws.order = nil
}

func (ws *waiters) isHeld(id knowledge.ID) bool {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	_, found := ws.held[id]
	return found
}

// release lets everybody go who waits for one of these states or an earlier one. Deletions are
// remembered: the index keeps nothing that would tell of them.
func (ws *waiters) release(entities []knowledge.Entity) {
	ws.letGo(idsOf(entities))
	for _, e := range entities {
		if e.Head().Deleted {
			ws.bury(e.Head().ID, e.Head().Revision)
		} else {
			ws.unbury(e.Head().ID)
		}
		ws.releaseUpTo(e.Head().ID, e.Head().Revision)
	}
}

// releaseUpTo lets everybody go who waits for the revision or an earlier one.
func (ws *waiters) releaseUpTo(id knowledge.ID, revision knowledge.Revision) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	var waiting []*waiter
	for _, w := range ws.byID[id] {
		if w.revision <= revision {
			close(w.done)
		} else {
			waiting = append(waiting, w)
		}
	}
	ws.keep(id, waiting)
}

// bury remembers a deletion and forgets the oldest.
func (ws *waiters) bury(id knowledge.ID, revision knowledge.Revision) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.buried == nil {
		ws.buried = make(map[knowledge.ID]knowledge.Revision)
	}
	if _, found := ws.buried[id]; !found {
		ws.order = append(ws.order, id)
	}
	ws.buried[id] = revision
	if len(ws.order) > maxBuried {
		delete(ws.buried, ws.order[0])
		ws.order = ws.order[1:]
	}
}

// unbury forgets a deletion: a restore of the store has brought the entity back.
func (ws *waiters) unbury(id knowledge.ID) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if _, found := ws.buried[id]; found {
		delete(ws.buried, id)
		ws.order = slices.DeleteFunc(ws.order, func(other knowledge.ID) bool { return other == id })
	}
}
