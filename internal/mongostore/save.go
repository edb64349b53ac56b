package mongostore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"goodpractice/internal/knowledge"
)

const (
	// A Save of many entities is sent in bulks of at most this many entities and bytes.
	maxBulkItems = 500
	maxBulkBytes = 12 << 20
	// maxMoves is how often a write is tried again because the record was moving.
	maxMoves = 8
)

var errMoving = errors.New("the record is being changed all the time")

// Save writes each entity whose revision is one more than the stored one and whose slug is free, and
// refuses the others: with a *knowledge.Error of the kind Conflict that wraps knowledge.ErrConflict or
// knowledge.ErrSlugTaken, of the kind Invalid for what cannot be stored at all, or of the kind Unavailable
// where the database does not answer; the message then says whether it is known that nothing was saved.
// Revision 1 makes a new entity. An empty slug is no slug and is never taken. After a tombstone nothing more
// can be saved under its id.
//
// For one entity the error is plain, for several it is a *knowledge.SaveError. What is not refused is
// acknowledged by a majority and, unless the database fails at this very moment, in the log: feeds that are
// opened afterwards mark it as caught up. A Save that has begun to write is not interrupted when ctx ends;
// among many entities, those that have not been begun then fail with the error of ctx.
func (s *Store) Save(ctx context.Context, entities ...knowledge.Entity) error {
	if len(entities) == 0 {
		return nil
	}
	errs := make([]error, len(entities))
	done, err := s.begin()
	if err != nil {
		for i := range errs {
			errs[i] = unavailable(messageUnsaved, "save", err)
		}
	} else {
		s.saveAll(ctx, entities, errs)
		done()
	}
	if len(errs) == 1 {
		return errs[0]
	}
	if slices.ContainsFunc(errs, func(err error) bool { return err != nil }) {
		return &knowledge.SaveError{Errs: errs}
	}
	return nil
}

// saveAll saves in bulks, and waits until the log has what was saved.
func (s *Store) saveAll(ctx context.Context, entities []knowledge.Entity, errs []error) {
	var waits []*submission
	var part []*write
	size := 0
	steady := context.WithoutCancel(ctx)
	flush := func() {
		if refs := s.saveBulk(steady, part, errs); len(refs) > 0 {
			waits = append(waits, s.publisher.submit(steady, refs))
		}
		part, size = nil, 0
	}
	for i, e := range entities {
		if errs[i] = ctx.Err(); errs[i] != nil {
			continue
		}
		w, err := prepareWrite(e)
		if err != nil {
			errs[i] = err
			continue
		}
		w.place = i
		if len(part) == maxBulkItems || size+len(w.Body) > maxBulkBytes {
			flush()
		}
		part, size = append(part, w), size+len(w.Body)
	}
	flush()
	limited, cancel := context.WithTimeout(steady, publishWait)
	defer cancel()
	for _, w := range waits {
		_ = w.wait(limited) // It is saved; the sweeper publishes what could not be published now.
	}
}

// saveBulk saves writes, enters the outcome of each at its place, and gives what was saved. Those that do not
// depend on each other go in one bulk, in the order of the ids; what the bulk has not done is done one by
// one in the order given, which also finds out why.
func (s *Store) saveBulk(ctx context.Context, writes []*write, errs []error) []ref {
	together, saved := independent(writes), map[*write]bool{}
	var unanswered bool
	if len(together) > 1 {
		saved, unanswered = s.send(ctx, together)
	}
	var refs []ref
	for _, w := range writes {
		if !saved[w] {
			errs[w.place] = s.saveOne(ctx, w, unanswered)
		}
		if errs[w.place] == nil {
			refs = append(refs, w.ref())
		}
	}
	return refs
}

