package export

import (
	"context"
	"sync"
	"time"
)

// patience is how long an export waits for a slot: a client that fetches one file after the other must not be refused because
// the end of the last one is still on its way.
const patience = time.Second

// slots bounds how many exports run at once, of all callers and of one.
type slots struct {
	all, own int

	mu      sync.Mutex // Guards the fields below.
	taken   int
	callers map[string]use // Those who have a slot or wait for one.
	freed   chan struct{}  // Closed when a slot is given back, and replaced then.
}

// use is what one caller has in hand.
type use struct{ running, waiting int }

func newSlots(all, own int) *slots {
	return &slots{all: all, own: own, callers: make(map[string]use), freed: make(chan struct{})}
}

// take reports whether there was a slot for a caller in time; as many may wait as may run. Whoever has taken one must give it
// back.
func (s *slots) take(ctx context.Context, caller string) bool {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken >= s.all || s.callers[caller].running >= s.own {
		if s.callers[caller].waiting >= s.own {
			return false
		}
		s.change(caller, 0, 1)
		defer s.change(caller, 0, -1)
	}
	for s.taken >= s.all || s.callers[caller].running >= s.own {
		freed := s.freed
		s.mu.Unlock()
		select {
		case <-freed:
		case <-ctx.Done():
		}
		s.mu.Lock()
		if ctx.Err() != nil {
			return false
		}
	}
	s.change(caller, 1, 0)
	return true
}

func (s *slots) give(caller string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.change(caller, -1, 0)
	close(s.freed)
	s.freed = make(chan struct{})
}

// change counts; the mutex is held.
func (s *slots) change(caller string, running, waiting int) {
	s.taken += running
	u := s.callers[caller]
	u.running, u.waiting = u.running+running, u.waiting+waiting
	s.callers[caller] = u
	if u == (use{}) {
		delete(s.callers, caller)
	}
}
