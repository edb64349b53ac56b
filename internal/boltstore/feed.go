package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"iter"

	bolt "go.etcd.io/bbolt"

	"goodpractice/internal/knowledge"
)

// A feed reads the changes in pages of at most this many entities and bytes, and yields outside of any
// transaction, so that a slow reader keeps no pages of the file from being used again.
const (
	maxPageItems = 256
	maxPageBytes = 4 << 20
)

// Changes yields what has changed after the cursor and then follows until ctx ends, which ends it
// without an error. From the empty cursor it first yields every live entity. Each entity comes in its
// latest state when it is read, so states that were overtaken meanwhile are left out; the order is that
// of the latest changes. A tombstone is an entity with nothing but its head.
//
// The mark CaughtUp comes once the feed has seen the end of the list of changes. While more than a page
// of entities is being changed faster than the reader takes them, that is delayed until the reader has
// caught up with the writers.
//
// Every item carries a cursor from which a later feed may go on, those of the snapshot too. Cursors
// survive closing and opening again, and copies of the file taken later. The feed ends with
// knowledge.ErrCursorLost for a cursor that this file does not know, and with an error of the kind
// Unavailable when the store is closed. A reader may stop at any item, and may save in between.
func (s *Store) Changes(ctx context.Context, after knowledge.Cursor) iter.Seq2[knowledge.Change, error] {
	return func(yield func(knowledge.Change, error) bool) {
		if err := s.follow(ctx, after, yield); err != nil {
			yield(knowledge.Change{}, err)
		}
	}
}

// follow is the feed. It gives nil when ctx has ended or the reader has stopped.
func (s *Store) follow(ctx context.Context, after knowledge.Cursor, yield func(knowledge.Change, error) bool) error {
	reader, err := s.reader(after)
	if err != nil {
		return err
	}
	for marked := false; isLive(ctx); {
		wake := s.changed.next() // before the page is read: what is saved afterwards closes it
		page, err := s.page(reader)
		if err != nil {
			return err
		}
		for _, item := range page.items {
			if !isLive(ctx) {
				return nil
			}
			e, err := decode(item.raw)
			if err != nil {
				return fmt.Errorf("follow changes: %w", err)
			}
			if !yield(knowledge.Change{Cursor: s.session.cursor(item.number), Entity: e}, nil) {
				return nil
			}
		}
		reader.after = page.last
		if page.isEnd && !marked && isLive(ctx) {
			marked = true
			if !yield(knowledge.Change{Cursor: s.session.cursor(page.last), CaughtUp: true}, nil) {
				return nil
			}
		}
		if page.isEnd {
			select {
			case <-ctx.Done():
			case <-wake:
			case <-s.closed:
			}
		}
	}
	return nil
}

// isLive tells that the context has not ended.
func isLive(ctx context.Context) bool { return ctx.Err() == nil }

// reader is where a feed stands.
type reader struct {
	after uint64 // the number of the last change that was read
	// live is the number up to which tombstones are left out: the snapshot has live entities only.
	live uint64
}

// reader opens a feed at the cursor.
func (s *Store) reader(after knowledge.Cursor) (*reader, error) {
	r := &reader{}
	err := s.db.View(func(tx *bolt.Tx) error {
		b := open(tx)
		number, err := locate(b, after)
		if after == "" {
			r.live = b.changes.Sequence()
		}
		r.after = number
		return err
	})
	if err != nil {
		return nil, failed("open the feed", err)
	}
	return r, nil
}

// page is a part of the changes.
type page struct {
	items []item
	last  uint64 // the number up to which everything has been read
	isEnd bool   // nothing came after it when it was read
}

// item is a change and the state of its entity.
type item struct {
	number uint64
	raw    []byte
}

// page reads the changes that follow.
func (s *Store) page(r *reader) (page, error) {
	p := page{last: r.after, isEnd: true}
	err := s.db.View(func(tx *bolt.Tx) error {
		b, size := open(tx), 0
		c := b.changes.Cursor()
		for key, value := c.Seek(changeKey(r.after + 1)); key != nil; key, value = c.Next() {
			if len(p.items) == maxPageItems || size > maxPageBytes {
				p.isEnd = false
				return nil
			}
			p.last = binary.BigEndian.Uint64(key)
			if value[0] == 1 && p.last <= r.live {
				continue
			}
			raw := bytes.Clone(b.entities.Get(value[1:]))
			p.items = append(p.items, item{p.last, raw})
			size += len(raw)
		}
		return nil // The latest change is always in the list, so this is the end of all that was saved.
	})
	if err != nil {
		return page{}, failed("follow changes", err)
	}
	return p, nil
}
