package mongostore

import (
	"cmp"
	"context"
	"maps"
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
	// retryEvery is how often the publisher tries again what could not be published.
	retryEvery = 250 * time.Millisecond
	// maxLeft is how many states wait for that. What is beyond is left to the sweeper.
	maxLeft = 10_000
)

// publisher makes saved states visible to the feeds of all processes. What is handed in while it is at work
// shares the next entry.
type publisher struct {
	store *Store
	queue chan *submission
	done  chan published // what is in the log and still marked

	// Of run's goroutine:
	head      int64     // the last number known to be taken
	confirmed time.Time // when that was found out
	left      []ref     // what could not be published; it goes before anything newer

	mu     sync.Mutex
	inHand map[ref]int // guarded; what is between submit and clear, for the sweeper to leave alone
}

// published are states that are in the log.
type published struct {
	refs []ref
	kept map[ref]bool // earlier states that have been copied to the history
}

// submission is what one Save has written.
type submission struct {
	refs    []ref
	outcome chan error // has room for one
}

func newPublisher(s *Store) *publisher {
	return &publisher{
		store: s, queue: make(chan *submission, 64), done: make(chan published, 16), inHand: map[ref]int{},
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

// run publishes what is handed in, until ctx ends. What could not be published is tried again.
func (p *publisher) run(ctx context.Context) {
	defer close(p.done)
	ticker := time.NewTicker(retryEvery)
	defer ticker.Stop()
	for {
		select {
		case sub := <-p.queue:
			p.publish(ctx, p.gather(sub))
		case <-ticker.C:
			if len(p.left) > 0 {
				p.publish(ctx, nil)
			}
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
	refs := p.left
	for _, sub := range subs {
		refs = append(refs, sub.refs...)
	}
	p.left = nil
	var kept map[ref]bool
	var err error
	if len(refs) > 0 {
		if kept, err = p.store.archive(ctx, refs); err == nil {
			err = p.append(ctx, refs)
		}
	}
	for _, sub := range subs {
		sub.outcome <- err
	}
	switch {
	case err != nil:
		p.confirmed = time.Time{}
		p.left = refs[:min(len(refs), maxLeft)]
		p.hold(refs[len(p.left):], -1)
		p.store.options.Logger.DebugContext(ctx, "could not publish; trying again later", "records", len(refs), "err", err)
	case len(refs) > 0:
		p.store.listeners.wake()
		p.done <- published{refs, kept}
	}
}

// archive copies the states before these to the history, if the records still carry them, and tells which
// states it has copied.
func (s *Store) archive(ctx context.Context, refs []ref) (map[ref]bool, error) {
	kept := map[ref]bool{}
	var ids []knowledge.ID
	for _, r := range refs {
		if r.Revision > 1 {
			ids = append(ids, r.ID)
		}
	}
	for chunk := range slices.Chunk(distinct(ids), maxLoad) {
		filter := append(in(chunk), bson.E{Key: fieldPrevious, Value: bson.D{{Key: "$exists", Value: true}}})
		var docs []stored
		err := s.attempt(ctx, func(ctx context.Context) error {
			return find(ctx, s.entities, query{filter: filter, projection: fields(fieldKind, fieldPrevious)}, &docs)
		})
		if err == nil {
			err = s.keep(ctx, docs)
		}
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			kept[ref{d.ID, d.Previous.Revision}] = true
		}
	}
	return kept, nil
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
	for batch := range p.done {
		for more := true; more && len(batch.refs) < 2*maxPublish; {
			select {
			case next, open := <-p.done:
				batch.refs, more = append(batch.refs, next.refs...), open
				maps.Copy(batch.kept, next.kept)
			default:
				more = false
			}
		}
		if err := p.store.unmark(ctx, batch); err != nil {
			p.store.options.Logger.DebugContext(ctx, "could not take markers off; trying again later", "records", len(batch.refs), "err", err)
		}
		p.hold(batch.refs, -1)
	}
}

// unmark takes marker and earlier state off the records that are still in these states, and that carry no
// earlier state but one that is known to be in the history. The bulk is sorted: two in different orders may
// block each other.
func (s *Store) unmark(ctx context.Context, batch published) error {
	refs := slices.SortedFunc(slices.Values(batch.refs), func(a, b ref) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Revision, b.Revision))
	})
	off := bson.D{{Key: "$unset", Value: bson.D{{Key: fieldMarker, Value: ""}, {Key: fieldPrevious, Value: ""}}}}
	models := make([]mongo.WriteModel, len(refs))
	for i, r := range refs {
		carried := bson.E{Key: fieldPrevious, Value: bson.D{{Key: "$exists", Value: false}}}
		if batch.kept[ref{r.ID, r.Revision - 1}] {
			carried = bson.E{Key: fieldPrevious + "." + fieldRevision, Value: r.Revision - 1}
		}
		models[i] = mongo.NewUpdateOneModel().SetUpdate(off).SetFilter(bson.D{
			{Key: fieldID, Value: r.ID}, {Key: fieldRevision, Value: r.Revision}, carried,
		})
	}
	return s.attempt(ctx, func(ctx context.Context) error {
		_, err := s.entities.BulkWrite(ctx, models, options.BulkWrite().SetOrdered(false))
		return err
	})
}
