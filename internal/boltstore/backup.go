package boltstore

import (
	"context"
	"io"

	bolt "go.etcd.io/bbolt"
)

// Backup writes the file as it is at this moment, and tells how many bytes that were. Reading and
// saving go on meanwhile; only a save that has to make the file grow may wait for the end, so w should
// not be slow. What was written opens like any file of the store. It ends with the error of ctx when
// that ends first.
func (s *Store) Backup(ctx context.Context, w io.Writer) (int64, error) {
	var written int64
	out := &writer{w: w, ctx: ctx.Err}
	err := s.db.View(func(tx *bolt.Tx) error {
		var err error
		written, err = tx.WriteTo(out)
		return err
	})
	if out.err != nil {
		err = out.err // bbolt does not wrap all that a writer gives it.
	}
	if err != nil {
		return written, failed("back up", err)
	}
	return written, nil
}

// writer writes to w for as long as the context lasts, and remembers how it ended.
type writer struct {
	w   io.Writer
	ctx func() error // the context's Err
	err error
}

// Write implements io.Writer.
func (w *writer) Write(b []byte) (int, error) {
	if w.err = w.ctx(); w.err != nil {
		return 0, w.err
	}
	n, err := w.w.Write(b)
	w.err = err
	return n, err
}

// Stats are numbers for the log.
type Stats struct {
	Entities   int   // that are not deleted
	Tombstones int   // entities that were deleted
	Bytes      int64 // the part of the file that has been in use, the history and free pages included
}

// Stats counts. It reads the whole list of changes, so it is for the start and not for every request.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	var stats Stats
	if err := ctx.Err(); err != nil {
		return stats, err
	}
	err := s.db.View(func(tx *bolt.Tx) error {
		stats.Bytes = tx.Size()
		return open(tx).changes.ForEach(func(_, value []byte) error {
			if value[0] == 1 {
				stats.Tombstones++
			} else {
				stats.Entities++
			}
			return nil
		})
	})
	if err != nil {
		return Stats{}, failed("count", err)
	}
	return stats, nil
}
