package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
)

// partnerResolver answers the fields of a partner.
type partnerResolver struct{ *resolver }

// Tokens are its keys.
func (r partnerResolver) Tokens(
	ctx context.Context, obj *knowledge.Partner, first *int, after *string, last *int, before *string,
) (*relay.TokenConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelKeyOf), knowledge.KindToken)
	return connection[*knowledge.Token](ctx, r.resolver, l, window{first, after, last, before})
}

// Usage is what it has used, by day.
func (r partnerResolver) Usage(
	ctx context.Context, obj *knowledge.Partner, from, to *knowledge.Date,
) ([]*relay.UsageDay, error) {
	counted, err := r.catalog.Usage(ctx, obj, from, to)
	if err != nil {
		return nil, err
	}
	return relay.UsageDays(counted), nil
}

// Deprecations are what it has used that is going to be removed.
func (r partnerResolver) Deprecations(ctx context.Context, obj *knowledge.Partner) ([]*relay.DeprecatedUse, error) {
	counted, err := r.catalog.LatestUsage(ctx, obj)
	if err != nil {
		return nil, err
	}
	return relay.DeprecatedUses(counted, func(coordinate string) (string, knowledge.Date) {
		reason, removed := transport.Deprecation(r.contract, coordinate)
		return reason, knowledge.Date(removed)
	}), nil
}

// Partner is one by id or by slug.
func (r queryResolver) Partner(ctx context.Context, id *knowledge.ID, slug *string) (*knowledge.Partner, error) {
	return lookup[*knowledge.Partner](ctx, r.resolver, knowledge.KindPartner, id, slug)
}

// Partners lists partners, those that are switched off too.
func (r queryResolver) Partners(
	ctx context.Context, first *int, after *string, last *int, before *string,
) (*relay.PartnerConnection, error) {
	l := nouns(nil, nil, nil, knowledge.KindPartner)
	l.Filter.Statuses = []knowledge.EditorialStatus{knowledge.StatusPublished, knowledge.StatusArchived}
	return connection[*knowledge.Partner](ctx, r.resolver, l, window{first, after, last, before})
}

// Partner is whose key the viewer's token is.
func (viewerResolver) Partner(ctx context.Context, obj *relay.Viewer) (*knowledge.Partner, error) {
	if obj.Actor.PartnerID == "" {
		return nil, nil //nolint:nilnil // A viewer that is no partner.
	}
	return one[*knowledge.Partner](ctx, &obj.Actor.PartnerID)
}
