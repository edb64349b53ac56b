package bundle_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/boltstore"
	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/mongostore/mongotest"
	"goodpractice/internal/storetest"
)

// TestCopiesHaveEverything exports from one store, imports into another and so on, and compares all that there is: every
// state of every record with its id, slug, revision, links, hashes and times, with who did what, why and under which key.
func TestCopiesHaveEverything(t *testing.T) {
	t.Parallel()
	for name, chain := range map[string][]func(*testing.T) storetest.Engine{
		"from bbolt to MongoDB and back": {bbolt, mongo, bbolt},
		"from MongoDB to bbolt and back": {mongo, bbolt, mongo},
		"from bbolt to bbolt":            {bbolt, bbolt},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := chain[0](t)
			live(t, store)
			states, text := everyState(t, store), exported(t, store)
			for i, next := range chain[1:] {
				store = next(t)
				o := options(store)
				o.Tokens, o.Strict = true, i%2 == 0
				report, err := bundle.Import(t.Context(), strings.NewReader(text), o)
				if err != nil || report.Bad > 0 || report.Created != len(states) {
					t.Fatalf("report %+v, %v; want %d", report, err, len(states))
				}
				if diff := cmp.Diff(states, everyState(t, store)); diff != "" {
					t.Fatalf("copy %d (- first store, + this one):\n%.5000s", i+1, diff)
				}
				if exported(t, store) != text {
					t.Errorf("copy %d is exported differently", i+1)
				}
				again, err := bundle.Import(t.Context(), strings.NewReader(text), o)
				if err != nil || again.Bad > 0 || again.Unchanged != len(states) {
					t.Errorf("imported again: %+v, %v", again, err)
				}
			}
		})
	}
}

func bbolt(t *testing.T) storetest.Engine {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "records.db"), boltstore.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func mongo(t *testing.T) storetest.Engine {
	t.Helper()
	return mongotest.Open(t, t.TempDir())
}

