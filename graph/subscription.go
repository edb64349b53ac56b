package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// subscriptionResolver answers the fields of Subscription.
type subscriptionResolver struct{ *resolver }

// EntryPublished follows entries as they become public.
func (r subscriptionResolver) EntryPublished(
	ctx context.Context, filter *knowledge.EntryFilter,
) (<-chan knowledge.Entry, error) {
	changes, err := r.catalog.Follow(ctx, filter, true)
	if err != nil {
		return nil, err
	}
	return forward(ctx, changes, func(c catalog.Change) (knowledge.Entry, bool) { return c.Entry, c.Entry != nil }), nil
}

// EntryChanged follows the changes that the reader may see.
func (r subscriptionResolver) EntryChanged(
	ctx context.Context, filter *knowledge.EntryFilter,
) (<-chan *relay.EntryChange, error) {
	changes, err := r.catalog.Follow(ctx, filter, false)
	if err != nil {
		return nil, err
	}
	return forward(ctx, changes, func(c catalog.Change) (*relay.EntryChange, bool) {
		return &relay.EntryChange{ID: c.ID, Revision: c.Revision, Entry: c.Entry}, true
	}), nil
}

// forward sends on what it receives in another form, and leaves out what has none. It starts a goroutine that ends when
// the source is closed or the context ends.
func forward[From, To any](ctx context.Context, from <-chan From, translate func(From) (To, bool)) <-chan To {
	to := make(chan To)
	go func() {
		defer close(to)
		for x := range from {
			y, ok := translate(x)
			if !ok {
				continue
			}
			select {
			case to <- y:
			case <-ctx.Done():
				return
			}
		}
	}()
	return to
}
