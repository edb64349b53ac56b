package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// countryResolver answers the fields of a country.
type countryResolver struct{ *resolver }

// Permalink is the address to cite.
func (r countryResolver) Permalink(_ context.Context, obj *knowledge.Country) (string, error) {
	return r.permalink(obj)
}

// Authorities are those that lie in it.
func (r countryResolver) Authorities(
	ctx context.Context, obj *knowledge.Country, text *string, orderBy *relay.NounOrder,
	first *int, after *string, last *int, before *string,
) (*relay.AuthorityConnection, error) {
	l := nouns(text, orderBy, linked(obj.ID, knowledge.RelCountry), knowledge.KindAuthority)
	return connection[*knowledge.Authority](ctx, r.resolver, l, window{first, after, last, before})
}

// Entries are those about it.
func (r countryResolver) Entries(
	ctx context.Context, obj *knowledge.Country, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.EntryConnection, error) {
	l := entries(filter, orderBy, linked(obj.ID, knowledge.RelCountry), knowledge.EntryKinds()...)
	return connection[knowledge.Entry](ctx, r.resolver, l, window{first, after, last, before})
}

// Events are those held there or with participants from there.
func (r countryResolver) Events(
	ctx context.Context, obj *knowledge.Country, first *int, after *string, last *int, before *string,
) (*relay.EventConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelCountry), knowledge.KindEvent)
	return connection[*knowledge.Event](ctx, r.resolver, l, window{first, after, last, before})
}
