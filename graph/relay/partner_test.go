package relay_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

func TestDeprecatedUsesAreAddedUp(t *testing.T) {
	t.Parallel()
	counted := []knowledge.Usage{
		{Day: "2026-03-01", Operation: "A", Requests: 1},
		{Day: "2026-03-01", Deprecated: "T.old", Requests: 1},
		{Day: "2026-03-03", Deprecated: "T.old", Requests: math.MaxInt32},
		{Day: "2026-03-02", Deprecated: "T.old", Requests: 1},
		{Day: "2026-03-02", Deprecated: "T.gone", Requests: 2},
	}
	got := relay.DeprecatedUses(counted, func(coordinate string) (string, knowledge.Date) {
		if coordinate == "T.old" {
			return "Use new. Removed after 2027-01-01.", "2027-01-01"
		}
		return "", ""
	})
	want := []*relay.DeprecatedUse{
		{Coordinate: "T.gone", LastUsedOn: "2026-03-02", Requests: 2},
		{
			Coordinate: "T.old", Reason: new("Use new. Removed after 2027-01-01."), RemovedAfter: new(knowledge.Date("2027-01-01")),
			LastUsedOn: "2026-03-03", Requests: math.MaxInt32,
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("uses (-want +got):\n%s", diff)
	}
}

func TestUsageWithoutCountsIsAnEmptyList(t *testing.T) {
	t.Parallel()
	if got := relay.UsageDays(nil); got == nil || len(got) != 0 {
		t.Errorf("%v", got)
	}
}
