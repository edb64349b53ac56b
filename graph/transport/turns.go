package transport

import (
	"context"
	"slices"
	"sync"
	"time"
)

// turns lets operations run that together cost so many points at most, and has the callers of the others wait in line: each
// caller has a line of its own, and the lines are served by turns. Whoever sends much waits behind what was sent before by
// the same caller, and nobody else does.
type turns struct {
	unit     int // Points of the costliest operation.
	capacity int // Points that may run at once.
	share    int // Points of one caller that may run at once.
	longest  int // Operations that may wait, of one caller.
	most     int // Operations that may wait, of all.
	patience time.Duration

	mu      sync.Mutex // Guards the fields below, and those of callers.
	used    int
	waiting int
	callers map[string]*callerLine // Those who have something that runs or waits.
	ring    []*callerLine          // Those who have something that waits, in their order.
}

// callerLine is what one caller has in hand.
type callerLine struct {
	name string
	used int
	line []*turn
}

// turn is an operation that waits.
type turn struct {
	points int
	begin  chan struct{} // Closed when it may run; it then counts as running.
}

// enter waits until an operation may run. Whoever got in must call leave once. False: there are too many already, or it took too
// long.
func (t *turns) enter(ctx context.Context, name string, points int) (leave func(), ok bool) {
	points = min(points, t.share)
	t.mu.Lock()
	c := t.callers[name]
	if c == nil {
		c = &callerLine{name: name}
		t.callers[name] = c
	}
	if len(c.line) == 0 && t.fits(c, points) && !t.holdsBack() {
		t.start(c, points)
		t.mu.Unlock()
		return func() { t.leave(c, points) }, true
	}
	if len(c.line) >= t.longest || t.waiting >= t.most {
		t.forget(c)
		t.mu.Unlock()
		return nil, false
	}
	w := &turn{points: points, begin: make(chan struct{})}
	if len(c.line) == 0 {
		t.ring = append(t.ring, c)
	}
	c.line = append(c.line, w)
	t.waiting++
	t.mu.Unlock()

	timer := time.NewTimer(t.patience)
	defer timer.Stop()
	select {
	case <-w.begin:
		return func() { t.leave(c, points) }, true
	case <-timer.C:
	case <-ctx.Done():
	}
	if t.giveUp(c, w) {
		return nil, false
	}
	return func() { t.leave(c, points) }, true // It was let in at the last moment.
}

// fits tells whether an operation may run now; the mutex is held.
func (t *turns) fits(c *callerLine, points int) bool {
	return t.used+points <= t.capacity && c.used+points <= t.share
}

// holdsBack tells whether a caller waits for others to finish, who goes first then; the mutex is held.
func (t *turns) holdsBack() bool {
	return slices.ContainsFunc(t.ring, func(c *callerLine) bool { return c.used+c.line[0].points <= t.share })
}

// start counts an operation as running; the mutex is held.
func (t *turns) start(c *callerLine, points int) {
	t.used += points
	c.used += points
}

// leave ends an operation and lets in who may run now.
func (t *turns) leave(c *callerLine, points int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.used -= points
	c.used -= points
	t.forget(c)
	t.admit()
}

// admit lets in who may run now, one of each line by turns; the mutex is held. Where the next one in turn costs more than there
// is room for, all wait until there is, so that the small ones do not keep it out for ever. Who has used up the share of a caller
// is passed over.
func (t *turns) admit() {
	for passed := 0; passed < len(t.ring); {
		c := t.ring[0]
		w := c.line[0]
		if c.used+w.points <= t.share {
			if t.used+w.points > t.capacity {
				return
			}
			t.start(c, w.points)
			t.waiting--
			c.line = c.line[1:]
			close(w.begin)
			passed = 0
		} else {
			passed++
		}
		t.ring = t.ring[1:]
		if len(c.line) > 0 {
			t.ring = append(t.ring, c)
		}
	}
}

// giveUp takes an operation out of the line; false where it may run after all.
func (t *turns) giveUp(c *callerLine, w *turn) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.Index(c.line, w)
	if i < 0 {
		return false
	}
	c.line = slices.Delete(c.line, i, i+1)
	t.waiting--
	if len(c.line) == 0 {
		t.ring = slices.DeleteFunc(t.ring, func(other *callerLine) bool { return other == c })
	}
	t.forget(c)
	t.admit() // What was behind it may fit.
	return true
}

// forget drops a caller who has nothing in hand; the mutex is held.
func (t *turns) forget(c *callerLine) {
	if c.used == 0 && len(c.line) == 0 {
		delete(t.callers, c.name)
	}
}
