package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// viewerResolver answers the fields of a viewer.
type viewerResolver struct{}

// Authorities are those that the viewer writes for.
func (viewerResolver) Authorities(ctx context.Context, obj *relay.Viewer) ([]*knowledge.Authority, error) {
	return all[*knowledge.Authority](ctx, obj.Actor.Authorities)
}

// Viewer is who is asking.
func (queryResolver) Viewer(ctx context.Context) (*relay.Viewer, error) {
	return relay.ViewerOf(knowledge.ReaderFrom(ctx).Actor), nil
}
