package catalog

import (
	"context"
	"fmt"
	"time"

	"goodpractice/internal/knowledge"
)

// defaultUsageSpan is how many days of usage are shown to those who ask for none.
const defaultUsageSpan = 31

// Usage gives what a partner has used from one day to another, both included and in UTC; nil stands for today
// and for 30 days before the last. It is for those who may read the partner, and covers
// knowledge.MaxUsageSpan days at most.
func (c *Catalog) Usage(
	ctx context.Context, p *knowledge.Partner, from, to *knowledge.Date,
) ([]knowledge.Usage, error) {
	if !knowledge.ReaderFrom(ctx).Actor.MayRead(p) {
		return nil, &knowledge.Error{Kind: knowledge.Forbidden, Message: "Only administrators and the partner itself may see this."}
	}
	last := c.now()
	if to != nil {
		day, err := dayOf(*to, "to")
		if err != nil {
			return nil, err
		}
		last = day
	}
	first := last.AddDate(0, 0, 1-defaultUsageSpan)
	if from != nil {
		day, err := dayOf(*from, "from")
		if err != nil {
			return nil, err
		}
		first = day
	}
	switch span := last.Sub(first) / (24 * time.Hour); {
	case first.After(last):
		return nil, &knowledge.Error{Kind: knowledge.Invalid, Path: []string{"from"}, Message: "The first day is after the last."}
	case span >= knowledge.MaxUsageSpan:
		return nil, &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{"from"},
			Message: fmt.Sprintf("Ask for at most %d days at a time.", knowledge.MaxUsageSpan),
		}
	}
	return c.used(ctx, p.ID, first, last)
}

// LatestUsage gives what a partner has used in the last knowledge.MaxUsageSpan days.
func (c *Catalog) LatestUsage(ctx context.Context, p *knowledge.Partner) ([]knowledge.Usage, error) {
	today := knowledge.DayOf(c.now())
	first := knowledge.DayOf(c.now().AddDate(0, 0, 1-knowledge.MaxUsageSpan))
	return c.Usage(ctx, p, &first, &today)
}

// used reads counts, of which there are none where nobody counts.
func (c *Catalog) used(ctx context.Context, id knowledge.ID, first, last time.Time) ([]knowledge.Usage, error) {
	if c.Counted == nil {
		return nil, nil
	}
	counted, err := c.Counted(ctx, id, knowledge.DayOf(first), knowledge.DayOf(last))
	if err != nil {
		return nil, fmt.Errorf("read the usage of %s: %w", id, err)
	}
	return counted, nil
}

// dayOf reads a day that somebody asks for.
func dayOf(d knowledge.Date, field string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}, &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{field}, Message: "Give a day as YYYY-MM-DD, such as 2026-05-14.",
		}
	}
	return day, nil
}
