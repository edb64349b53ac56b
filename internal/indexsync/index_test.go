package indexsync_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"goodpractice/internal/knowledge"
)

// fakeIndex is an index in memory that finds nothing and remembers everything.
type fakeIndex struct {
	mu        sync.Mutex
	now       *generation
	begun     []*generation // every generation but the first
	discarded int
	fail      func(*generation, apply) error // asked before each Apply
	swapped   error                          // what Swap says after it is done
}

// generation is one index. What it was told stays in applied.
type generation struct {
	learnt  atomic.Int32
	index   *fakeIndex
	number  int
	docs    map[knowledge.ID]doc
	cursor  knowledge.Cursor
	applied []apply
	closed  bool
}

// doc is an indexed entity: its state, and those of the records that it is named by.
type doc struct {
	stamp  knowledge.Stamp
	linked map[knowledge.ID]knowledge.Revision
}

// apply is one call of Apply.
type apply struct {
	ids    []knowledge.ID
	cursor knowledge.Cursor
}

var errClosed = errors.New("this generation is closed")

func newIndex() *fakeIndex {
	x := &fakeIndex{}
	x.now = &generation{index: x, docs: map[knowledge.ID]doc{}}
	return x
}

func (x *fakeIndex) Current() *generation {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.now
}

func (x *fakeIndex) NewGeneration() (*generation, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	g := &generation{index: x, number: len(x.begun) + 1, docs: map[knowledge.ID]doc{}}
	x.begun = append(x.begun, g)
	return g, nil
}

func (x *fakeIndex) Swap(next *generation) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if next.closed {
		return errClosed
	}
	x.now.closed = true
	x.now = next
	return x.swapped
}

func (x *fakeIndex) Discard(unused *generation) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if unused == x.now {
		return errors.New("this generation is in use")
	}
	x.discarded++
	unused.closed = true
	return nil
}

// set changes what fails.
func (x *fakeIndex) set(fail func(*generation, apply) error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.fail = fail
}

// put writes behind the follower's back; a zero stamp deletes.
func (x *fakeIndex) put(id knowledge.ID, stamp knowledge.Stamp) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if stamp == (knowledge.Stamp{}) {
		delete(x.now.docs, id)
		return
	}
	x.now.docs[id] = doc{stamp: stamp}
}

// revisions is what readers find, by id.
func (x *fakeIndex) revisions() map[knowledge.ID]knowledge.Revision {
	x.mu.Lock()
	defer x.mu.Unlock()
	out := map[knowledge.ID]knowledge.Revision{}
	for id, d := range x.now.docs {
		out[id] = d.stamp.Revision
	}
	return out
}

// linked is what readers find the entity by.
func (x *fakeIndex) linked(id knowledge.ID) map[knowledge.ID]knowledge.Revision {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.now.docs[id].linked
}

// calls are the calls of Apply on the current generation, from the given one on.
func (x *fakeIndex) calls(from int) []apply {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Clone(x.now.applied[from:])
}

func (g *generation) Cursor() (knowledge.Cursor, error) {
	g.index.mu.Lock()
	defer g.index.mu.Unlock()
	if g.closed {
		return "", errClosed
	}
	return g.cursor, nil
}

func (g *generation) Apply(_ context.Context, items []knowledge.Indexable, cursor knowledge.Cursor) error {
	call := apply{cursor: cursor}
	for _, item := range items {
		call.ids = append(call.ids, item.Entity.Head().ID)
	}
	g.index.mu.Lock()
	fail := g.index.fail
	g.index.mu.Unlock()
	if fail != nil {
		if err := fail(g, call); err != nil {
			return err
		}
	}
	g.index.mu.Lock()
	defer g.index.mu.Unlock()
	if g.closed {
		return errClosed
	}
	for _, item := range items {
		g.apply(item)
	}
	g.cursor = cursor
	g.applied = append(g.applied, call)
	return nil
}

func (g *generation) apply(item knowledge.Indexable) {
	m := item.Entity.Head()
	if m.Deleted {
		delete(g.docs, m.ID)
		return
	}
	d := doc{
		stamp:  knowledge.Stamp{Revision: m.Revision, Status: m.Status},
		linked: map[knowledge.ID]knowledge.Revision{},
	}
	if entry, ok := item.Entity.(knowledge.Entry); ok {
		d.stamp.PublishedRevision = entry.Core().PublishedRevision
	}
	for id, e := range item.Linked {
		d.linked[id] = e.Head().Revision
	}
	g.docs[m.ID] = d
}

func (g *generation) Revisions(_ context.Context, ids []knowledge.ID) (map[knowledge.ID]knowledge.Stamp, error) {
	g.index.mu.Lock()
	defer g.index.mu.Unlock()
	if g.closed {
		return nil, errClosed
	}
	out := map[knowledge.ID]knowledge.Stamp{}
	for _, id := range ids {
		if d, found := g.docs[id]; found {
			out[id] = d.stamp
		}
	}
	return out, nil
}

// Dependents goes by the references that were loaded, and by those that led nowhere.
func (g *generation) Learn(context.Context) error {
	g.learnt.Add(1)
	return nil
}

func (g *generation) Dependents(_ context.Context, ids []knowledge.ID) ([]knowledge.ID, error) {
	g.index.mu.Lock()
	defer g.index.mu.Unlock()
	if g.closed {
		return nil, errClosed
	}
	var out []knowledge.ID
	for id, d := range g.docs {
		if slices.ContainsFunc(ids, func(noun knowledge.ID) bool { _, found := d.linked[noun]; return found }) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (g *generation) EachStamp(_ context.Context, fn func(knowledge.ID, knowledge.Stamp) error) error {
	g.index.mu.Lock()
	docs, closed := maps.Clone(g.docs), g.closed
	g.index.mu.Unlock()
	if closed {
		return errClosed
	}
	for id, d := range docs {
		if err := fn(id, d.stamp); err != nil {
			return err
		}
	}
	return nil
}

// wantEqual compares what readers find with the store.
func wantEqual(t *testing.T, x *fakeIndex, s *fakeStore) {
	t.Helper()
	want := map[knowledge.ID]knowledge.Revision{}
	for _, e := range s.snapshot() {
		want[e.Head().ID] = e.Head().Revision
	}
	if got := x.revisions(); !maps.Equal(got, want) {
		t.Errorf("the index has %v, the store %v", got, want)
	}
}
