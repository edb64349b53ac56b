package storetest

import (
	"fmt"
	"strings"
	"time"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func roundTrips() []contract {
	return []contract{
		{"every kind comes back with every field", everyField},
		{"a record with nothing set comes back", nothingSet},
		{"nil and empty lists stay what they are", nilAndEmpty},
		{"times come back in UTC to the millisecond", times},
		{"texts chosen for a reader are not kept", localised},
		{"a body of one MiB comes back", largeBody},
		{"what is saved and loaded is nobody else's", noAliasing},
		{"data outlive the engine", outlives},
	}
}

func everyField(t scene) {
	engine := fresh(t, t.open)
	for _, kind := range knowledge.Kinds() {
		for seed := range uint64(3) {
			want := knowledgetest.Fill(kind, seed)
			save(t, engine, want)
			stored(t, engine, want)
		}
	}
}

func nothingSet(t scene) {
	engine := fresh(t, t.open)
	for i, kind := range knowledge.Kinds() {
		e := knowledge.New(kind)
		e.Head().ID = knowledgetest.ID(kind, "bare")
		e.Head().Slug = fmt.Sprint("bare-", i)
		e.Head().Revision = 1
		save(t, engine, e)
		stored(t, engine, e)
	}
}

func nilAndEmpty(t scene) {
	engine := fresh(t, t.open)
	p := knowledgetest.Practice("lists")
	p.ThemeIDs, p.TargetGroupIDs = nil, []knowledge.ID{}
	p.Contributors, p.Sources = []knowledge.Contributor{}, nil
	p.Metrics, p.Costs = []knowledge.Metric{}, nil
	p.Texts[0].BuildingBlocks = []knowledge.BuildingBlock{}
	p.Provenance = &knowledge.Provenance{Derived: []string{}}
	save(t, engine, p)
	stored(t, engine, p)
}

func times(t scene) {
	engine := fresh(t, t.open)
	for i, at := range []time.Time{
		time.Date(2012, time.December, 17, 23, 59, 59, 999_000_000, time.UTC),
		time.Date(1000, time.January, 1, 0, 0, 0, 1_000_000, time.UTC),
		time.Date(2200, time.December, 31, 0, 0, 0, 0, time.UTC),
	} {
		p := knowledgetest.Practice(fmt.Sprint("times-", i))
		p.CreatedAt, p.UpdatedAt, p.Edit.At, p.PublishedAt = at, at, at, &at
		save(t, engine, p)
		got, ok := load(t, engine, p.ID)[0].(*knowledge.Practice)
		if !ok {
			t.Fatal("no practice came back")
		}
		for _, back := range []time.Time{got.CreatedAt, got.UpdatedAt, got.Edit.At, *got.PublishedAt} {
			if !back.Equal(at) || back.Location() != time.UTC {
				t.Errorf("%s came back as %s in %s", at, back, back.Location())
			}
		}
	}
}

func localised(t scene) {
	engine := fresh(t, t.open)
	for _, kind := range knowledge.Kinds() {
		want := knowledgetest.Fill(kind, 5)
		shown := knowledge.Clone(want)
		shown.Localise([]knowledge.LanguageTag{"en"})
		save(t, engine, shown)
		stored(t, engine, want)
	}
}

func largeBody(t scene) {
	engine := fresh(t, t.open)
	p := knowledgetest.Practice("large", knowledgetest.Summed(strings.Repeat("Čačak <здравље> \"Αθήνα\" 🙂\n", (1<<20)/40)))
	save(t, engine, p)
	next := knowledgetest.Revised(p, nil)
	save(t, engine, next)
	stored(t, engine, next)
	equal(t, "history", p, history(t, engine, p.ID, 2, 1)[0])
}

func noAliasing(t scene) {
	engine := fresh(t, t.open)
	p := knowledgetest.Practice("alias", knowledgetest.Themed("housing", "work"))
	want := knowledge.Clone(p)
	spoil := func(e knowledge.Entity) {
		q, ok := e.(*knowledge.Practice)
		if !ok {
			t.Fatalf("got %T instead of the practice", e)
		}
		q.Texts[0].Title, q.ThemeIDs[0], *q.PrimaryThemeID, q.Edit.Reason = "spoilt", "spoilt", "spoilt", "spoilt"
	}
	save(t, engine, p)
	spoil(p)
	stored(t, engine, want)

	twice := load(t, engine, want.Head().ID, want.Head().ID)
	spoil(twice[0])
	equal(t, "second copy of one load", want, twice[1])
	spoil(history(t, engine, want.Head().ID, 0, 1)[0])
	f := follow(t, engine, "")
	spoil(f.next().Entity)
	f.stop()
	stored(t, engine, want)
}

func outlives(t scene) {
	dir := t.TempDir()
	engine := reopen(t, t.open, dir)
	first := knowledgetest.Practice("outlives")
	second := knowledgetest.Revised(first, nil)
	gone := knowledgetest.Practice("gone")
	save(t, engine, first, second, gone, knowledgetest.Deleted(gone))
	shut(t, engine)

	engine = reopen(t, t.open, dir)
	stored(t, engine, second)
	equal(t, "history", first, history(t, engine, first.ID, 2, 1)[0])
	if got := load(t, engine, gone.ID)[0]; got != nil {
		t.Errorf("the tombstone was loaded as %+v", got)
	}
	refused(t, engine.Save(t.Context(), knowledgetest.Revised(first, nil)), knowledge.ErrConflict)
	other := knowledgetest.Practice("other")
	other.Slug = first.Slug
	refused(t, engine.Save(t.Context(), other), knowledge.ErrSlugTaken)
	save(t, engine, knowledgetest.Revised(second, nil))
}
