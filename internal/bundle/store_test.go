package bundle_test

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

// memory is a store by the contract, in memory.
type memory struct {
	mu     sync.Mutex
	states map[knowledge.ID][]knowledge.Entity // oldest first
	slugs  map[string]knowledge.ID             // of the live ones, by kind and slug
	saves  int                                 // calls of Save that saved something
	// stop is called after that many saves, to interrupt an import.
	stopAfter int
	stop      func()
}

var (
	_ bundle.Store  = (*memory)(nil)
	_ bundle.Source = (*memory)(nil)
)

func newMemory() *memory {
	return &memory{states: map[knowledge.ID][]knowledge.Entity{}, slugs: map[string]knowledge.ID{}}
}

// planted is a store that holds the seed.
func planted(tb testing.TB) *memory {
	tb.Helper()
	return holding(tb, func(knowledge.Entity) bool { return true })
}

// holding is a store that holds a part of the seed.
func holding(tb testing.TB, which func(knowledge.Entity) bool) *memory {
	tb.Helper()
	s := newMemory()
	part := slices.DeleteFunc(seed(tb), func(e knowledge.Entity) bool { return !which(e) })
	if n, err := bundle.Plant(tb.Context(), s, part); err != nil || n != len(part) {
		tb.Fatalf("Plant = %d, %v; want %d", n, err, len(part))
	}
	return s
}

// nouns is a store that holds the seed without its practices, lessons and recommendations.
func nouns(tb testing.TB) *memory {
	tb.Helper()
	return holding(tb, func(e knowledge.Entity) bool { return !e.Kind().IsEntry() })
}

func (s *memory) Load(_ context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]knowledge.Entity, len(ids))
	for i, id := range ids {
		if list := s.states[id]; len(list) > 0 && !list[len(list)-1].Head().Deleted {
			out[i] = knowledge.Clone(list[len(list)-1])
		}
	}
	return out, nil
}

func (s *memory) Save(ctx context.Context, entities ...knowledge.Entity) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	errs := make([]error, len(entities))
	failed := false
	for i, e := range entities {
		if errs[i] = ctx.Err(); errs[i] == nil {
			errs[i] = s.save(e)
		}
		failed = failed || errs[i] != nil
	}
	switch {
	case !failed:
		return nil
	case len(errs) == 1:
		return errs[0]
	}
	return &knowledge.SaveError{Errs: errs}
}

func (s *memory) save(e knowledge.Entity) error {
	m := e.Head()
	list := s.states[m.ID]
	if m.Revision != len(list)+1 {
		return &knowledge.Error{Kind: knowledge.Conflict, Message: "stale", Err: knowledge.ErrConflict}
	}
	key := string(e.Kind()) + " " + m.Slug
	if id, taken := s.slugs[key]; taken && id != m.ID {
		return fmt.Errorf("save %s: %w", m.Slug, knowledge.ErrSlugTaken)
	}
	if len(list) > 0 {
		delete(s.slugs, string(e.Kind())+" "+list[len(list)-1].Head().Slug)
	}
	if !m.Deleted {
		s.slugs[key] = m.ID
	}
	s.states[m.ID] = append(list, knowledge.Clone(e))
	s.saves++
	if s.saves == s.stopAfter {
		s.stop()
	}
	return nil
}

func (s *memory) History(
	_ context.Context, id knowledge.ID, before knowledge.Revision, limit int,
) ([]knowledge.Entity, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []knowledge.Entity
	for _, e := range slices.Backward(s.states[id]) {
		if (before == 0 || e.Head().Revision < before) && len(out) < limit {
			out = append(out, knowledge.Clone(e))
		}
	}
	return out, nil
}

func (s *memory) EachDeleted(_ context.Context, fn func(knowledge.ID) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, list := range s.states {
		if list[len(list)-1].Head().Deleted {
			if err := fn(id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *memory) Changes(ctx context.Context, _ knowledge.Cursor) iter.Seq2[knowledge.Change, error] {
	return func(yield func(knowledge.Change, error) bool) {
		for _, e := range s.live() {
			if !yield(knowledge.Change{Entity: e}, nil) {
				return
			}
		}
		if yield(knowledge.Change{Cursor: "end", CaughtUp: true}, nil) {
			<-ctx.Done()
		}
	}
}

// live lists copies of the live entities, in the order of their ids.
func (s *memory) live() []knowledge.Entity {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []knowledge.Entity
	for _, id := range slices.Sorted(maps.Keys(s.states)) {
		list := s.states[id]
		if last := list[len(list)-1]; !last.Head().Deleted {
			out = append(out, knowledge.Clone(last))
		}
	}
	return out
}

// get is the record of the kind that came from a file under the slug; nil where there is none.
func get[E knowledge.Entity](tb testing.TB, s *memory, kind knowledge.Kind, slug string) E {
	tb.Helper()
	found, err := s.Load(tb.Context(), knowledge.DeriveID(kind, "seed", slug))
	if err != nil {
		tb.Fatal(err)
	}
	e, _ := found[0].(E)
	return e
}

// change saves the next revision of a record.
func change[E knowledge.Entity](tb testing.TB, s *memory, e E, edit func(E)) {
	tb.Helper()
	m := e.Head()
	m.Revision++
	m.Edit = knowledge.Edit{Action: knowledge.ActionUpdate, At: then()}
	edit(e)
	if err := s.Save(tb.Context(), e); err != nil {
		tb.Fatal(err)
	}
}

// content is everything that a store holds, as comparable text.
func content(tb testing.TB, s *memory) map[knowledge.ID]string {
	tb.Helper()
	out := map[knowledge.ID]string{}
	for _, e := range s.live() {
		b, err := knowledge.Encode(e)
		if err != nil {
			tb.Fatal(err)
		}
		out[e.Head().ID] = string(b)
	}
	return out
}
