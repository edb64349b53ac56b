package relay

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"goodpractice/internal/knowledge"
)

// UsageDay is what a partner has used on one day.
type UsageDay struct {
	Day knowledge.Date
	Counts

	Operations []*OperationUsage
}

// OperationUsage is how often an operation was asked for on one day.
type OperationUsage struct {
	Name string
	Counts
}

// Counts are what is counted, each at most what GraphQL can say.
type Counts struct {
	Requests, Failures, Points, UnprovenRequests int
}

// DeprecatedUse is something deprecated that was used.
type DeprecatedUse struct {
	Coordinate   string
	Reason       *string
	RemovedAfter *knowledge.Date
	LastUsedOn   knowledge.Date
	Requests     int
}

// UsageDays groups the counts of operations by day, the latest first, and the operations of a day by how often
// they were asked for.
func UsageDays(counted []knowledge.Usage) []*UsageDay {
	days := []*UsageDay{}
	at := map[knowledge.Date]*UsageDay{}
	sums := map[knowledge.Date]knowledge.Usage{}
	for _, u := range counted {
		if u.Deprecated != "" {
			continue
		}
		day := at[u.Day]
		if day == nil {
			day = &UsageDay{Day: u.Day}
			at[u.Day] = day
			days = append(days, day)
		}
		sums[u.Day] = sums[u.Day].Plus(u)
		day.Operations = append(day.Operations, &OperationUsage{Name: u.Operation, Counts: countsOf(u)})
	}
	for _, day := range days {
		day.Counts = countsOf(sums[day.Day])
		slices.SortFunc(day.Operations, func(a, b *OperationUsage) int {
			return cmp.Or(cmp.Compare(b.Requests, a.Requests), cmp.Compare(a.Name, b.Name))
		})
	}
	slices.SortFunc(days, func(a, b *UsageDay) int { return cmp.Compare(b.Day, a.Day) })
	return days
}

// countsOf are the counts as GraphQL can say them.
func countsOf(u knowledge.Usage) Counts {
	return Counts{
		Requests: number(u.Requests), Failures: number(u.Failures), Points: number(u.Points),
		UnprovenRequests: number(u.Unproven),
	}
}

func number(n int64) int { return int(min(n, math.MaxInt32)) }

// DeprecatedUses adds up the counts of what is deprecated, by its name. Of tells why it is deprecated and until
// when it stays, as far as the schema says.
func DeprecatedUses(
	counted []knowledge.Usage, of func(coordinate string) (reason string, removedAfter knowledge.Date),
) []*DeprecatedUse {
	uses := []*DeprecatedUse{}
	at := map[string]*DeprecatedUse{}
	for _, u := range counted {
		if u.Deprecated == "" {
			continue
		}
		use := at[u.Deprecated]
		if use == nil {
			reason, removed := of(u.Deprecated)
			use = &DeprecatedUse{Coordinate: u.Deprecated, Reason: given(reason)}
			if removed != "" {
				use.RemovedAfter = &removed
			}
			at[u.Deprecated] = use
			uses = append(uses, use)
		}
		use.LastUsedOn = max(use.LastUsedOn, u.Day)
		use.Requests = number(int64(use.Requests) + u.Requests)
	}
	slices.SortFunc(uses, func(a, b *DeprecatedUse) int { return strings.Compare(a.Coordinate, b.Coordinate) })
	return uses
}
