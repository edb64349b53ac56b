package main

import (
	"testing"

	"goodpractice/internal/knowledge"
)

// All keys of a partner spend from one bucket, whose size is in its record.
func TestKeysOfAPartnerShareItsPoints(t *testing.T) {
	t.Parallel()
	m := testMeter(t)
	m.quota = func(partner knowledge.ID) int { return map[knowledge.ID]int{"PT_own": 400_000, "PT_small": 1}[partner] }
	key := func(token, partner knowledge.ID) knowledge.Reader {
		return knowledge.Reader{Actor: knowledge.Actor{ID: token, Role: knowledge.RoleReader, PartnerID: partner}}
	}
	for _, step := range []struct {
		reader           knowledge.Reader
		points           int
		limit, remaining int
		isRefused        bool
	}{
		{key("TK_a", "PT_own"), 1000, 20_000, 19_000, false},
		{key("TK_b", "PT_own"), 1000, 20_000, 18_000, false},
		{key("TK_c", "PT_other"), 1000, 300_000, 299_000, false}, // What any token has.
		{key("TK_d", "PT_small"), 5000, 10_000, 5000, false},     // The costliest operation, now and then.
		{key("TK_d", "PT_small"), 5001, 10_000, 5000, true},
		{key("TK_a", ""), 1000, 300_000, 299_000, false},
	} {
		got := m.charge(knowledge.WithReader(t.Context(), step.reader), step.points)
		if got.Limit != step.limit || got.Remaining != step.remaining || got.Refused != step.isRefused {
			t.Errorf("%+v of %d points: %+v", step.reader.Actor, step.points, got)
		}
	}
}
