package catalog_test

import (
	"context"
	"fmt"
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
)

func TestFollowersSeeTheirOwnCopy(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusPublished)
	p.Contacts = contacts()
	p.Texts = append(p.Texts, knowledge.PracticeText{EntryText: knowledge.EntryText{Language: "ro", Origin: knowledge.OriginHuman, Title: "Case"}})
	r := newRig(t, p)
	open := map[string]<-chan catalog.Change{}
	for name, a := range everyone() {
		changes, err := r.Follow(as(t, a, "ro"), nil, false)
		if err != nil {
			t.Fatal(err)
		}
		open[name] = changes
	}
	r.change(t, p.ID, knowledge.ActionUpdate)
	want := map[string]int{"anonymous": 1, "partner": 2, "stranger": 2, "owner": 3, "editor": 3, "administrator": 3}
	for name, changes := range open {
		change := <-changes
		same(t, name+" sees contacts", want[name], len(change.Entry.Core().Contacts))
		same(t, name+" reads", "Case", change.Entry.Shown().Title)
	}
}

func TestFollowEndsWithItsContext(t *testing.T) {
	t.Parallel()
	r := newRig(t, owned("homes", knowledge.StatusPublished))
	for _, pending := range []bool{false, true} {
		ctx, stop := context.WithCancel(as(t, anonymous()))
		changes, err := r.Follow(ctx, nil, false)
		if err != nil {
			t.Fatal(err)
		}
		if pending { // A change that nobody takes does not keep it open.
			r.change(t, practice("homes"), knowledge.ActionUpdate)
		}
		stop()
		told := 0
		for range changes { // The channel has to close.
			told++
		}
		if told > 1 {
			t.Errorf("told of %d changes after one", told)
		}
	}
}

func TestASlowFollowerIsClosed(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	slow, err := r.Follow(as(t, anonymous()), nil, false)
	if err != nil {
		t.Fatal(err)
	}
	const many = indexsync.MaxLag + 50
	batch := make([]knowledge.Entity, many)
	for i := range batch {
		batch[i] = owned(fmt.Sprintf("practice-%d", i), knowledge.StatusPublished)
	}
	if err := r.store.Save(t.Context(), batch...); err != nil {
		t.Fatal(err)
	}
	for _, e := range batch {
		if !r.follower.Await(t.Context(), e.Head().ID, 1) {
			t.Fatal("the batch cannot be found")
		}
	}
	r.publish(t) // Everything before it has been announced.
	told := 0
	for range slow {
		told++
	}
	if told < indexsync.MaxLag || told >= many {
		t.Errorf("told of %d of %d changes before the end", told, many)
	}
}
