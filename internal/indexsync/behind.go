package indexsync

import (
	"sync"
	"time"
)

// lag is since when the index may have been behind the store.
type lag struct {
	mu    sync.Mutex
	since time.Time // guarded by mu; zero while the index follows
}

// begin notes that the index cannot follow, if that is new.
func (l *lag) begin(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.since.IsZero() {
		l.since = now
	}
}

// end notes that the index has what was stored when its feed was opened.
func (l *lag) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.since = time.Time{}
}

// Behind tells since when the index may lack what others have saved: from the first failure to follow the
// store until everything is in it that was stored when a feed was opened after that. So it goes on after
// the store is back, for as long as there is something to catch up with. It tells nothing of the time
// before Ready is closed for the first time unless something fails then, and nothing of the moment that
// every change takes.
func (f *Follower) Behind() (since time.Time, behind bool) {
	f.lag.mu.Lock()
	defer f.lag.mu.Unlock()
	return f.lag.since, !f.lag.since.IsZero()
}
