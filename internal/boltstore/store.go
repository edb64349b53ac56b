package boltstore

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"goodpractice/internal/knowledge"
)

// DefaultLockTimeout is how long Open waits for another process to let go of the file.
const DefaultLockTimeout = time.Second

// Options are the settings of a Store. The zero value is right for a server.
type Options struct {
	// LockTimeout is how long to wait while another process has the file open; 0 means
	// DefaultLockTimeout.
	LockTimeout time.Duration
	// NoSync leaves it to the operating system when to write to the disk. It is unsafe: after a loss
	// of power the file may be destroyed. It is meant for tests and benchmarks.
	NoSync bool
}

// Store keeps records in a file. Its methods may be called concurrently.
type Store struct {
	db      *bolt.DB
	session session
	group   group
	changed *signal

	closeOnce sync.Once
	closed    chan struct{} // closed when Close begins
}

// Open opens the file and makes it where there is none; its folder must exist. The error is a
// *knowledge.Error: Unavailable where another process has the file open, Invalid where the file is
// something else, has been cut short, or was written in a newer format than this one. What is refused
// is left as it was.
func Open(path string, options Options) (*Store, error) {
	if options.LockTimeout == 0 {
		options.LockTimeout = DefaultLockTimeout
	}
	if err := inspect(path, options.LockTimeout); err != nil {
		return nil, err
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{
		Timeout: options.LockTimeout, NoSync: options.NoSync, FreelistType: bolt.FreelistMapType,
	})
	if err != nil {
		return nil, openError(path, err)
	}
	current, err := begin(db)
	if err != nil {
		return nil, errors.Join(openError(path, err), db.Close())
	}
	return &Store{db: db, session: current, changed: newSignal(), closed: make(chan struct{})}, nil
}

// Close ends every feed and closes the file, after what is being read and written. Afterwards every
// method fails with a *knowledge.Error of the kind Unavailable. To close again does nothing.
func (s *Store) Close() error {
	s.closeOnce.Do(func() { close(s.closed) })
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close the store: %w", err)
	}
	return nil
}

// inspect refuses a file that is not ours or not whole before it is opened for writing: bbolt would
// touch the former and crash over the latter.
func inspect(path string, timeout time.Duration) error {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) || err == nil && info.Size() == 0 {
		return nil
	}
	if err != nil {
		return openError(path, err)
	}
	if !info.Mode().IsRegular() {
		return &knowledge.Error{Kind: knowledge.Invalid, Message: path + " is no file."}
	}
	if info.Size() < 2*int64(os.Getpagesize()) { // The two header pages; bbolt has no error to tell this by.
		return openError(path, errForeign)
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: timeout, ReadOnly: true})
	if err != nil {
		return openError(path, err)
	}
	err = db.View(func(tx *bolt.Tx) error {
		if tx.Size() > info.Size() {
			return errCutShort
		}
		return checkFormat(tx)
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return openError(path, err)
	}
	return nil
}

// openError says in plain English why the file cannot be opened.
func openError(path string, err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return &knowledge.Error{
			Kind:    knowledge.Unavailable,
			Message: "Another process has " + path + " open; stop it first, or give another file.", Err: err,
		}
	case errors.Is(err, errCutShort):
		return &knowledge.Error{
			Kind: knowledge.Invalid, Message: path + " is not whole: its end is missing. Restore it from a backup.", Err: err,
		}
	case errors.Is(err, errNewerFormat):
		return &knowledge.Error{
			Kind: knowledge.Invalid, Message: path + " was written by a newer version of this program; use that version.", Err: err,
		}
	case errors.Is(err, errForeign), errors.Is(err, berrors.ErrInvalid),
		errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum):
		return &knowledge.Error{
			Kind: knowledge.Invalid, Message: path + " is no file of this program, or it is damaged.", Err: err,
		}
	}
	return &knowledge.Error{Kind: knowledge.Unavailable, Message: path + " cannot be opened.", Err: err}
}

// failed turns an error of bbolt into one of the domain. It leaves other errors as they are.
func failed(operation string, err error) error {
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return &knowledge.Error{
			Kind: knowledge.Unavailable, Message: "The store is closed.", Err: fmt.Errorf("%s: %w", operation, err),
		}
	}
	return fmt.Errorf("%s: %w", operation, err)
}
