package mongostore

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"goodpractice/internal/knowledge"
)

const (
	// maxPublish is how many states share an entry of the log, unless one Save brings more.
	maxPublish = 500
	// publishWait is how long a Save waits for its entry. The record is saved by then: should the wait
	// end, it is published later.
	publishWait = 2 * time.Second
)

// publisher makes saved states visible to the feeds of all processes. What is handed in while it is at work
// shares the next entry.
type publisher struct {
	store *Store
	queue chan *submission
	done  chan []ref // what is in the log and still marked

	head int64 // the last number known to be taken; of run's goroutine

	mu     sync.Mutex
	inHand map[ref]int // guarded; what is between submit and clear, for the sweeper to leave alone
}

// submission is what one Save has written.
type submission struct {
	refs    []ref
	outcome chan error // has room for one
}

func newPublisher(s *Store) *publisher {
	return &publisher{
		store: s, queue: make(chan *submission, 64), done: make(chan []ref, 16), inHand: map[ref]int{},
	}
}

// submit hands states in. The outcome comes once the log has them, or cannot be written.
func (p *publisher) submit(ctx context.Context, refs []ref) *submission {
	sub := &submission{refs: refs, outcome: make(chan error, 1)}
	p.hold(refs, 1)
	select {
	case p.queue <- sub:
	case <-ctx.Done():
		p.hold(refs, -1)
		sub.outcome <- ctx.Err()
	}
	return sub
}

// wait waits for the outcome.
func (sub *submission) wait(ctx context.Context) error {
	select {
	case err := <-sub.outcome:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// hold counts states in or out.
func (p *publisher) hold(refs []ref, by int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range refs {
		if p.inHand[r] += by; p.inHand[r] <= 0 {
			delete(p.inHand, r)
		}
	}
}

// holds tells whether a state is being published by this process.
func (p *publisher) holds(r ref) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.inHand[r] > 0
}

// run publishes what is handed in, until ctx ends.
func (p *publisher) run(ctx context.Context) {
	defer close(p.done)
	for {
		select {
		case sub := <-p.queue:
			p.publish(ctx, p.gather(sub))
		case <-ctx.Done():
			return
		}
	}
}

// gather adds to a submission what else waits.
func (p *publisher) gather(first *submission) []*submission {
	subs, n := []*submission{first}, len(first.refs)
	for n < maxPublish {
		select {
		case sub := <-p.queue:
			subs, n = append(subs, sub), n+len(sub.refs)
		default:
			return subs
		}
	}
	return subs
}

// publish moves earlier states to the history, and only then appends to the log; the markers come off last.
// Whatever fails leaves the markers, and the sweeper does it again.
func (p *publisher) publish(ctx context.Context, subs []*submission) {
	var refs []ref
	for _, sub := range subs {
		refs = append(refs, sub.refs...)
	}
	var err error
	if len(refs) > 0 {
		if err = p.store.archive(ctx, refs); err == nil {
			err = p.append(ctx, refs)
		}
	}
	for _, sub := range subs {
		sub.outcome <- err
	}
	switch {
	case err != nil:
		p.hold(refs, -1)
		p.store.options.Logger.DebugContext(ctx, "could not publish; trying again later", "records", len(refs), "err", err)
	case len(refs) > 0:
		p.store.listeners.wake()
		p.done <- refs
	}
}

// archive copies the states before these to the history, if the records still carry them.
func (s *Store) archive(ctx context.Context, refs []ref) error {
	var ids []knowledge.ID
	for _, r := range refs {
		if r.Revision > 1 {
			ids = append(ids, r.ID)
		}
	}
	for chunk := range slices.Chunk(distinct(ids), maxLoad) {
		filter := append(in(chunk), bson.E{Key: fieldPrevious, Value: bson.D{{Key: "$exists", Value: true}}})
		o := options.Find().SetProjection(bson.D{{Key: fieldKind, Value: 1}, {Key: fieldPrevious, Value: 1}})
		var docs []stored
		err := s.attempt(ctx, func(ctx context.Context) error {
			docs = nil
			return all(ctx, s.entities, filter, o, &docs)
		})
		if err == nil {
			err = s.keep(ctx, docs)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// keep writes the states that the documents carry to the history. Those that are there already stay.
func (s *Store) keep(ctx context.Context, docs []stored) error {
	if len(docs) == 0 {
		return nil
	}
	states := make([]archived, len(docs))
	for i, d := range docs {
		states[i] = d.archive()
	}
	slices.SortFunc(states, func(a, b archived) int { return cmp.Compare(a.ID, b.ID) })
	return s.attempt(ctx, func(ctx context.Context) error {
		_, err := s.history.InsertMany(ctx, states, options.InsertMany().SetOrdered(false))
		return exceptDuplicates(err)
	})
}

// exceptDuplicates is the error without those that say that a key is there already.
func exceptDuplicates(err error) error {
	bulk, ok := asBulk(err)
	if !ok || bulk.WriteConcernError != nil {
		return err
	}
	for _, w := range bulk.WriteErrors {
		if !mongo.IsDuplicateKeyError(w.WriteError) {
			return err
		}
	}
	return nil
}

// clear takes the markers off what is in the log, until run has ended.
func (p *publisher) clear(ctx context.Context) {
	ctx = context.WithoutCancel(ctx) // What is in hand is finished.
	for refs := range p.done {
		for more := true; more && len(refs) < 2*maxPublish; {
			select {
			case next, open := <-p.done:
				refs, more = append(refs, next...), open
			default:
				more = false
			}
		}
		if err := p.store.unmark(ctx, refs); err != nil {
			p.store.options.Logger.DebugContext(ctx, "could not take markers off; trying again later", "records", len(refs), "err", err)
		}
		p.hold(refs, -1)
	}
}

// unmark takes marker and earlier state off the records that are still in these states. The bulk is sorted:
// two in different orders may block each other.
func (s *Store) unmark(ctx context.Context, refs []ref) error {
	refs = slices.SortedFunc(slices.Values(refs), func(a, b ref) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Revision, b.Revision))
	})
	off := bson.D{{Key: "$unset", Value: bson.D{{Key: fieldMarker, Value: ""}, {Key: fieldPrevious, Value: ""}}}}
	models := make([]mongo.WriteModel, len(refs))
	for i, r := range refs {
		models[i] = mongo.NewUpdateOneModel().SetUpdate(off).SetFilter(bson.D{
			{Key: fieldID, Value: r.ID}, {Key: fieldRevision, Value: r.Revision},
		})
	}
	return s.attempt(ctx, func(ctx context.Context) error {
		_, err := s.entities.BulkWrite(ctx, models, options.BulkWrite().SetOrdered(false))
		return err
	})
}
