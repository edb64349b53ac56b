package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

func TestWarmFillsTheMemory(t *testing.T) {
	t.Parallel()
	var records []knowledge.Entity
	for i := range 250 { // More than two batches; the last ones were updated last.
		p := knowledgetest.Practice(fmt.Sprintf("practice-%d", i))
		p.UpdatedAt = knowledgetest.Now().AddDate(0, 0, i)
		records = append(records, p)
	}
	token := knowledgetest.Token("secret", knowledge.RoleEditor)
	r := newRig(t, append(records, token)...)
	names := []knowledge.ID{
		token.ID, theme("housing"), theme("housing/social"), authority("madrid"), knowledge.CountryID("ES"),
		knowledgetest.ID(knowledge.KindOrganisation, "foundation"), knowledgetest.ID(knowledge.KindTargetGroup, "youth"),
	}
	for _, size := range []int{8192, 150, 60} {
		c := r.small(t, size)
		if err := c.Warm(t.Context()); err != nil {
			t.Fatal(err)
		}
		all := r.everything(t)
		want := min(size, len(all)-1) + 1 // The token has a place of its own.
		if got := len(held(t, c, all...)); got != want {
			t.Errorf("with room for %d of %d: %d are held", size, len(all), got)
		}
		if got := held(t, c, names...); len(got) != len(names) {
			t.Errorf("with room for %d: of the names and tokens %v are held", size, got)
		}
		if got := held(t, c, records[249].Head().ID, records[230].Head().ID); len(got) != 2 {
			t.Errorf("with room for %d: the latest changes are not held", size)
		}
		if size < 200 {
			same(t, "of the oldest", map[knowledge.ID]knowledge.Revision{}, held(t, c, records[0].Head().ID, records[50].Head().ID))
		}
	}
}

func TestWarmReadsInBatchesAndEnds(t *testing.T) {
	t.Parallel()
	r := newRig(t, library()...)
	c := r.small(t, 100)
	var batches []int
	r.faults.set(func(f *faulty) {
		f.load = func(ids []knowledge.ID) error {
			batches = append(batches, len(ids))
			return nil
		}
	})
	if err := c.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(batches) > 4 || slices.Max(batches) > knowledge.MaxPageSize {
		t.Errorf("read in batches of %v", batches)
	}
	batches = nil
	if err := c.Warm(t.Context()); err != nil || len(batches) > 0 {
		t.Errorf("a second time: read %v, %v", batches, err)
	}

	r.faults.set(func(f *faulty) { f.load = func([]knowledge.ID) error { return unavailable() } })
	if err := r.small(t, 100).Warm(t.Context()); !knowledge.IsKind(err, knowledge.Unavailable) {
		t.Errorf("away: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r.faults.set(func(f *faulty) {
		f.load = func([]knowledge.ID) error {
			cancel()
			return nil
		}
	})
	c = r.small(t, 100)
	if err := c.Warm(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if got := len(held(t, c, r.everything(t)...)); got >= len(r.everything(t)) {
		t.Errorf("cancelled, and %d are held", got)
	}
}
