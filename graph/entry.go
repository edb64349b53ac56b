package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// contributors are the authorities that contributed an entry.
func contributors(ctx context.Context, c *knowledge.EntryCore) ([]*knowledge.Authority, error) {
	ids := make([]knowledge.ID, len(c.Contributors))
	for i, x := range c.Contributors {
		ids[i] = x.AuthorityID
	}
	return all[*knowledge.Authority](ctx, ids)
}

// contributions are the same authorities with their parts.
func contributions(ctx context.Context, c *knowledge.EntryCore) ([]*knowledge.Contributor, error) {
	return visible(ctx, c.Contributors, func(x knowledge.Contributor) knowledge.ID { return x.AuthorityID })
}

// partnerships are the organisations that took part.
func partnerships(ctx context.Context, c *knowledge.EntryCore) ([]*knowledge.Partnership, error) {
	return visible(ctx, c.Partnerships, func(x knowledge.Partnership) knowledge.ID { return x.OrganisationID })
}

// evidence are the studies that looked at an entry.
func evidence(ctx context.Context, c *knowledge.EntryCore) ([]*knowledge.Evidence, error) {
	return visible(ctx, c.Evidence, func(x knowledge.Evidence) knowledge.ID { return x.StudyID })
}

// history lists the saved states of an entry that lie before a revision; nil for those who may not see them.
func (r *resolver) history(ctx context.Context, e knowledge.Entry, first, before *int) ([]*relay.Version, error) {
	limit, err := relay.Size("first", first)
	if err != nil {
		return nil, err
	}
	revision, err := relay.Before(before)
	if err != nil {
		return nil, err
	}
	states, allowed, err := r.catalog.History(ctx, e, revision, limit)
	if err != nil || !allowed {
		return nil, err
	}
	versions := make([]*relay.Version, len(states))
	for i, s := range states {
		versions[i] = relay.VersionOf(s.Entity, s.Holder)
	}
	return versions, nil
}
