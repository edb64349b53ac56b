package relay_test

import (
	"errors"
	"strings"
	"testing"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

func TestPage(t *testing.T) {
	t.Parallel()
	n, c := func(i int) *int { return &i }, func(s string) *string { return &s }
	tests := []struct {
		name          string
		first         *int
		after         *string
		last          *int
		before        *string
		want          knowledge.Page
		wrongArgument string
	}{
		{name: "nothing given is the first twenty", want: knowledge.Page{First: 20}},
		{name: "a size", first: n(5), want: knowledge.Page{First: 5}},
		{name: "the greatest size", first: n(100), want: knowledge.Page{First: 100}},
		{name: "after a cursor", first: n(5), after: c("x"), want: knowledge.Page{First: 5, After: "x"}},
		{name: "after a cursor alone", after: c("x"), want: knowledge.Page{First: 20, After: "x"}},
		{name: "from the end", last: n(5), want: knowledge.Page{Last: 5}},
		{name: "before a cursor", last: n(5), before: c("x"), want: knowledge.Page{Last: 5, Before: "x"}},
		{name: "before a cursor alone", before: c("x"), want: knowledge.Page{Last: 20, Before: "x"}},
		{name: "both ends", first: n(1), last: n(1), wrongArgument: "last"},
		{name: "the start before a cursor", first: n(1), before: c("x"), wrongArgument: "before"},
		{name: "the end after a cursor", last: n(1), after: c("x"), wrongArgument: "after"},
		{name: "two cursors", after: c("x"), before: c("y"), wrongArgument: "before"},
		{name: "nobody", first: n(0), wrongArgument: "first"},
		{name: "less than nobody", last: n(-1), wrongArgument: "last"},
		{name: "too many", first: n(101), wrongArgument: "first"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := relay.Page(test.first, test.after, test.last, test.before)
			if test.wrongArgument == "" {
				if err != nil || got != test.want {
					t.Errorf("Page = %+v, %v, want %+v", got, err, test.want)
				}
				return
			}
			e, ok := errors.AsType[*knowledge.Error](err)
			if !ok || e.Kind != knowledge.Invalid || strings.Join(e.Path, ".") != test.wrongArgument || e.Message == "" {
				t.Errorf("Page: %v, want a refusal of %s", err, test.wrongArgument)
			}
		})
	}
}

func TestConnectTellsItsEnds(t *testing.T) {
	t.Parallel()
	edges := []*relay.Edge[string]{{Cursor: "a", Node: "first"}, {Cursor: "b", Node: "second"}}
	got := relay.Connect(edges, true, false, 7)
	if *got.PageInfo.StartCursor != "a" || *got.PageInfo.EndCursor != "b" || !got.PageInfo.HasNextPage || got.TotalCount != 7 {
		t.Errorf("%+v", got.PageInfo)
	}
	if nodes := got.Nodes(); len(nodes) != 2 || nodes[1] != "second" {
		t.Errorf("%v", nodes)
	}
}

func TestUserErrorsHaveTheirTypes(t *testing.T) {
	t.Parallel()
	if got := relay.UserErrors(nil); got == nil || len(got) != 0 {
		t.Errorf("no problems give %v, want an empty list", got)
	}
	got := relay.UserErrors(knowledge.Problems{
		{Code: knowledge.CodeRequired},
		{Code: knowledge.CodeNotFound},
		{Code: knowledge.CodeForbidden},
		{Code: knowledge.CodeStale, CurrentRevision: 3},
		{Code: knowledge.CodeSlugTaken},
	})
	_, invalid := got[0].(relay.InvalidInputError)
	_, missing := got[1].(relay.NotFoundError)
	_, forbidden := got[2].(relay.PermissionError)
	stale, conflict := got[3].(relay.ConflictError)
	taken, alsoConflict := got[4].(relay.ConflictError)
	if !invalid || !missing || !forbidden || !conflict || !alsoConflict {
		t.Fatalf("%T", got)
	}
	if stale.CurrentRevision == nil || *stale.CurrentRevision != 3 || taken.CurrentRevision != nil || stale.Path == nil {
		t.Errorf("%+v %+v", stale, taken)
	}
}
