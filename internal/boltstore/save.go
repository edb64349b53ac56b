package boltstore

import (
	"bytes"
	"context"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"goodpractice/internal/knowledge"
)

const (
	// maxKey is the greatest length of an id or a slug in bytes. The domain's own are far shorter.
	maxKey = 1024
	// A Save of many entities is committed in parts of at most this many entities and bytes, so that
	// no commit holds up others for long.
	maxCommitItems = 512
	maxCommitBytes = 16 << 20
)

// Save writes each entity whose revision is one more than the stored one and whose slug is free, and
// refuses the others: with a *knowledge.Error of the kind Conflict that wraps knowledge.ErrConflict or
// knowledge.ErrSlugTaken, or of the kind Invalid for what cannot be stored at all. Revision 1 makes a
// new entity. An empty slug is no slug and is never taken. After a tombstone nothing more can be saved
// under its id.
//
// For one entity the error is plain, for several it is a *knowledge.SaveError. What is not refused has
// reached the disk. A Save that has begun to write is not interrupted when ctx ends; among many
// entities, those that have not been begun then fail with the error of ctx.
func (s *Store) Save(ctx context.Context, entities ...knowledge.Entity) error {
	errs := make([]error, len(entities))
	switch len(entities) {
	case 0:
		return nil
	case 1:
		s.saveOne(ctx, entities[0], errs)
		return errs[0]
	}
	s.saveMany(ctx, entities, errs)
	for _, err := range errs {
		if err != nil {
			return &knowledge.SaveError{Errs: errs}
		}
	}
	return nil
}

// saveOne saves in a commit shared with others that come at the same time.
func (s *Store) saveOne(ctx context.Context, e knowledge.Entity, errs []error) {
	if errs[0] = ctx.Err(); errs[0] != nil {
		return
	}
	w, err := prepare(e)
	if err != nil {
		errs[0] = err
		return
	}
	errs[0] = s.group.save(w, s.commit)
}

// saveMany saves in commits of its own.
func (s *Store) saveMany(ctx context.Context, entities []knowledge.Entity, errs []error) {
	var part []*write
	size := 0
	flush := func() {
		if len(part) > 0 {
			s.commit(part, errs)
		}
		part, size = part[:0], 0
	}
	for i, e := range entities {
		if errs[i] = ctx.Err(); errs[i] != nil {
			continue
		}
		w, err := prepare(e)
		if err != nil {
			errs[i] = err
			continue
		}
		w.place = i
		if len(part) == maxCommitItems || size+len(w.body) > maxCommitBytes {
			flush()
		}
		part = append(part, w)
		size += len(w.body)
	}
	flush()
}

// commit writes in one transaction and enters the outcome of each write at its place. A refusal is no
// failure of the transaction, which others share.
func (s *Store) commit(writes []*write, errs []error) {
	err := s.db.Update(func(tx *bolt.Tx) error {
		b := open(tx)
		for _, w := range writes {
			old, refusal := w.judge(b)
			errs[w.place] = refusal
			if refusal != nil {
				continue
			}
			if err := w.apply(b, old); err != nil {
				return fmt.Errorf("save %s: %w", w.id, err)
			}
		}
		return nil
	})
	if err != nil {
		err = failed("save", err)
		for _, w := range writes {
			errs[w.place] = err
		}
		return
	}
	s.changed.notify()
}

// write is one entity on its way into the file.
type write struct {
	record
	id    knowledge.ID
	place int // among what is committed together, or in the call of Save
}

// prepare encodes the entity; of a tombstone only its head.
func prepare(e knowledge.Entity) (*write, error) {
	if e == nil {
		return nil, invalid("There is no record to save.", nil)
	}
	m := e.Head()
	switch {
	case knowledge.New(e.Kind()) == nil:
		return nil, invalid("A record of an unknown kind cannot be saved.", nil)
	case m.ID == "" || len(m.ID) > maxKey || len(m.Slug) > maxKey:
		return nil, invalid(fmt.Sprintf("The id and the slug need 1 to %d bytes.", maxKey), nil)
	}
	if m.Deleted {
		bare := knowledge.New(e.Kind())
		*bare.Head() = *m
		e = bare
	}
	body, err := knowledge.Encode(e)
	if err != nil {
		return nil, invalid("The record holds a value that cannot be stored.", err)
	}
	return &write{id: m.ID, record: record{
		revision: m.Revision, deleted: m.Deleted, kind: e.Kind(), slug: m.Slug, body: body,
	}}, nil
}

// judge decides whether the write may happen. It gives the stored state, which is nil for a new entity.
func (w *write) judge(b buckets) (*record, error) {
	var old *record
	stored := knowledge.Revision(0)
	if raw := b.entities.Get([]byte(w.id)); raw != nil {
		r, err := parse(bytes.Clone(raw))
		if err != nil {
			return nil, fmt.Errorf("save %s: %w", w.id, err)
		}
		old, stored = &r, r.revision
	}
	switch {
	case old != nil && old.deleted:
		return nil, conflict("The record has been deleted.",
			fmt.Errorf("save %s revision %d over a tombstone: %w", w.id, w.revision, knowledge.ErrConflict))
	case w.revision != stored+1:
		return nil, conflict("The record has been changed since it was read; read it again and repeat the change.",
			fmt.Errorf("save %s revision %d over %d: %w", w.id, w.revision, stored, knowledge.ErrConflict))
	case old != nil && old.kind != w.kind:
		return nil, invalid("A record cannot become one of another kind.", nil)
	}
	if w.holdsSlug() {
		holder := b.slugs.Get(slugKey(w.kind, w.slug))
		if holder != nil && string(holder) != string(w.id) {
			return nil, &knowledge.Error{
				Kind: knowledge.Conflict, Path: []string{"slug"},
				Message: "Another " + w.kind.Noun() + " has this slug; choose another.",
				Err:     fmt.Errorf("save %s as %q: %w", w.id, w.slug, knowledge.ErrSlugTaken),
			}
		}
	}
	return old, nil
}

// apply writes the new state, moves the old one to the history, and renews slug and change.
func (w *write) apply(b buckets, old *record) error {
	number, err := b.changes.NextSequence()
	if err != nil {
		return err
	}
	w.number = number
	if old != nil {
		if err := b.history.Put(historyKey(w.id, old.revision), old.bytes()); err != nil {
			return err
		}
		if err := b.changes.Delete(changeKey(old.number)); err != nil {
			return err
		}
		if old.slug != w.slug || w.deleted {
			if err := b.slugs.Delete(slugKey(old.kind, old.slug)); err != nil {
				return err
			}
		}
	}
	if w.holdsSlug() {
		if err := b.slugs.Put(slugKey(w.kind, w.slug), []byte(w.id)); err != nil {
			return err
		}
	}
	if err := b.changes.Put(changeKey(number), changeValue(w.id, w.deleted)); err != nil {
		return err
	}
	return b.entities.Put([]byte(w.id), w.bytes())
}

// holdsSlug tells whether the state keeps its slug from others.
func (r *record) holdsSlug() bool { return r.slug != "" && !r.deleted }

// invalid refuses what cannot be stored.
func invalid(message string, err error) error {
	return &knowledge.Error{Kind: knowledge.Invalid, Message: message, Err: err}
}

// conflict refuses what others have forestalled.
func conflict(message string, err error) error {
	return &knowledge.Error{Kind: knowledge.Conflict, Message: message, Err: err}
}
