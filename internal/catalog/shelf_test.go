package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

// long is a practice with a text of so many bytes.
func long(slug string, bytes int) *knowledge.Practice {
	return knowledgetest.Practice(slug, knowledgetest.Saying(func(x *knowledge.EntryText) { x.Action = strings.Repeat("x", bytes) }))
}

func TestMemoryIsBoundedByBytes(t *testing.T) {
	t.Parallel()
	var records []knowledge.Entity
	for i := range 6 {
		records = append(records, long(fmt.Sprintf("practice-%d", i), 20_000))
	}
	huge := long("huge", 200_000)
	r := newRig(t, append(records, huge)...)
	c := r.with(t, func(o *catalog.Options) { o.CacheBytes = 100_000 })
	ids := make([]knowledge.ID, len(records))
	for i, e := range records {
		ids[i] = e.Head().ID
		if _, err := c.Load(as(t, admin()), ids[i]); err != nil {
			t.Fatal(err)
		}
	}
	// Each takes 20,000 bytes and some more: four of them fit.
	same(t, "held", map[knowledge.ID]knowledge.Revision{ids[2]: 1, ids[3]: 1, ids[4]: 1, ids[5]: 1}, held(t, c, ids...))
	if found, err := c.Load(as(t, admin()), huge.ID); err != nil || found[0] == nil {
		t.Fatalf("%v, %v", found, err)
	}
	same(t, "held with one that is too large", 4, len(held(t, c, append(ids, huge.ID)...)))
	c.Changed([]knowledge.Entity{knowledgetest.Revised(records[0], nil)})
	same(t, "held with another, which has no room", 4, len(held(t, c, ids...)))
	grown := knowledgetest.Revised(records[5].(*knowledge.Practice), func(p *knowledge.Practice) { p.Texts[0].Action = strings.Repeat("x", 60_000) })
	c.Changed([]knowledge.Entity{grown})
	got := held(t, c, ids...)
	if got[ids[5]] != 2 || len(got) != 2 {
		t.Errorf("when one has grown, %v are held, want it and one more", got)
	}
	c.Changed([]knowledge.Entity{knowledgetest.Deleted(grown)})
	for _, id := range ids[1:4] {
		if _, err := c.Load(as(t, admin()), id); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "held when it is gone", 4, len(held(t, c, ids...)))
}

func TestPagesDoNotDriveOutTokens(t *testing.T) {
	t.Parallel()
	token := knowledgetest.Token("secret", knowledge.RoleEditor)
	var records []knowledge.Entity
	for i := range 20 {
		records = append(records, knowledgetest.Practice(fmt.Sprintf("practice-%d", i)))
	}
	r := newRig(t, append(records, token)...)
	c := r.small(t, 10)
	if err := c.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, e := range records {
		if _, err := c.Load(as(t, anonymous()), e.Head().ID); err != nil {
			t.Fatal(err)
		}
	}
	r.faults.set(func(f *faulty) { f.load = func([]knowledge.ID) error { return unavailable() } })
	if found, err := c.Tokens().Load(t.Context(), token.ID); err != nil || found[0] == nil {
		t.Errorf("a token that nobody has used since the start: %v, %v", found, err)
	}
}
