package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// rivals is how many goroutines want the same at once.
const rivals = 64

func races() []contract {
	return []contract{
		{"of rivals for a revision exactly one wins", raceRevision},
		{"of rivals for an id exactly one wins", raceCreate},
		{"of rivals for a slug exactly one wins", raceSlug},
		{"writers of different entities do not disturb each other", raceOthers},
	}
}

// compete lets every rival save at the same moment, and gives the errors.
func compete(tb testing.TB, engine Engine, entities []knowledge.Entity) []error {
	tb.Helper()
	errs := make([]error, len(entities))
	start := make(chan struct{})
	var all sync.WaitGroup
	for i, e := range entities {
		all.Go(func() {
			<-start
			errs[i] = engine.Save(tb.Context(), e)
		})
	}
	close(start)
	all.Wait()
	return errs
}

// winner finds the only one that was accepted, and checks why the others were not.
func winner(tb testing.TB, errs []error, cause error) int {
	tb.Helper()
	won := -1
	for i, err := range errs {
		switch {
		case err != nil:
			refused(tb, err, cause)
		case won >= 0:
			tb.Fatalf("rivals %d and %d have both won", won, i)
		default:
			won = i
		}
	}
	if won < 0 {
		tb.Fatal("nobody has won")
	}
	return won
}

func raceRevision(t scene) {
	engine := fresh(t, t.open)
	current := knowledgetest.Practice("wanted")
	save(t, engine, current)
	f := follow(t, engine, "")
	f.catchUp()
	const rounds = 10
	for range rounds {
		entities := make([]knowledge.Entity, rivals)
		for i := range entities {
			entities[i] = knowledgetest.Revised(current, func(p *knowledge.Practice) { p.Edit.Reason = fmt.Sprint("rival ", i) })
		}
		won := entities[winner(t, compete(t, engine, entities), knowledge.ErrConflict)]
		stored(t, engine, won)
		current, _ = won.(*knowledge.Practice)
	}
	if got := history(t, engine, current.ID, 0, rounds*rivals); len(got) != rounds+1 {
		t.Errorf("the history has %d states, want %d", len(got), rounds+1)
	}
	changes := f.until(current.ID, rounds+1)
	equal(t, "the end of the feed", current, changes[len(changes)-1].Entity)
}

func raceCreate(t scene) {
	engine := fresh(t, t.open)
	for round := range 5 {
		entities := make([]knowledge.Entity, rivals)
		for i := range entities {
			p := knowledgetest.Practice(fmt.Sprint("wanted-", round), knowledgetest.Titled(fmt.Sprint("Rival ", i)))
			p.Slug = fmt.Sprint("slug-", round, "-", i)
			entities[i] = p
		}
		won := winner(t, compete(t, engine, entities), knowledge.ErrConflict)
		stored(t, engine, entities[won])
		// The slugs of the others are free.
		other := called(fmt.Sprint("heir-", round), fmt.Sprint("slug-", round, "-", (won+1)%rivals))
		save(t, engine, other)
	}
}

func raceSlug(t scene) {
	engine := fresh(t, t.open)
	for round := range 5 {
		entities := make([]knowledge.Entity, rivals)
		for i := range entities {
			entities[i] = called(fmt.Sprint("rival-", round, "-", i), fmt.Sprint("wanted-", round))
		}
		won := winner(t, compete(t, engine, entities), knowledge.ErrSlugTaken)
		for i, e := range entities {
			if got := load(t, engine, e.Head().ID)[0]; (got != nil) != (i == won) {
				t.Errorf("rival %d is stored: %t", i, got != nil)
			}
		}
	}
}

func raceOthers(t scene) {
	engine := fresh(t, t.open)
	f := follow(t, engine, "")
	f.catchUp()
	const writers, revisions = 16, 15
	last := make([]*knowledge.Practice, writers)
	errs := make([]error, writers)
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			p := knowledgetest.Practice(fmt.Sprint("of-writer-", i))
			for range revisions {
				errs[i] = errors.Join(errs[i], engine.Save(t.Context(), p))
				last[i] = p
				p = knowledgetest.Revised(p, nil)
			}
		})
	}
	seen := map[knowledge.ID]int{}
	for finished := 0; finished < writers; {
		m := f.next().Entity.Head()
		if m.Revision == revisions && seen[m.ID] < revisions {
			finished++
		}
		seen[m.ID] = m.Revision
	}
	all.Wait()
	for i, err := range errs {
		if err != nil {
			t.Errorf("writer %d: %v", i, err)
		}
		stored(t, engine, last[i])
	}
}
