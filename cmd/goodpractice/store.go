package main

import (
	"context"
	"io"
	"iter"
	"log/slog"
	"path/filepath"
	"time"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/config"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/mongostore"
)

// store is the system of record, whichever engine keeps it.
type store interface {
	Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error)
	Save(ctx context.Context, entities ...knowledge.Entity) error
	History(ctx context.Context, id knowledge.ID, before knowledge.Revision, limit int) ([]knowledge.Entity, error)
	Changes(ctx context.Context, after knowledge.Cursor) iter.Seq2[knowledge.Change, error]
	// EachRevision calls fn for every entity that is not deleted, until fn returns an error.
	EachRevision(ctx context.Context, fn func(knowledge.ID, knowledge.Revision) error) error
	// EachDeleted calls fn for every entity that was deleted.
	EachDeleted(ctx context.Context, fn func(knowledge.ID) error) error
	// Note reads a short text kept under a name; SetNote keeps one, "" removes it.
	Note(ctx context.Context, name string) (string, error)
	SetNote(ctx context.Context, name, text string) error
	// AddUsage adds to the counts of partners, Usage reads those of one, and DropUsage forgets old ones.
	AddUsage(ctx context.Context, counted []knowledge.Usage) error
	Usage(ctx context.Context, partner knowledge.ID, from, to knowledge.Date) ([]knowledge.Usage, error)
	DropUsage(ctx context.Context, before knowledge.Date) error

	// Ready waits until the store can be used.
	Ready(ctx context.Context) error
	// Away tells since when the store has not answered; false while it answers.
	Away() (since time.Time, away bool)
	// Copy writes a copy of everything as it is at one moment.
	Copy(ctx context.Context, w io.Writer) error
	Close() error
}

// openStore opens the store that the settings name, without waiting for it. The directory must exist
// for the embedded one.
func openStore(g config.Global, log *slog.Logger, now func() time.Time) (store, error) {
	if g.Store == "" {
		opened, err := boltstore.Open(filepath.Join(g.Data, storeName), boltstore.Options{})
		if err != nil {
			return nil, err
		}
		return embedded{opened}, nil
	}
	opened, err := mongostore.Open(g.Store, mongostore.Options{Logger: log, Now: now})
	if err != nil {
		return nil, err
	}
	return database{opened}, nil
}

// embedded is the store in a file of the data directory: it is there or it is not.
type embedded struct{ *boltstore.Store }

// Ready is at once.
func (embedded) Ready(context.Context) error { return nil }

// Away is never.
func (embedded) Away() (time.Time, bool) { return time.Time{}, false }

// Copy writes the file.
func (e embedded) Copy(ctx context.Context, w io.Writer) error {
	_, err := e.Backup(ctx, w)
	return err
}

// database is the store in a MongoDB database.
type database struct{ *mongostore.Store }

// Copy refuses, and says what to do instead.
func (database) Copy(context.Context, io.Writer) error { return errNoBackup() }

// errNoBackup tells how a database is copied.
func errNoBackup() error {
	return &knowledge.Error{
		Kind: knowledge.Invalid,
		Message: "The records are in a MongoDB database, which backup does not copy: use mongodump, or " +
			"goodpractice export --tokens for the records with their history.",
	}
}