// independent are the writes of which no other before has the same record or slug, sorted by id.
func independent(writes []*write) []*write {
	ids, slugs := map[knowledge.ID]bool{}, map[string]bool{}
	var out []*write
	for _, w := range writes {
		if !ids[w.ID] && (w.SlugKey == "" || !slugs[w.SlugKey]) && w.Revision > 0 {
			out = append(out, w)
		}
		ids[w.ID], slugs[w.SlugKey] = true, true
	}
	slices.SortFunc(out, func(a, b *write) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// send sends a bulk, and tells which writes are done. The answer of the server counts only where it says
// that all are; otherwise the records are looked at. Unanswered tells that neither could be had.
func (s *Store) send(ctx context.Context, writes []*write) (saved map[*write]bool, unanswered bool) {
	models := make([]mongo.WriteModel, len(writes))
	for i, w := range writes {
		models[i] = w.model()
	}
	saved = make(map[*write]bool, len(writes))
	var done int64
	err := s.attempt(ctx, func(ctx context.Context) error {
		result, err := s.entities.BulkWrite(ctx, models, options.BulkWrite().SetOrdered(false))
		if result != nil {
			done = result.InsertedCount + result.MatchedCount
		}
		return err
	})
	if err == nil && done == int64(len(writes)) {
		for _, w := range writes {
			saved[w] = true
		}
		return saved, false
	}
	heads, lookErr := s.heads(ctx, writes)
	if lookErr != nil {
		return saved, err == nil || !neverSent(err)
	}
	for _, w := range writes {
		if head, ok := heads[w.ID]; ok && head.Write == w.Write {
			saved[w] = true
		}
	}
	return saved, false
}

// heads reads which writes the records have come from.
func (s *Store) heads(ctx context.Context, writes []*write) (map[knowledge.ID]stored, error) {
	ids := make([]knowledge.ID, len(writes))
	for i, w := range writes {
		ids[i] = w.ID
	}
	var docs []stored
	err := s.attempt(ctx, func(ctx context.Context) error {
		return find(ctx, s.entities, query{filter: in(ids), projection: fields(fieldWrite)}, &docs)
	})
	heads := make(map[knowledge.ID]stored, len(docs))
	for _, d := range docs {
		heads[d.ID] = d
	}
	return heads, err
}

// saveOne saves one write. A write that was sent and not answered is looked for before anything else is
// concluded. Unanswered tells that it has been sent before.
func (s *Store) saveOne(ctx context.Context, w *write, unanswered bool) error {
	if w.Revision < 1 {
		return w.refuse(nil)
	}
	if w.SlugKey != "" {
		lock := s.slugs.of(w.SlugKey)
		lock.Lock()
		defer lock.Unlock()
	}
	free := true
	for range maxMoves {
		done, err := s.sendOne(ctx, w, free)
		switch {
		case done:
			return nil
		case err != nil && neverSent(err) && unanswered:
			return unavailable(messageUnknown, "save "+string(w.ID), errors.Join(errUnanswered, err))
		case err != nil && neverSent(err):
			return unavailable(messageUnsaved, "save "+string(w.ID), err)
		case err != nil && !mongo.IsDuplicateKeyError(err):
			return s.unknown(ctx, w, err)
		}
		found, lookErr := s.carried(ctx, w.ID)
		if lookErr != nil {
			return unavailable(messageUnknown, "save "+string(w.ID), errors.Join(err, lookErr))
		}
		mine, lookErr := s.isMine(ctx, w, found)
		switch {
		case lookErr != nil:
			return unavailable(messageUnknown, "save "+string(w.ID), errors.Join(err, lookErr))
		case mine:
			return nil
		}
		if refusal := w.refuse(found); refusal != nil {
			return refusal
		}
		if err != nil {
			return w.slugTaken() // The record is as it should be, so the key that is taken is the slug.
		}
		if found != nil && found.Previous != nil {
			if err := s.keep(ctx, []stored{*found}); err != nil {
				return unavailable(messageUnsaved, "save "+string(w.ID), err)
			}
			free = false // The revision in the filter tells that the record still carries what was kept.
		}
	}
	return unavailable(messageUnsaved, "save "+string(w.ID), errMoving)
}

// sendOne sends the write and tells whether the server has carried it out.
func (s *Store) sendOne(ctx context.Context, w *write, free bool) (done bool, err error) {
	err = s.attempt(ctx, func(ctx context.Context) error {
		if w.Revision == 1 {
			_, err := s.entities.InsertOne(ctx, w.stored)
			done = err == nil
			return err
		}
		result, err := s.entities.UpdateOne(ctx, w.base(free), w.change())
		done = err == nil && result.MatchedCount == 1
		return err
	})
	return done, err
}

// unknown finds out what became of a write that was not answered, or says that this is not known.
func (s *Store) unknown(ctx context.Context, w *write, cause error) error {
	if !isDoubtful(cause) {
		return fmt.Errorf("save %s: %w", w.ID, cause) // The server has refused the write, and not for a reason that we know.
	}
	found, err := s.carried(ctx, w.ID)
	if err == nil {
		var mine bool
		if mine, err = s.isMine(ctx, w, found); err == nil && mine {
			return nil
		}
	}
	// Even where it is not there now, it may still arrive.
	return unavailable(messageUnknown, "save "+string(w.ID), errors.Join(cause, err))
}

// carried reads a record with the state before, if it carries that; nil for none.
func (s *Store) carried(ctx context.Context, id knowledge.ID) (*stored, error) {
	var found *stored
	err := s.attempt(ctx, func(ctx context.Context) error {
		return exceptNone(findOne(ctx, s.entities, query{
			filter: byID(id), projection: fields(fieldKind, fieldRevision, fieldDeleted, fieldWrite, fieldPrevious),
		}, &found))
	})
	return found, err
}

// isMine tells whether the write has been carried out: what was found is its state, or a later one that
// was built upon it.
func (s *Store) isMine(ctx context.Context, w *write, found *stored) (bool, error) {
	switch {
	case found == nil || found.Revision < w.Revision:
		return false, nil
	case found.Revision == w.Revision:
		return found.Write == w.Write, nil
	case found.Previous != nil && found.Previous.Revision == w.Revision:
		return found.Previous.Write == w.Write, nil
	}
	var kept archived
	err := s.attempt(ctx, func(ctx context.Context) error {
		return exceptNone(findOne(ctx, s.history, query{
			filter: byID(historyID(w.ID, w.Revision)), projection: fields(fieldWrite),
		}, &kept))
	})
	return kept.Write == w.Write, err
}
