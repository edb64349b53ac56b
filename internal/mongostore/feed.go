package mongostore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"goodpractice/internal/knowledge"
)

const (
	// maxPage is how many records a feed reads in one round trip.
	maxPage = 256
	// maxSeen is how many records a feed remembers to have given: a state that is announced twice is given
	// once.
	maxSeen = 8192
	// verifyEvery is how often a feed that has nothing to give looks whether the log is still the one that
	// it reads: a database may be restored while it waits.
	verifyEvery = 10 * time.Second
)

// Changes yields what has changed after the cursor and then follows until ctx ends, which ends it
// without an error. From the empty cursor it first yields every live entity. Each entity comes in its
// state when it is read, so states that were overtaken meanwhile are left out. A tombstone is an entity
// with nothing but its head.
//
// What this process saves is yielded at once, and what others save after Options.Poll at most. The mark
// CaughtUp comes once all has been yielded that was saved before the feed was opened, by any process, also
// by one that died in the middle.
//
// Every item carries a cursor from which a later feed may go on, of any process. The feed ends with knowledge.ErrCursorLost for a cursor that the log does not lead on from, and
// with an error of the kind Unavailable when the database does not answer or the store is closed. A reader
// may stop at any item, and may save in between.
func (s *Store) Changes(ctx context.Context, after knowledge.Cursor) iter.Seq2[knowledge.Change, error] {
	return func(yield func(knowledge.Change, error) bool) {
		f := &feed{store: s, yield: yield}
		f.wake = s.listeners.add() // Before the first look: what is appended afterwards wakes.
		defer s.listeners.remove(f.wake)
		err := f.open(ctx, after)
		for err == nil {
			err = f.advance(ctx)
		}
		if !errors.Is(err, errLeft) && ctx.Err() == nil {
			yield(knowledge.Change{}, err)
		}
	}
}

// errLeft says that the reader wants no more.
var errLeft = errors.New("the reader has left the feed")

// feed is one reading of the log.
type feed struct {
	store *Store
	yield func(knowledge.Change, error) bool

	at       position                                     // everything up to here has been given
	target   int64                                        // the mark is due when at reaches this number
	isMarked bool                                         // the mark has been given
	seen     *lru.Cache[knowledge.ID, knowledge.Revision] // what has been given
	wake     chan struct{}                                // of the listeners
	gap      time.Time                                    // since when the next number is missing; zero if it is not
	verified time.Time                                    // when the position was last found to be in the log
}

// open finds the beginning, and gives the snapshot.
func (f *feed) open(ctx context.Context, after knowledge.Cursor) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if f.seen, err = lru.New[knowledge.ID, knowledge.Revision](maxSeen); err != nil {
		return fmt.Errorf("open the feed: %w", err)
	}
	if after != "" {
		at, ok := parsePosition(after)
		if !ok {
			return knowledge.ErrCursorLost
		}
		if err := f.verify(ctx, at); err != nil {
			return err
		}
		f.at = at
	}
	if err := f.store.publishAll(ctx); err != nil {
		return err
	}
	end, err := f.store.end(ctx, f.store.call)
	if err != nil {
		return unavailable(messageAway, "read the end of the log", err)
	}
	f.target = end.number
	if after != "" && f.at.id == "" {
		return nil
	}
	if after == "" {
		f.at, f.verified = end, f.store.options.Now()
	}
	return f.snapshot(ctx)
}

// verify notes when the position was last found.
func (f *feed) verify(ctx context.Context, at position) error {
	f.verified = f.store.options.Now()
	return f.store.verify(ctx, at)
}

// snapshot gives every live record. What changes meanwhile comes after it: the log is read from the place
// where it ended before. One that was left is gone on with.
func (f *feed) snapshot(ctx context.Context) error {
	p := pages{maxPage, live(), whole(), nil}
	if f.at.id != "" {
		p.after = f.at.id
	}
	begun := f.at
	f.at.inside = inside{}
	return eachPage(ctx, f.store, f.store.entities, p, func(d stored) (any, error) {
		begun.id = d.ID
		return d.ID, f.give(ctx, d, begun.cursor())
	})
}

// give yields a record, unless it has been given in this state.
func (f *feed) give(ctx context.Context, d stored, cursor knowledge.Cursor) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if revision, found := f.seen.Get(d.ID); found && revision == d.Revision {
		return nil
	}
	e, err := decode(d.Kind, d.Body)
	if err != nil {
		return fmt.Errorf("follow changes: %s: %w", d.ID, err)
	}
	if !f.yield(knowledge.Change{Cursor: cursor, Entity: e}, nil) {
		return errLeft
	}
	f.seen.Add(d.ID, d.Revision)
	return nil
}

