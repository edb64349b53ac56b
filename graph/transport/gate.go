package transport

import "sync"

// gate lets a bounded number in at once, and of each caller a smaller one.
type gate struct {
	capacity, share int

	mu       sync.Mutex // Guards the fields below.
	inside   int
	ofCaller map[string]int // Those who are inside.
}

func newGate(capacity, share int) *gate {
	return &gate{capacity: capacity, share: share, ofCaller: make(map[string]int)}
}

// enter reports whether there was room. Whoever got in must leave.
func (g *gate) enter(caller string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside >= g.capacity || g.ofCaller[caller] >= g.share {
		return false
	}
	g.inside++
	g.ofCaller[caller]++
	return true
}

func (g *gate) leave(caller string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside--
	if g.ofCaller[caller]--; g.ofCaller[caller] == 0 {
		delete(g.ofCaller, caller)
	}
}
