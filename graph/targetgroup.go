package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// targetGroupResolver answers the fields of a target group.
type targetGroupResolver struct{ *resolver }

// Permalink is the address to cite.
func (r targetGroupResolver) Permalink(_ context.Context, obj *knowledge.TargetGroup) (string, error) {
	return r.permalink(obj)
}

// HiddenLabels are the labels that match in searches and are shown to editors alone.
func (r targetGroupResolver) HiddenLabels(_ context.Context, obj *knowledge.TargetGroup) ([]*knowledge.Label, error) {
	return hiddenLabels(&obj.Concept), nil
}

// Broader is the wider term.
func (r targetGroupResolver) Broader(ctx context.Context, obj *knowledge.TargetGroup) (*knowledge.TargetGroup, error) {
	return one[*knowledge.TargetGroup](ctx, obj.BroaderID)
}

// Narrower are the narrower terms.
func (r targetGroupResolver) Narrower(
	ctx context.Context, obj *knowledge.TargetGroup, first *int, after *string, last *int, before *string,
) (*relay.TargetGroupConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelBroader), knowledge.KindTargetGroup)
	return connection[*knowledge.TargetGroup](ctx, r.resolver, l, window{first, after, last, before})
}

// Related are the terms that are close to it.
func (r targetGroupResolver) Related(ctx context.Context, obj *knowledge.TargetGroup) ([]*knowledge.TargetGroup, error) {
	return all[*knowledge.TargetGroup](ctx, obj.RelatedIDs)
}

// ReplacedBy is the term to use instead.
func (r targetGroupResolver) ReplacedBy(ctx context.Context, obj *knowledge.TargetGroup) (*knowledge.TargetGroup, error) {
	return one[*knowledge.TargetGroup](ctx, obj.ReplacedByID)
}

// Entries are those on it or on a narrower term.
func (r targetGroupResolver) Entries(
	ctx context.Context, obj *knowledge.TargetGroup, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.EntryConnection, error) {
	l := entries(filter, orderBy, nil, knowledge.EntryKinds()...)
	l.Within.TargetGroups = []string{string(obj.ID)}
	return connection[knowledge.Entry](ctx, r.resolver, l, window{first, after, last, before})
}
