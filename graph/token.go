package graph

import (
	"context"

	"goodpractice/internal/knowledge"
)

// tokenResolver answers the fields of a token.
type tokenResolver struct{}

// Authorities are those that its holder writes for.
func (tokenResolver) Authorities(ctx context.Context, obj *knowledge.Token) ([]*knowledge.Authority, error) {
	return all[*knowledge.Authority](ctx, obj.AuthorityIDs)
}

// Partner is whose key it is.
func (tokenResolver) Partner(ctx context.Context, obj *knowledge.Token) (*knowledge.Partner, error) {
	return one[*knowledge.Partner](ctx, obj.PartnerID)
}