// exported is all of a store as a file.
func exported(t *testing.T, store bundle.Source) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := bundle.Export(t.Context(), store, &b, bundle.ExportOptions{History: true, Tokens: true}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// everyState is every state of every record, deleted ones too, as it is stored, newest first.
func everyState(t *testing.T, store storetest.Engine) map[knowledge.ID][]string {
	t.Helper()
	var once, often []knowledge.ID // saved
	if err := store.EachRevision(t.Context(), func(id knowledge.ID, r knowledge.Revision) error {
		if r == 1 {
			once = append(once, id)
		} else {
			often = append(often, id)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := store.EachDeleted(t.Context(), func(id knowledge.ID) error {
		often = append(often, id)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	all, err := store.Load(t.Context(), once...)
	for _, id := range often {
		if states, failed := store.History(t.Context(), id, 0, 1000); failed == nil {
			all = append(all, states...)
		} else {
			err = failed
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	out := map[knowledge.ID][]string{}
	for _, e := range all {
		b, err := knowledge.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		out[e.Head().ID] = append(out[e.Head().ID], string(b))
	}
	return out
}

// live fills a store: with the seed, with records of every kind in which every field is set, with several states of each, with
// deleted ones, and with slugs that went from one record to another.
func live(t *testing.T, store storetest.Engine) {
	t.Helper()
	if _, err := bundle.Plant(t.Context(), store, seed(t)); err != nil {
		t.Fatal(err)
	}
	l := life{t: t, store: store, at: then()}
	for _, kind := range knowledge.Kinds() {
		for i := range uint64(4) {
			e := knowledgetest.Fill(kind, 1000+i)
			l.save(e)
			for range i {
				e = l.revise(e, nil)
			}
			if i == 3 {
				l.remove(e)
			}
		}
	}
	l.exchange()
	l.bury()
}

// life is what happens to the records of a store.
type life struct {
	t     *testing.T
	store storetest.Engine
	at    time.Time
	count int
}

// save stores a state.
func (l *life) save(e knowledge.Entity) knowledge.Entity {
	l.t.Helper()
	knowledge.FillLists(e)
	if err := l.store.Save(l.t.Context(), e); err != nil {
		l.t.Fatalf("%s %s: %v", e.Head().ID, e.Head().Slug, err)
	}
	return e
}

// revise stores a next state, by somebody, for a reason and under a key.
func (l *life) revise(e knowledge.Entity, change func(*knowledge.Meta)) knowledge.Entity {
	l.t.Helper()
	l.count++
	l.at = l.at.Add(1234 * time.Millisecond)
	next := knowledge.Clone(e)
	m := next.Head()
	m.Revision++
	m.UpdatedAt = l.at
	m.Edit = knowledge.Edit{
		Action: knowledge.ActionUpdate, By: knowledge.DeriveID(knowledge.KindToken, strconv.Itoa(l.count%7)), At: l.at,
		Reason: fmt.Sprintf("Reason %d: „Größe“", l.count), Key: fmt.Sprintf("%064x", l.count), Digest: fmt.Sprintf("%064x", 1000-l.count),
	}
	if change != nil {
		change(m)
	}
	return l.save(next)
}

// remove deletes a record.
func (l *life) remove(e knowledge.Entity) {
	l.t.Helper()
	l.revise(e, func(m *knowledge.Meta) { m.Deleted, m.Edit.Action = true, knowledge.ActionDelete })
}

// record makes an authority.
func (l *life) record(slug string) knowledge.Entity {
	l.t.Helper()
	l.at = l.at.Add(time.Second)
	e := knowledgetest.Authority(slug, "Town "+slug, "ES")
	e.CreatedAt, e.UpdatedAt, e.Edit.At = l.at, l.at, l.at
	return l.save(e)
}

// rename gives a record another slug.
func (l *life) rename(e knowledge.Entity, slug string) knowledge.Entity {
	l.t.Helper()
	return l.revise(e, func(m *knowledge.Meta) { m.Slug = slug })
}

// exchange lets slugs go from record to record: to one that comes before it in a file and to one far behind it, and around in a
// circle.
func (l *life) exchange() {
	l.t.Helper()
	many := make([]knowledge.Entity, 600) // Import reads 500 lines at a time: the two ends of the alphabet are not read together.
	for i := range many {
		many[i] = knowledgetest.Authority(fmt.Sprintf("ff-%d", i), "Town", "ES")
		knowledge.FillLists(many[i])
	}
	if err := l.store.Save(l.t.Context(), many...); err != nil {
		l.t.Fatal(err)
	}
	first, second := l.record("aa-first"), l.record("zz-second")
	second = l.rename(second, "mm-second")
	l.rename(first, "zz-second")
	l.rename(second, "aa-first")

	one, two := l.record("aa-one"), l.record("zz-two")
	one = l.rename(one, "mm-free")
	two = l.rename(two, "aa-one")
	one = l.rename(one, "zz-two")
	two = l.rename(two, "mm-free")
	one = l.rename(one, "aa-one")
	l.rename(two, "zz-two")
	l.rename(one, "aa-one-at-last")

	passing := l.rename(l.record("cc-passing"), "ss-late")
	l.rename(passing, "cc-passed")
	l.record("ss-late")

	revoked := knowledgetest.Token("revoked", knowledge.RoleEditor, "aa-first")
	l.save(revoked)
	next := knowledge.Clone(revoked).(*knowledge.Token)
	next.RevokedAt = new(l.at)
	l.revise(next, nil)
}

// bury lets a slug go from one deleted record to another, and deletes a record before it was anything.
func (l *life) bury() {
	l.t.Helper()
	gone := l.record("nn-gone")
	l.remove(gone)
	heir := l.rename(l.record("zz-heir"), "nn-gone")
	l.remove(heir)
	l.rename(l.record("aa-heir"), "nn-gone")

	claim := knowledgetest.Token("a claim", knowledge.RoleReader)
	claim.Slug, claim.Deleted = "", true
	l.save(claim)
}
