package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// CreateToken gives out a token.
func (r mutationResolver) CreateToken(
	ctx context.Context, input relay.CreateTokenInput,
) (*relay.CreateTokenPayload, error) {
	token, secret, err := r.catalog.CreateToken(ctx, catalog.TokenDraft{
		Name: input.Name, Role: input.Role, Authorities: input.Authorities, Partner: input.Partner,
		ExpiresAt: input.ExpiresAt,
	})
	forget(ctx)
	refused, err := refusal(err)
	if err != nil || len(refused) > 0 {
		return &relay.CreateTokenPayload{UserErrors: refused}, err
	}
	return &relay.CreateTokenPayload{
		Token: token, Secret: &secret, ConsistencyToken: knowledge.ConsistencyTokenOf(token).String(), UserErrors: refused,
	}, nil
}

// RevokeToken ends a token.
func (r mutationResolver) RevokeToken(
	ctx context.Context, input relay.RevokeTokenInput,
) (*relay.RevokeTokenPayload, error) {
	token, err := r.catalog.RevokeToken(ctx, input.ID)
	forget(ctx)
	refused, err := refusal(err)
	if err != nil || len(refused) > 0 {
		return &relay.RevokeTokenPayload{UserErrors: refused}, err
	}
	return &relay.RevokeTokenPayload{
		Token: token, ConsistencyToken: knowledge.ConsistencyTokenOf(token).String(), UserErrors: refused,
	}, nil
}
