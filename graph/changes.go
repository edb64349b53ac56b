package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/catalog"
)

// ChangesSince tells what became of the public records.
func (r queryResolver) ChangesSince(ctx context.Context, cursor *string, first *int) (*relay.ChangePage, error) {
	size, err := relay.Size("first", first)
	if err != nil {
		return nil, err
	}
	since := ""
	if cursor != nil {
		since = *cursor
	}
	found, err := r.catalog.Changes(ctx, since, size)
	if err != nil {
		return nil, err
	}
	page := &relay.ChangePage{Changes: make([]*relay.RecordChange, len(found.Items)), NextCursor: found.Next, HasMore: found.HasMore}
	var records catalog.Page
	for i, x := range found.Items {
		page.Changes[i] = &relay.RecordChange{ID: x.ID, Kind: x.Kind, Node: x.Entity, RemovedAt: x.RemovedAt}
		if x.Entity != nil {
			records.Items = append(records.Items, catalog.Item{Entity: x.Entity})
		}
	}
	loaderFrom(ctx).expect(records)
	return page, nil
}
