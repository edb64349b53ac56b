package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// organisationResolver answers the fields of an organisation.
type organisationResolver struct{ *resolver }

// Permalink is the address to cite.
func (r organisationResolver) Permalink(_ context.Context, obj *knowledge.Organisation) (string, error) {
	return r.permalink(obj)
}

// Country is where it is at home.
func (r organisationResolver) Country(ctx context.Context, obj *knowledge.Organisation) (*knowledge.Country, error) {
	return one[*knowledge.Country](ctx, countryID(obj.CountryCode))
}

// Parent is the authority that it belongs to.
func (r organisationResolver) Parent(ctx context.Context, obj *knowledge.Organisation) (*knowledge.Authority, error) {
	return one[*knowledge.Authority](ctx, obj.ParentID)
}

// Entries are those that it took part in.
func (r organisationResolver) Entries(
	ctx context.Context, obj *knowledge.Organisation, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.EntryConnection, error) {
	l := entries(filter, orderBy, linked(obj.ID, knowledge.RelOrganisation), knowledge.EntryKinds()...)
	return connection[knowledge.Entry](ctx, r.resolver, l, window{first, after, last, before})
}

// Events are those that it called or took part in.
func (r organisationResolver) Events(
	ctx context.Context, obj *knowledge.Organisation, first *int, after *string, last *int, before *string,
) (*relay.EventConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelParticipant, knowledge.RelOrganiser), knowledge.KindEvent)
	return connection[*knowledge.Event](ctx, r.resolver, l, window{first, after, last, before})
}

// Studies are those that it made.
func (r organisationResolver) Studies(
	ctx context.Context, obj *knowledge.Organisation, first *int, after *string, last *int, before *string,
) (*relay.StudyConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelAuthor), knowledge.KindStudy)
	return connection[*knowledge.Study](ctx, r.resolver, l, window{first, after, last, before})
}
