package indexsync

import (
	"context"
	"errors"
	"time"

	"goodpractice/internal/knowledge"
)

// A batch is closed when maxBatch changes are in it, when this much time has passed since the first
// of them, or when no further one has come for the second of these times: a single change is found
// soon, and a burst of them in few batches.
const (
	maxLinger   = 5 * time.Millisecond
	quietLinger = time.Millisecond
)

// errFeedEnded stands for a feed that stops by itself, which none should.
var errFeedEnded = errors.New("the feed ended although nobody stopped it")

// stream reads a feed through a goroutine of its own and hands it out in batches.
type stream struct {
	items chan item
	stop  context.CancelFunc
	err   error  // what ended the feed, kept until the batch before it has been handed out
	first *batch // what begun has read, until next hands it out
}

// item is what a feed yields.
type item struct {
	change knowledge.Change
	err    error
}

// openStream starts to read the feed. The caller closes the stream.
func openStream(ctx context.Context, feed Feed, after knowledge.Cursor) *stream {
	ctx, stop := context.WithCancel(ctx)
	s := &stream{items: make(chan item, maxBatch), stop: stop}
	go s.pull(ctx, feed, after)
	return s
}

// pull moves items from the feed to the channel until the feed fails or ctx ends.
func (s *stream) pull(ctx context.Context, feed Feed, after knowledge.Cursor) {
	defer close(s.items)
	for change, err := range feed.Changes(ctx, after) {
		select {
		case s.items <- item{change, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// close stops the goroutine and waits for it.
func (s *stream) close() {
	s.stop()
	for range s.items { // The channel is closed when the goroutine ends.
	}
}

// begun waits until the feed has given something, which stays for next.
func (s *stream) begun(ctx context.Context) error {
	b, err := s.next(ctx)
	if err == nil {
		s.first = &b
	}
	return err
}

// next waits for the next batch. It is never empty without an error.
func (s *stream) next(ctx context.Context) (batch, error) {
	if b := s.first; b != nil {
		s.first = nil
		return *b, nil
	}
	var b batch
	var whole <-chan time.Time
	quiet := time.NewTimer(maxLinger)
	quiet.Stop()
	defer quiet.Stop()
	for s.err == nil && !b.isFull() {
		select {
		case <-ctx.Done():
			return batch{}, ctx.Err()
		case <-whole:
			return b, nil
		case <-quiet.C:
			return b, nil
		case it, open := <-s.items:
			switch {
			case !open && ctx.Err() != nil:
				return batch{}, ctx.Err()
			case !open:
				s.err = errFeedEnded
			case it.err != nil:
				s.err = it.err
			default:
				b.add(it.change)
				if whole == nil {
					whole = time.After(maxLinger)
				}
				quiet.Reset(quietLinger)
			}
		}
	}
	if b.items == 0 {
		return batch{}, s.err
	}
	return b, nil
}
