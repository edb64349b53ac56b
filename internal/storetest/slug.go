package storetest

import (
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func slugs() []contract {
	return []contract{
		{"a slug is unique within its kind", slugTaken},
		{"kinds do not share slugs", slugOfOtherKind},
		{"a slug is free after a change", slugChanged},
		{"a slug is free after a deletion", slugDeleted},
		{"a slug moves from one entity to another", slugMoves},
		{"slugs are compared byte by byte", slugBytes},
		{"an empty slug is never taken", slugEmpty},
	}
}

// called is a practice with an id of its own and the slug.
func called(name, slug string) *knowledge.Practice {
	p := knowledgetest.Practice(name)
	p.Slug = slug
	return p
}

func slugTaken(t scene) {
	engine := fresh(t, t.open)
	a, b := called("a", "one"), called("b", "two")
	save(t, engine, a, b)
	refused(t, engine.Save(t.Context(), called("c", "one")), knowledge.ErrSlugTaken)
	renamed := knowledgetest.Revised(b, func(p *knowledge.Practice) { p.Slug = "one" })
	refused(t, engine.Save(t.Context(), renamed), knowledge.ErrSlugTaken)
	stored(t, engine, a)
	stored(t, engine, b)
	if got := load(t, engine, knowledgetest.ID(knowledge.KindPractice, "c"))[0]; got != nil {
		t.Error("an entity was refused for its slug and is there")
	}
	// Both keep their slugs in their next revisions.
	save(t, engine, knowledgetest.Revised(a, nil), knowledgetest.Revised(b, nil))
}

func slugOfOtherKind(t scene) {
	engine := fresh(t, t.open)
	for i, kind := range knowledge.Kinds() {
		e := knowledgetest.Fill(kind, uint64(i))
		e.Head().Slug = "the-same"
		save(t, engine, e)
	}
}

func slugChanged(t scene) {
	engine := fresh(t, t.open)
	a := called("a", "old")
	save(t, engine, a, knowledgetest.Revised(a, func(p *knowledge.Practice) { p.Slug = "new" }))
	save(t, engine, called("b", "old"))
	refused(t, engine.Save(t.Context(), called("c", "new")), knowledge.ErrSlugTaken)
}

func slugDeleted(t scene) {
	engine := fresh(t, t.open)
	a := called("a", "one")
	save(t, engine, a, knowledgetest.Deleted(a))
	save(t, engine, called("b", "one"))
	refused(t, engine.Save(t.Context(), called("c", "one")), knowledge.ErrSlugTaken)
}

func slugMoves(t scene) {
	engine := fresh(t, t.open)
	a, b := called("a", "one"), called("b", "two")
	save(t, engine, a, b)
	a = knowledgetest.Revised(a, func(p *knowledge.Practice) { p.Slug = "three" })
	save(t, engine, a)
	b = knowledgetest.Revised(b, func(p *knowledge.Practice) { p.Slug = "one" })
	save(t, engine, b)
	// a changes again: it must not free the slug that is b's by now.
	save(t, engine, knowledgetest.Deleted(a))
	refused(t, engine.Save(t.Context(), called("c", "one")), knowledge.ErrSlugTaken)
	save(t, engine, called("d", "two"))
}

func slugBytes(t scene) {
	engine := fresh(t, t.open)
	for _, slug := range []string{"cafe", "Cafe", "CAFE", "caf\u00e9", "cafe\u0301", "strasse", "straße", "ж", "Ж", "cafe ", "a/b", "a.b", "🙂"} {
		p := called("holder of "+slug, slug)
		save(t, engine, p)
		stored(t, engine, p)
		refused(t, engine.Save(t.Context(), called("rival for "+slug, slug)), knowledge.ErrSlugTaken)
	}
}

func slugEmpty(t scene) {
	engine := fresh(t, t.open)
	a, b := called("a", ""), called("b", "")
	save(t, engine, a, b)
	stored(t, engine, a)
	b = knowledgetest.Revised(b, func(p *knowledge.Practice) { p.Slug = "named" })
	save(t, engine, b, knowledgetest.Revised(a, nil), knowledgetest.Deleted(b))
}
