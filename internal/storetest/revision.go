package storetest

import (
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func revisions() []contract {
	return []contract{
		{"a new entity begins at revision 1", firstRevision},
		{"the next revision is accepted, any other refused", nextRevision},
	}
}

func firstRevision(t scene) {
	engine := fresh(t, t.open)
	for _, revision := range []knowledge.Revision{-1, 0, 2, 7} {
		p := knowledgetest.Practice("first")
		p.Revision = revision
		refused(t, engine.Save(t.Context(), p), knowledge.ErrConflict)
		if got := load(t, engine, p.ID)[0]; got != nil {
			t.Errorf("revision %d was refused and is there", revision)
		}
		if got := history(t, engine, p.ID, 0, 10); len(got) != 0 {
			t.Errorf("revision %d was refused and has a history", revision)
		}
	}
	p := knowledgetest.Practice("first")
	save(t, engine, p)
	refused(t, engine.Save(t.Context(), p), knowledge.ErrConflict)
	stored(t, engine, p)
}

func nextRevision(t scene) {
	engine := fresh(t, t.open)
	current := knowledgetest.Practice("next")
	save(t, engine, current)
	for range 4 {
		for _, off := range []int{-2, -1, 1, 2} { // from the next revision
			wrong := knowledgetest.Revised(current, func(p *knowledge.Practice) {
				p.Revision += off
				p.Texts[0].Title = "Refused"
				p.Slug = "refused"
			})
			refused(t, engine.Save(t.Context(), wrong), knowledge.ErrConflict)
			stored(t, engine, current)
		}
		current = knowledgetest.Revised(current, func(p *knowledge.Practice) { p.Texts[0].Title += "." })
		save(t, engine, current)
		stored(t, engine, current)
	}
	if got := history(t, engine, current.ID, 0, 100); len(got) != 5 {
		t.Errorf("the history has %d states, want 5: what was refused leaves no trace", len(got))
	}
	// The slug of what was refused is still free.
	save(t, engine, knowledgetest.Practice("refused"))
}
