package indexsync_test

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"sync"
	"testing"

	"goodpractice/internal/knowledge"
)

// fakeStore is a store with a feed, in memory. Its cursor is a name that forget changes and the number
// of changes read.
type fakeStore struct {
	mu     sync.Mutex
	live   map[knowledge.ID]knowledge.Entity
	log    []knowledge.Entity
	name   int
	cuts   int           // how often cut was called
	more   chan struct{} // closed and replaced by every save
	opened []knowledge.Cursor
	loads  [][]knowledge.ID

	// fail, if set, is asked before each item, the marks too, before each Load (with n = -1), and before
	// each list of revisions (with n = -2); n counts the items of this opened feed.
	fail func(after knowledge.Cursor, n int) error
	// inSnapshot, if set, is called before each item of a snapshot or a list of revisions.
	inSnapshot func(n int)
	// script, if set, is the whole feed from any cursor.
	script func(ctx context.Context, after knowledge.Cursor, yield func(knowledge.Change, error) bool)
}

func newStore(entities ...knowledge.Entity) *fakeStore {
	s := &fakeStore{live: map[knowledge.ID]knowledge.Entity{}, more: make(chan struct{})}
	s.save(entities...)
	return s
}

// save stores states as they are; a tombstone takes the entity away.
func (s *fakeStore) save(entities ...knowledge.Entity) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range entities {
		e = knowledge.Clone(e)
		if e.Head().Deleted {
			delete(s.live, e.Head().ID)
		} else {
			s.live[e.Head().ID] = e
		}
		s.log = append(s.log, e)
	}
	close(s.more)
	s.more = make(chan struct{})
}

// saveUnseen stores a state that the feed does not tell of yet; tell tells.
func (s *fakeStore) saveUnseen(e knowledge.Entity) (tell func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.live[e.Head().ID] = knowledge.Clone(e)
	return func() { s.save(e) }
}

// forget makes every cursor given so far unknown, and open feeds deaf to what is saved from now on.
func (s *fakeStore) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.name++
}

// goBack puts these states in place of the later ones that the store has, as a restore does, and takes
// away what is gone. The feed tells of none of it.
func (s *fakeStore) goBack(gone []knowledge.ID, states ...knowledge.Entity) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range gone {
		delete(s.live, id)
	}
	for _, e := range states {
		s.live[e.Head().ID] = knowledge.Clone(e)
	}
}

// cut ends every feed that is open with a failure, as a connection that breaks does.
func (s *fakeStore) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cuts++
	close(s.more)
	s.more = make(chan struct{})
}

// set changes what fails.
func (s *fakeStore) set(fail func(after knowledge.Cursor, n int) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = fail
}

func (s *fakeStore) failure(after knowledge.Cursor, n int) error {
	s.mu.Lock()
	fail := s.fail
	s.mu.Unlock()
	if fail == nil {
		return nil
	}
	return fail(after, n)
}

// opens counts the feeds opened so far.
func (s *fakeStore) opens() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.opened)
}

func (s *fakeStore) Load(_ context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	if err := s.failure("", -1); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loads = append(s.loads, ids)
	out := make([]knowledge.Entity, len(ids))
	for i, id := range ids {
		if e := s.live[id]; e != nil {
			out[i] = knowledge.Clone(e)
		}
	}
	return out, nil
}

func (s *fakeStore) EachRevision(ctx context.Context, fn func(knowledge.ID, knowledge.Revision) error) error {
	if err := s.failure("", -2); err != nil {
		return err
	}
	for i, e := range s.snapshot() {
		if s.inSnapshot != nil {
			s.inSnapshot(i)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := fn(e.Head().ID, e.Head().Revision); err != nil {
			return err
		}
	}
	return nil
}

func (s *fakeStore) Changes(ctx context.Context, after knowledge.Cursor) iter.Seq2[knowledge.Change, error] {
	return func(yield func(knowledge.Change, error) bool) {
		s.mu.Lock()
		s.opened = append(s.opened, after)
		script := s.script
		s.mu.Unlock()
		if script != nil {
			script(ctx, after, yield)
			return
		}
		s.changes(ctx, after, yield)
	}
}

func (s *fakeStore) changes(ctx context.Context, after knowledge.Cursor, yield func(knowledge.Change, error) bool) {
	n := 0
	give := func(c knowledge.Change) bool {
		if err := s.failure(after, n); err != nil {
			yield(knowledge.Change{}, err)
			return false
		}
		n++
		return yield(c, nil)
	}
	if err := s.failure(after, 0); err != nil { // Before the work of a snapshot.
		yield(knowledge.Change{}, err)
		return
	}
	s.mu.Lock()
	position, at, err := s.position(after)
	cuts, own := s.cuts, s.name
	s.mu.Unlock()
	if err != nil {
		yield(knowledge.Change{}, err)
		return
	}
	if after == "" {
		for i, e := range s.snapshot() {
			if s.inSnapshot != nil {
				s.inSnapshot(i)
			}
			if !give(knowledge.Change{Entity: e}) {
				return
			}
		}
	}
	for marked := false; ; {
		s.mu.Lock()
		log, more, name, isCut := s.log, s.more, s.name, s.cuts > cuts
		s.mu.Unlock()
		if isCut {
			yield(knowledge.Change{}, errPassing)
			return
		}
		for ; position < len(log) && name == own; position++ {
			if position == at && !marked {
				break
			}
			if !give(knowledge.Change{Cursor: cursor(name, position+1), Entity: knowledge.Clone(log[position])}) {
				return
			}
		}
		if !marked {
			marked = true
			if !give(knowledge.Change{Cursor: cursor(name, position), CaughtUp: true}) {
				return
			}
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-more:
		}
	}
}

// position reads a cursor: where it is, and where the log ends now.
func (s *fakeStore) position(after knowledge.Cursor) (from, end int, err error) {
	if after == "" {
		return len(s.log), len(s.log), nil
	}
	name, number, _ := strings.Cut(string(after), ":")
	if name != strconv.Itoa(s.name) {
		return 0, 0, fmt.Errorf("read cursor %q: %w", after, knowledge.ErrCursorLost)
	}
	from, err = strconv.Atoi(number)
	return from, len(s.log), err
}

// snapshot copies every live entity.
func (s *fakeStore) snapshot() []knowledge.Entity {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []knowledge.Entity
	seen := map[knowledge.ID]bool{}
	for _, e := range s.log {
		if id := e.Head().ID; s.live[id] != nil && !seen[id] {
			seen[id] = true
			out = append(out, knowledge.Clone(s.live[id]))
		}
	}
	return out
}

func cursor(name, position int) knowledge.Cursor {
	return knowledge.Cursor(strconv.Itoa(name) + ":" + strconv.Itoa(position))
}

// load is the state in the store.
func (s *fakeStore) load(t *testing.T, id knowledge.ID) knowledge.Entity {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.live[id] == nil {
		t.Fatalf("the store does not have %s", id)
	}
	return knowledge.Clone(s.live[id])
}
