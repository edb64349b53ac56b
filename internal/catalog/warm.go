package catalog

import (
	"context"
	"fmt"
	"slices"

	"goodpractice/internal/knowledge"
)

// Warm fills the memory after a start, so that the server can answer when the store cannot be read:
// first with the tokens, which have a place of their own, then with the records whose names are on every
// page, up to half of it, and then with what the index lists as most recently updated, until it is full.
// Call it once the index has caught up.
//
// It reads one batch after the other, with a read of the index and at most one of the store each, and
// ends early with an error where one of them fails or ctx ends. What was read until then stays, and a
// second call goes on from there.
func (c *Catalog) Warm(ctx context.Context) error {
	named := []knowledge.Kind{
		knowledge.KindTheme, knowledge.KindTargetGroup, knowledge.KindCountry, knowledge.KindAuthority, knowledge.KindOrganisation,
		knowledge.KindPartner,
	}
	tokens, records := map[knowledge.ID]bool{}, map[knowledge.ID]bool{}
	for _, part := range []struct {
		kinds []knowledge.Kind
		upTo  int
		taken map[knowledge.ID]bool
	}{
		{[]knowledge.Kind{knowledge.KindToken}, c.bodies.tokens.capacity, tokens},
		{named, c.bodies.records.capacity / 2, records},
		{kindsBut(knowledge.KindToken), c.bodies.records.capacity, records},
	} {
		if err := c.warm(ctx, part.kinds, part.upTo, part.taken); err != nil {
			return fmt.Errorf("fill the memory with records: %w", err)
		}
	}
	return nil
}

// kindsBut are all kinds but one.
func kindsBut(one knowledge.Kind) []knowledge.Kind {
	return slices.DeleteFunc(slices.Clone(knowledge.Kinds()), func(k knowledge.Kind) bool { return k == one })
}

// warm takes in records of the kinds, the most recently updated first, until so many are taken.
func (c *Catalog) warm(ctx context.Context, kinds []knowledge.Kind, upTo int, taken map[knowledge.ID]bool) error {
	l := knowledge.Listing{
		Kinds: kinds, Order: knowledge.Order{Field: knowledge.OrderUpdatedAt},
		Filter: knowledge.EntryFilter{Statuses: allStatuses()},
		Viewer: knowledge.Actor{Role: knowledge.RoleAdministrator}, // The memory is for all readers.
	}
	for more := true; more && len(taken) < upTo; {
		if err := ctx.Err(); err != nil {
			return err
		}
		l.Page.First = knowledge.MaxPageSize
		found, err := c.Search.Find(ctx, l)
		if err != nil {
			return err
		}
		var batch []knowledge.ID
		for _, hit := range found.Hits {
			if l.Page.After = hit.Cursor; !taken[hit.ID] && len(taken) < upTo {
				taken[hit.ID] = true
				batch = append(batch, hit.ID)
			}
		}
		if _, err := c.bodies.load(ctx, batch...); err != nil {
			return err
		}
		more = found.HasNext && len(found.Hits) > 0
	}
	return nil
}