// advance gives what comes next in the log, or the mark, or waits.
func (f *feed) advance(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !f.isMarked && f.at.number >= f.target {
		return f.mark()
	}
	found, err := f.store.entries(ctx, f.at.number, f.store.call)
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return unavailable(messageAway, "follow changes", err)
	case len(found) > 0:
		return f.read(ctx, found)
	case !f.isMarked:
		return f.mark() // The log is shorter than it was: a database was restored, which the next look finds.
	case f.store.options.Now().Sub(f.verified) > verifyEvery:
		return f.verify(ctx, f.at)
	}
	return f.wait(ctx, f.store.options.Poll)
}

// mark tells that all has been given that was saved before the feed was opened.
func (f *feed) mark() error {
	f.isMarked = true
	if !f.yield(knowledge.Change{Cursor: f.at.cursor(), CaughtUp: true}, nil) {
		return errLeft
	}
	return nil
}

// wait waits until something was appended here, or may have been appended elsewhere.
func (f *feed) wait(ctx context.Context, most time.Duration) error {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-f.wake:
	case <-timer.C:
	case <-f.store.closed: // The next look fails.
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// read gives the records of the entries that follow without a gap.
func (f *feed) read(ctx context.Context, found []entry) error {
	if found[0].Number != f.at.number+1 {
		return f.bridge(ctx, found[0].Number)
	}
	// A database that was restored and has grown again leads on from another entry under the same number.
	if err := f.verify(ctx, f.at); err != nil {
		return err
	}
	if f.at.refs > 0 && f.at.inside.token != found[0].Token {
		return fmt.Errorf("entry %d of the log is another one: %w", found[0].Number, knowledge.ErrCursorLost)
	}
	f.gap = time.Time{}
	n := 1
	for n < len(found) && found[n].Number == found[n-1].Number+1 {
		n++
	}
	for chunk := range slices.Chunk(f.due(found[:n]), maxPage) {
		if err := f.giveDue(ctx, chunk); err != nil {
			return err
		}
	}
	f.at = found[n-1].position()
	return nil
}

// due is a state to give, or a later one, with the position up to which everything has been given after it.
type due struct {
	ref
	cursor knowledge.Cursor
}

// due lists the records of the entries that have not been given in that state or a later one, each at its
// last place.
func (f *feed) due(entries []entry) []due {
	var list []due
	place := map[knowledge.ID]int{}
	before, given := f.at, f.at.refs
	before.inside = inside{}
	for _, e := range entries {
		for i, r := range e.Refs {
			if i < given {
				continue
			}
			if revision, found := f.seen.Get(r.ID); found && revision >= r.Revision {
				continue
			}
			if at, found := place[r.ID]; found {
				list[at].ID = ""
			}
			place[r.ID] = len(list)
			position := e.within(before, i+1)
			if i == len(e.Refs)-1 { // An entry has been given when its last record has.
				position = e.position()
			}
			list = append(list, due{r, position.cursor()})
		}
		before, given = e.position(), 0
	}
	return slices.DeleteFunc(list, func(d due) bool { return d.ID == "" })
}

// giveDue loads records in one round trip and yields them.
func (f *feed) giveDue(ctx context.Context, list []due) error {
	found, err := f.current(ctx, list)
	if err != nil {
		return err
	}
	for _, item := range list {
		d, ok := found[item.ID]
		if !ok {
			continue // The database was restored to a time before the record.
		}
		if err := f.give(ctx, d, item.cursor); err != nil {
			return err
		}
	}
	return nil
}

// current loads the records in the states that are due, or later ones. An entry is written after its states,
// but after a failover a new primary may show for a moment what a majority had before: then it is asked
// again, for Options.GapWait at most.
func (f *feed) current(ctx context.Context, list []due) (map[knowledge.ID]stored, error) {
	ids := make([]knowledge.ID, len(list))
	for i, d := range list {
		ids[i] = d.ID
	}
	slices.Sort(ids)
	for began := f.store.options.Now(); ; {
		docs, err := f.store.fetch(ctx, ids)
		if err != nil {
			return nil, err
		}
		found := make(map[knowledge.ID]stored, len(docs))
		for _, d := range docs {
			found[d.ID] = d
		}
		late := slices.IndexFunc(list, func(d due) bool { return found[d.ID].Revision < d.Revision })
		if late < 0 {
			return found, nil
		}
		if f.store.options.Now().Sub(began) > f.store.options.GapWait {
			f.store.options.Logger.WarnContext(ctx, "a record is older than the log says: the database may have been restored in part",
				"entity_id", list[late].ID, "stored", found[list[late].ID].Revision, "in_log", list[late].Revision)
			return found, nil
		}
		if err := f.wait(ctx, f.store.options.Poll); err != nil {
			return nil, err
		}
	}
}
