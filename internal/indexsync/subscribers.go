package indexsync

import (
	"context"
	"sync"

	"goodpractice/internal/knowledge"
)

// MaxLag is how many notices a subscriber may leave unread before its subscription ends.
const MaxLag = 256

// Subscribe tells of every change of a practice, a lesson or a recommendation once searches find it,
// in the order of the feed; several changes in quick succession may be told as one. What was there
// before the follower was ready is not told.
//
// The channel is closed when ctx ends, when more than MaxLag notices are unread, when the feed had
// forgotten the position of the index so that changes may have been missed, when states that were told of
// have been taken back by a restore of the store, and when Run returns: whoever still
// wants to follow subscribes anew and looks at the present state first. It stays open while the store is
// away. ctx must end at some time. The entity of a notice is shared by all subscribers and must not be changed; use
// knowledge.Clone.
func (f *Follower) Subscribe(ctx context.Context) <-chan knowledge.Notice {
	s := &subscriber{notices: make(chan knowledge.Notice, MaxLag)}
	f.subscribers.add(s)
	context.AfterFunc(ctx, func() { f.subscribers.drop(s) })
	return s.notices
}

// notices tells what is new in the states, given those that could be found until now.
func notices(entities []knowledge.Entity, known map[knowledge.ID]knowledge.Stamp) []knowledge.Notice {
	var out []knowledge.Notice
	for _, e := range entities {
		entry, ok := e.(knowledge.Entry)
		before, found := known[e.Head().ID]
		switch {
		case !ok, e.Head().Revision <= before.Revision:
			continue // Not an entry, or told already.
		case e.Head().Deleted && !found:
			continue // Nobody ever found it.
		}
		isPublic := entry.Head().Status == knowledge.StatusPublished && !entry.Head().Deleted
		out = append(out, knowledge.Notice{
			Entity:        e,
			JustPublished: isPublic && entry.Core().PublishedRevision > before.PublishedRevision,
			WasPublic:     before.Status == knowledge.StatusPublished,
		})
	}
	return out
}

// subscribers are the open subscriptions.
type subscribers struct {
	mu   sync.Mutex
	open map[*subscriber]struct{} // guarded by mu
}

// subscriber is one subscription. Its channel is sent to and closed under the lock of subscribers.
type subscriber struct{ notices chan knowledge.Notice }

func (ss *subscribers) add(s *subscriber) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.open == nil {
		ss.open = make(map[*subscriber]struct{})
	}
	ss.open[s] = struct{}{}
}

// drop ends a subscription, if it is still open.
func (ss *subscribers) drop(s *subscriber) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	ss.end(s)
}

// dropAll ends every subscription.
func (ss *subscribers) dropAll() {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	for s := range ss.open {
		ss.end(s)
	}
}

// end closes an open subscription. The caller holds mu.
func (ss *subscribers) end(s *subscriber) {
	if _, open := ss.open[s]; open {
		delete(ss.open, s)
		close(s.notices)
	}
}

// publish gives the notices to every subscriber, and never waits for one: who lags is dropped.
func (ss *subscribers) publish(list []knowledge.Notice) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	for s := range ss.open {
		for _, n := range list {
			select {
			case s.notices <- n:
				continue
			default:
			}
			ss.end(s)
			break
		}
	}
}
