package catalog_test

import (
	"fmt"
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// follow tells the reader's changes one by one, each as a line.
func (r *rig) follow(t *testing.T, a knowledge.Actor, filter *knowledge.EntryFilter, published bool) (next func() string) {
	t.Helper()
	changes, err := r.Follow(as(t, a, "en"), filter, published)
	if err != nil {
		t.Fatal(err)
	}
	return func() string {
		t.Helper()
		change, open := <-changes
		switch {
		case !open:
			t.Fatal("the changes have ended")
		case change.Entry == nil:
			return fmt.Sprintf("%s gone %d", r.title(t, change.ID), change.Revision)
		}
		m := change.Entry.Head()
		if m.ID != change.ID || m.Revision != change.Revision {
			t.Errorf("told of %s %d with %s %d", change.ID, change.Revision, m.ID, m.Revision)
		}
		return fmt.Sprintf("%s %s %d", change.Entry.Shown().Title, m.Status, m.Revision)
	}
}

// title is the title of the first state of a record, which may be deleted by now.
func (r *rig) title(t *testing.T, id knowledge.ID) string {
	t.Helper()
	states, err := r.store.History(t.Context(), id, 2, 1)
	if err != nil || len(states) == 0 {
		t.Fatalf("no history: %v", err)
	}
	states[0].Localise(nil)
	return catalog.NameOf(states[0])
}

// move is a change of a record, and what a follower is told of it; "" for nothing.
type move struct {
	slug   string
	action knowledge.Action
	want   string
}

// told checks what a follower is told of each move. A state that was overtaken before it could be told
// may be left out, so each is waited for.
func (r *rig) told(t *testing.T, next func() string, moves []move) {
	t.Helper()
	for _, m := range moves {
		r.change(t, practice(m.slug), m.action)
		if m.want != "" {
			same(t, "told of "+string(m.action)+" of "+m.slug, m.want, next())
		}
	}
	r.publish(t)
	same(t, "told at last", "Last PUBLISHED 1", next())
}

// publish makes a new record public, of which everybody is told.
func (r *rig) publish(t *testing.T) {
	t.Helper()
	p := owned("last", knowledge.StatusPublished)
	if err := r.store.Save(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if !r.follower.Await(t.Context(), p.ID, 1) {
		t.Fatal("what was published cannot be found")
	}
}

// change moves a record on and waits until it can be found.
func (r *rig) change(t *testing.T, id knowledge.ID, action knowledge.Action) {
	t.Helper()
	at := target(r.stored(t, id))
	if action == knowledge.ActionUpdate {
		saved[knowledge.Entry](t)(r.Update(as(t, editor()), at, nil, saying("Changed."), knowledge.Request{}))
		return
	}
	saved[knowledge.Entry](t)(r.Step(as(t, editor()), at, action, new("Because."), knowledge.Request{}))
}

func TestFollowWhatBecomesPublic(t *testing.T) {
	t.Parallel()
	for name, a := range everyone() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, owned("homes", knowledge.StatusDraft), owned("towers", knowledge.StatusPublished))
			r.told(t, r.follow(t, a, nil, true), []move{
				{"homes", knowledge.ActionUpdate, ""},
				{"homes", knowledge.ActionSubmit, ""},
				{"homes", knowledge.ActionPublish, "Homes PUBLISHED 4"},
				{"homes", knowledge.ActionUpdate, ""},
				{"homes", knowledge.ActionArchive, ""},
				{"homes", knowledge.ActionRestore, "Homes PUBLISHED 7"},
				{"towers", knowledge.ActionUpdate, ""},
				{"towers", knowledge.ActionArchive, ""},
			})
		})
	}
}

func TestFollowChanges(t *testing.T) {
	t.Parallel()
	for name, a := range everyone() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			insider := func(told, otherwise string) string {
				if a.IsEditor() || name == "owner" {
					return told
				}
				return otherwise
			}
			r := newRig(t, owned("homes", knowledge.StatusDraft), owned("hidden", knowledge.StatusDraft, knowledgetest.By("lyon")))
			r.told(t, r.follow(t, a, &knowledge.EntryFilter{Authorities: []string{"madrid"}}, false), []move{
				{"homes", knowledge.ActionUpdate, insider("Homes DRAFT 2", "")},
				{"homes", knowledge.ActionSubmit, insider("Homes SUBMITTED 3", "")},
				{"hidden", knowledge.ActionUpdate, ""},
				{"homes", knowledge.ActionPublish, "Homes PUBLISHED 4"},
				{"homes", knowledge.ActionUpdate, "Homes PUBLISHED 5"},
				{"hidden", knowledge.ActionWithdraw, ""},
				{"homes", knowledge.ActionArchive, insider("Homes ARCHIVED 6", "Homes gone 6")},
				{"homes", knowledge.ActionRestore, "Homes PUBLISHED 7"},
			})
		})
	}
}

func TestFollowersWithoutAFilterNeverSeeOthersDrafts(t *testing.T) {
	t.Parallel()
	r := newRig(t, owned("homes", knowledge.StatusDraft))
	moves := []move{
		{"homes", knowledge.ActionUpdate, ""}, {"homes", knowledge.ActionSubmit, ""}, {"homes", knowledge.ActionReject, ""},
	}
	next := r.follow(t, cluj(), &knowledge.EntryFilter{Statuses: states()}, false)
	r.told(t, r.follow(t, cluj(), nil, false), moves)
	same(t, "told with a filter on states", "Last PUBLISHED 1", next())
}

func TestFollowWithAFilter(t *testing.T) {
	t.Parallel()
	for name, a := range map[string]knowledge.Actor{"anonymous": anonymous(), "editor": editor()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, owned("homes", knowledge.StatusPublished), owned("schools", knowledge.StatusPublished, knowledgetest.From(2012)))
			filter := &knowledge.EntryFilter{
				YearFrom: new(2012), Statuses: []knowledge.EditorialStatus{knowledge.StatusPublished},
			}
			next := r.follow(t, a, filter, false)
			for _, m := range []move{
				{"homes", knowledge.ActionUpdate, ""},
				{"homes", knowledge.ActionArchive, "Homes gone 3"},
				{"schools", knowledge.ActionUpdate, "Schools PUBLISHED 2"},
				{"schools", knowledge.ActionArchive, "Schools gone 3"},
				{"schools", knowledge.ActionRestore, "Schools PUBLISHED 4"},
			} {
				r.change(t, practice(m.slug), m.action)
				if m.want != "" {
					same(t, "told of "+string(m.action)+" of "+m.slug, m.want, next())
				}
			}
		})
	}
}

func TestFollowTellsOfDeletion(t *testing.T) {
	t.Parallel()
	p, hidden := owned("homes", knowledge.StatusPublished), owned("hidden", knowledge.StatusDraft)
	r := newRig(t, p, hidden)
	told, published := r.follow(t, anonymous(), nil, false), r.follow(t, anonymous(), nil, true)
	if err := r.store.Save(t.Context(), knowledgetest.Deleted(hidden), knowledgetest.Deleted(p)); err != nil {
		t.Fatal(err)
	}
	same(t, "told", "Homes gone 2", told())
	r.publish(t)
	same(t, "told of what becomes public", []string{"Last PUBLISHED 1", "Last PUBLISHED 1"}, []string{told(), published()})
}
