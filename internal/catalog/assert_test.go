package catalog_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// refusal checks that a request was refused for one reason: a code, at a field in dotted form.
func refusal(t *testing.T, err error, code knowledge.ProblemCode, path string) knowledge.Problem {
	t.Helper()
	problems, ok := errors.AsType[knowledge.Problems](err)
	if !ok {
		t.Fatalf("got %v, want a refusal %s at %q", err, code, path)
	}
	if got := strings.Join(problems[0].Path, "."); len(problems) != 1 || problems[0].Code != code || got != path {
		t.Fatalf("refused with %d problems, the first %s at %q (%s), want one: %s at %q",
			len(problems), problems[0].Code, got, problems[0].Message, code, path)
	}
	if problems[0].Message == "" {
		t.Error("a refusal says nothing")
	}
	return problems[0]
}

// failure checks an error that is no refusal: its kind, and the argument at fault in dotted form.
func failure(t *testing.T, err error, kind knowledge.ErrorKind, path string) {
	t.Helper()
	e, ok := errors.AsType[*knowledge.Error](err)
	if !ok || e.Kind != kind || strings.Join(e.Path, ".") != path {
		t.Errorf("got %v, want an error of kind %s at %q", err, kind, path)
	}
}

// saved checks that a request was answered, and gives the record.
func saved[E knowledge.Entity](t *testing.T) func(catalog.Saved, error) E {
	t.Helper()
	return func(s catalog.Saved, err error) E {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		e, ok := s.Entity.(E)
		if !ok {
			t.Fatalf("answered %T, want %T", s.Entity, e)
		}
		if !s.Searchable {
			t.Error("saved, but cannot be found")
		}
		return e
	}
}

// target is the record as it was answered, to be changed.
func target(e knowledge.Entity) catalog.Target {
	return catalog.Target{ID: e.Head().ID, Revision: e.Head().Revision, Kinds: []knowledge.Kind{e.Kind()}}
}

// stored is what the store holds of a record; nil for nothing.
func (r *rig) stored(t *testing.T, id knowledge.ID) knowledge.Entity {
	t.Helper()
	found, err := r.store.Load(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return found[0]
}

// mark remembers where the store's feed ends. What it gives checks that nothing was saved since.
func (r *rig) mark(t *testing.T) (unchanged func()) {
	t.Helper()
	after := r.cursor(t, "", nil)
	return func() {
		t.Helper()
		var news []string
		r.cursor(t, after, func(e knowledge.Entity) { news = append(news, string(e.Head().ID)+" "+e.Head().Slug) })
		if len(news) > 0 {
			t.Errorf("saved %v, want nothing", news)
		}
	}
}

// stays checks that nothing is saved until the test ends, with all its subtests.
func (r *rig) stays(t *testing.T) {
	t.Helper()
	t.Cleanup(r.mark(t))
}

// cursor reads the feed after a cursor to its end.
func (r *rig) cursor(t *testing.T, after knowledge.Cursor, visit func(knowledge.Entity)) knowledge.Cursor {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	defer stop()
	for change, err := range r.store.Changes(ctx, after) {
		switch {
		case err != nil:
			t.Fatal(err)
		case change.CaughtUp:
			return change.Cursor
		case visit != nil:
			visit(change.Entity)
		}
	}
	t.Fatal("the feed ended before it had caught up")
	return ""
}

// slugs lists the slugs of a page.
func slugs(page catalog.Page) []string {
	out := []string{}
	for _, item := range page.Items {
		out = append(out, item.Entity.Head().Slug)
	}
	return out
}

// same compares what should be equal.
func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// sameSet compares lists whose order is free.
func sameSet(t *testing.T, what string, want, got []string) {
	t.Helper()
	slices.Sort(want)
	slices.Sort(got)
	same(t, what, want, got)
}

// entries are the kinds of entry.
func entries() []knowledge.Kind {
	return []knowledge.Kind{knowledge.KindPractice, knowledge.KindLesson, knowledge.KindRecommendation}
}

// paths are the fields that a refusal names.
func paths(err error) [][]string {
	problems, _ := errors.AsType[knowledge.Problems](err)
	var out [][]string
	for _, p := range problems {
		out = append(out, p.Path)
	}
	return out
}

// longText has so many characters, which are no ASCII.
func longText(n int) string { return strings.Repeat("ș", n) }

// infinity is a number that JSON does not know.
func infinity() float64 { return math.Inf(1) }
