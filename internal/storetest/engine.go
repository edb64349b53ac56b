package storetest

import (
	"context"
	"iter"
	"testing"

	"goodpractice/internal/knowledge"
)

// Engine is what a storage engine offers to the rest of the program.
type Engine interface {
	Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error)
	Save(ctx context.Context, entities ...knowledge.Entity) error
	History(ctx context.Context, id knowledge.ID, before knowledge.Revision, limit int) ([]knowledge.Entity, error)
	Changes(ctx context.Context, after knowledge.Cursor) iter.Seq2[knowledge.Change, error]
	EachRevision(ctx context.Context, fn func(knowledge.ID, knowledge.Revision) error) error
	EachDeleted(ctx context.Context, fn func(knowledge.ID) error) error
	Note(ctx context.Context, name string) (string, error)
	SetNote(ctx context.Context, name, text string) error
	AddUsage(ctx context.Context, counted []knowledge.Usage) error
	Usage(ctx context.Context, partner knowledge.ID, from, to knowledge.Date) ([]knowledge.Usage, error)
	DropUsage(ctx context.Context, before knowledge.Date) error
	Close() error
}

// Opener opens an engine on the data that belongs to a folder, which exists and is empty at first.
// The same folder stands for the same data: Run closes an engine and opens it again. An engine that
// keeps its data elsewhere takes the name of the folder for a name of its own. An Opener ends the test
// where it cannot open, and may leave closing to Run.
type Opener func(tb testing.TB, dir string) Engine

// contract is one case.
type contract struct {
	name string
	test func(t scene)
}

// scene is the test that a case runs in, with the way to open engines.
type scene struct {
	*testing.T

	open Opener
}

// Run holds the engine to the contract, each case on data of its own and in parallel with the others.
func Run(t *testing.T, open Opener) {
	t.Helper()
	var all []contract
	for _, part := range [][]contract{
		roundTrips(), loads(), revisions(), slugs(), tombstones(), histories(), bulks(),
		snapshots(), follows(), resumes(), races(), closings(), listings(), notes(), usages(),
	} {
		all = append(all, part...)
	}
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.test(scene{t, open})
		})
	}
}
