package main

import (
	"context"

	"goodpractice/internal/admin"
	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// tokens gives out tokens and ends them, as the catalog does for administrators.
type tokens struct{ *app }

// Create implements admin.Tokens.
func (t tokens) Create(ctx context.Context, d admin.TokenDraft) (admin.Token, string, error) {
	if err := t.awaitIndex(ctx); err != nil { // The slugs of authorities are looked up in it.
		return admin.Token{}, "", err
	}
	ctx = asOperator(ctx)
	made, secret, err := t.catalog.CreateToken(ctx, catalog.TokenDraft{
		Name: d.Name, Role: d.Role, Authorities: d.Authorities, ExpiresAt: d.ExpiresAt, LoopbackOnly: d.LoopbackOnly,
	})
	if err != nil {
		return admin.Token{}, "", err
	}
	shown, err := t.show(ctx, made)
	return shown, secret, err
}

// List implements admin.Tokens.
func (t tokens) List(ctx context.Context) ([]admin.Token, error) {
	if err := t.awaitIndex(ctx); err != nil {
		return nil, err
	}
	ctx = asOperator(ctx)
	listed := []admin.Token{}
	listing := knowledge.Listing{
		Kinds:  []knowledge.Kind{knowledge.KindToken},
		Filter: knowledge.EntryFilter{Statuses: []knowledge.EditorialStatus{knowledge.StatusPublished, knowledge.StatusArchived}},
		Order:  knowledge.Order{Field: knowledge.OrderCreatedAt},
		Page:   knowledge.Page{First: knowledge.MaxPageSize},
	}
	for {
		page, err := t.catalog.Find(ctx, listing)
		if err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			token, ok := item.Entity.(*knowledge.Token)
			if !ok {
				continue
			}
			shown, err := t.show(ctx, token)
			if err != nil {
				return nil, err
			}
			listed = append(listed, shown)
		}
		if !page.HasNext || len(page.Items) == 0 {
			return listed, nil
		}
		listing.Page.After = page.Items[len(page.Items)-1].Cursor
	}
}

// Revoke implements admin.Tokens.
func (t tokens) Revoke(ctx context.Context, id knowledge.ID) (admin.Token, error) {
	ctx = asOperator(ctx)
	revoked, err := t.catalog.RevokeToken(ctx, id)
	if err != nil {
		return admin.Token{}, err
	}
	return t.show(ctx, revoked)
}

// show is a token as an operator reads it, with the slugs of its authorities.
func (t tokens) show(ctx context.Context, token *knowledge.Token) (admin.Token, error) {
	shown := admin.Token{
		ID: token.ID, Name: token.Name, Role: token.Role, CreatedAt: token.CreatedAt,
		ExpiresAt: token.ExpiresAt, RevokedAt: token.RevokedAt, LoopbackOnly: token.LoopbackOnly,
	}
	authorities, err := t.store.Load(ctx, token.AuthorityIDs...)
	if err != nil {
		return admin.Token{}, err
	}
	for i, e := range authorities {
		name := string(token.AuthorityIDs[i])
		if e != nil {
			name = e.Head().Slug
		}
		shown.Authorities = append(shown.Authorities, name)
	}
	return shown, nil
}
