package catalog_test

import (
	"errors"
	"fmt"
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

func TestOneOfManyWritersWinsEachRound(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusDraft)
	r := newRig(t, p)
	const writers, rounds = 16, 8
	for round := range rounds {
		read, err := r.Load(as(t, madrid()), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "revision that all have read", round+1, read[0].Head().Revision)
		won := ""
		for i, answer := range atOnce(writers, func(i int) (catalog.Saved, error) {
			return r.Update(as(t, madrid()), target(read[0]), nil, saying(fmt.Sprint("Writer ", i)), knowledge.Request{})
		}) {
			if answer.err != nil {
				if got := refusal(t, answer.err, knowledge.CodeStale, "revision"); got.CurrentRevision != round+2 {
					t.Errorf("the current revision is told as %d, want %d", got.CurrentRevision, round+2)
				}
				continue
			}
			if won != "" {
				t.Errorf("%s and writer %d have won", won, i)
			}
			won = answer.Entity.(*knowledge.Practice).Summary
			same(t, "what the winner is answered", fmt.Sprint("Writer ", i), won)
		}
		kept := r.stored(t, p.ID).(*knowledge.Practice)
		same(t, "what is stored", won, kept.Texts[0].Summary)
		shown, err := r.Load(as(t, madrid()), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "what is shown", won, shown[0].(*knowledge.Practice).Summary)
	}
	states, err := r.store.History(t.Context(), p.ID, 0, 100)
	if err != nil || len(states) != rounds+1 {
		t.Errorf("%d states are kept, %v", len(states), err)
	}
}

func TestManyCreateUnderOneTitle(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	seen := map[string]bool{}
	for _, answer := range atOnce(16, func(int) (catalog.Saved, error) {
		return r.Create(as(t, madrid()), knowledge.KindPractice, "en", draft("Homes first"), knowledge.Request{})
	}) {
		if answer.err != nil {
			t.Fatal(answer.err)
		}
		if slug := answer.Entity.Head().Slug; seen[slug] {
			t.Errorf("two records have the slug %s", slug)
		} else {
			seen[slug] = true
		}
	}
}

func TestOneOfManyGetsAChosenSlug(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	won := 0
	for _, answer := range atOnce(8, func(i int) (catalog.Saved, error) {
		c := draft(fmt.Sprint("Title ", i))
		c.Slug = new("wanted")
		return r.Create(as(t, madrid()), knowledge.KindPractice, "en", c, knowledge.Request{})
	}) {
		if answer.err == nil {
			won++
			continue
		}
		refusal(t, answer.err, knowledge.CodeSlugTaken, "slug")
	}
	same(t, "winners", 1, won)
}

func TestReadersAreNotDisturbedByWriters(t *testing.T) {
	t.Parallel()
	p := owned("homes", knowledge.StatusPublished)
	p.Contacts = contacts()
	r := newRig(t, p)
	people := []knowledge.Actor{anonymous(), partner(), madrid(), editor()}
	want := []int{1, 2, 3, 3}
	answers := atOnce(16, func(i int) (catalog.Saved, error) {
		if i == 0 {
			var last catalog.Saved
			for range 10 {
				current, err := r.Load(as(t, editor()), p.ID)
				if err != nil {
					return last, err
				}
				if last, err = r.Update(as(t, editor()), target(current[0]), nil, saying("Changed."), knowledge.Request{}); err != nil {
					return last, err
				}
			}
			return last, nil
		}
		seen := 0
		for range 50 {
			page, err := r.Find(as(t, people[i%4], "en"), every())
			if err != nil {
				return catalog.Saved{}, err
			}
			e := page.Items[0].Entity
			if n := len(e.(knowledge.Entry).Core().Contacts); n != want[i%4] {
				return catalog.Saved{}, fmt.Errorf("reader %d sees %d contacts", i, n)
			}
			if e.Head().Revision < seen {
				return catalog.Saved{}, errors.New("time went backwards")
			}
			seen = e.Head().Revision
		}
		return catalog.Saved{}, nil
	})
	for _, answer := range answers {
		if answer.err != nil {
			t.Error(answer.err)
		}
	}
}
