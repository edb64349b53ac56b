package indexsync

import (
	"context"
	"iter"

	"goodpractice/internal/knowledge"
)

// Feed is a store's sequence of changes.
type Feed interface {
	// Changes yields what was saved after the cursor, in order, and then follows until ctx ends or
	// the caller stops. The empty cursor yields every live entity first, in any order. Once on each
	// opened feed, when all that was saved before it was opened has been yielded, comes an item with
	// CaughtUp set and a cursor that is not empty. A cursor that the store no longer knows yields
	// knowledge.ErrCursorLost and ends the feed. An item of a snapshot carries the empty cursor, or
	// one from which nothing is lost.
	Changes(ctx context.Context, after knowledge.Cursor) iter.Seq2[knowledge.Change, error]
}

// Loader reads entities as they are stored now: what Changes has yielded, or a later state.
type Loader interface {
	// Load returns the entities in the order asked for; nil for one that is missing or deleted.
	Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error)
	// EachRevision calls fn for every entity that is not deleted, in any order, with its stored revision,
	// until fn returns an error, which it returns. What is saved meanwhile comes as it was before or
	// after that, or twice.
	EachRevision(ctx context.Context, fn func(knowledge.ID, knowledge.Revision) error) error
}

// Generation is one complete index. Only one Follower writes to it.
type Generation interface {
	// Cursor is the position that the last Apply stored; empty on a new generation.
	Cursor() (knowledge.Cursor, error)
	// Apply indexes the items and stores the cursor, both or neither. Tombstones are deleted. The
	// items share linked records with each other and must not be changed.
	Apply(ctx context.Context, items []knowledge.Indexable, cursor knowledge.Cursor) error
	// Revisions tells in which state the entities are indexed. One that is not has no key.
	Revisions(ctx context.Context, ids []knowledge.ID) (map[knowledge.ID]knowledge.Stamp, error)
	// Dependents lists the indexed entities whose text or broader terms come from these records, those
	// included that point at one of them in vain.
	Dependents(ctx context.Context, ids []knowledge.ID) ([]knowledge.ID, error)
	// EachStamp calls fn for every indexed entity, in any order, until fn returns an error, which it
	// returns. Fn does not call the index.
	EachStamp(ctx context.Context, fn func(knowledge.ID, knowledge.Stamp) error) error
	// Learn makes ready what answers need beside the documents, so that the first reader need not wait. It
	// is called when everything is in; nothing depends on it.
	Learn(ctx context.Context) error
}

// Index holds the generation that readers use. G is a pointer type, so that generations can be told
// apart.
type Index[G Generation] interface {
	// Current is the generation that readers use.
	Current() G
	// NewGeneration makes an empty generation that nobody reads.
	NewGeneration() (G, error)
	// Swap makes a generation of this index the current one. The one before is closed and deleted
	// after its last reader. On an error, Current tells whether the swap was made.
	Swap(next G) error
	// Discard closes and deletes a generation that was not swapped in.
	Discard(unused G) error
}

// generations is Index without its type parameter, so that Follower needs none.
type generations interface {
	current() Generation
	begin() (Generation, error)
	swap(next Generation) error
	discard(unused Generation) error
}

// typed is the only implementation of generations.
type typed[G Generation] struct{ index Index[G] }

func (t typed[G]) current() Generation { return t.index.Current() }

func (t typed[G]) begin() (Generation, error) {
	g, err := t.index.NewGeneration()
	if err != nil {
		return nil, err
	}
	return g, nil
}

// The assertions hold because a Follower swaps in, or discards, only what begin has returned.
func (t typed[G]) swap(next Generation) error      { return t.index.Swap(next.(G)) }
func (t typed[G]) discard(unused Generation) error { return t.index.Discard(unused.(G)) }
