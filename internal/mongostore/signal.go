package mongostore

import "sync"

// listeners are the feeds of this process, to be woken when something was appended to the log.
type listeners struct {
	mu   sync.Mutex
	open map[chan struct{}]struct{} // guarded by mu
}

// add registers a feed. The channel holds one signal, so that none is missed while the feed works.
func (l *listeners) add() chan struct{} {
	wake := make(chan struct{}, 1)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open == nil {
		l.open = map[chan struct{}]struct{}{}
	}
	l.open[wake] = struct{}{}
	return wake
}

func (l *listeners) remove(wake chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.open, wake)
}

func (l *listeners) wake() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for wake := range l.open {
		select {
		case wake <- struct{}{}:
		default: // It has been woken already.
		}
	}
}
