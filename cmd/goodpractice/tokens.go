package main

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"goodpractice/internal/admin"
	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// tokens gives out tokens and ends them, as the catalog does for administrators.
type tokens struct{ *app }

// Create implements admin.Tokens.
func (t tokens) Create(ctx context.Context, d admin.TokenDraft) (admin.Token, string, error) {
	if err := t.awaitIndex(ctx); err != nil { // Slugs are looked up in it.
		return admin.Token{}, "", err
	}
	ctx = asOperator(ctx)
	draft := catalog.TokenDraft{
		Name: d.Name, Role: d.Role, Authorities: d.Authorities, ExpiresAt: d.ExpiresAt, LoopbackOnly: d.LoopbackOnly,
	}
	if d.Partner != "" {
		draft.Partner = &d.Partner
	}
	made, secret, err := t.catalog.CreateToken(ctx, draft)
	if err != nil {
		return admin.Token{}, "", inFlags(err, d)
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
		Filter: knowledge.EntryFilter{Statuses: everyStatus()},
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

// everyStatus lists the statuses, so that no token is left out whatever a file gave it.
func everyStatus() []knowledge.EditorialStatus {
	values := knowledge.EnumValues("EditorialStatus")
	statuses := make([]knowledge.EditorialStatus, len(values))
	for i, value := range values {
		statuses[i] = knowledge.EditorialStatus(value)
	}
	return statuses
}

// Revoke implements admin.Tokens.
func (t tokens) Revoke(ctx context.Context, id knowledge.ID) (admin.Token, error) {
	if err := t.awaitRecords(ctx); err != nil {
		return admin.Token{}, err
	}
	ctx = asOperator(ctx)
	revoked, err := t.catalog.RevokeToken(ctx, id)
	if err != nil {
		return admin.Token{}, inFlags(err, admin.TokenDraft{})
	}
	return t.show(ctx, revoked)
}

// inFlags says a refusal in the words of the command line: where the catalog names a field of its
// input, it names the flag that the draft came from.
func inFlags(err error, d admin.TokenDraft) error {
	refused, ok := errors.AsType[knowledge.Problems](err)
	if !ok {
		return err
	}
	lines := make([]string, len(refused))
	for i, problem := range refused {
		lines[i] = flagOf(problem.Path, d) + problem.Message
	}
	return &knowledge.Error{Kind: knowledge.Invalid, Message: strings.Join(lines, "; ")}
}

// flagOf is what stands before the message of a problem with a field; nothing for an argument.
func flagOf(path []string, d admin.TokenDraft) string {
	if len(path) == 0 {
		return ""
	}
	switch path[0] {
	case "authorities":
		if i, err := strconv.Atoi(path[len(path)-1]); err == nil && i >= 0 && i < len(d.Authorities) {
			return "--authority " + d.Authorities[i] + ": "
		}
		return "--authority: "
	case "partner":
		return "--partner " + d.Partner + ": "
	case "expiresAt":
		return "--expires: "
	case "name", "role":
		return "--" + path[0] + ": "
	default:
		return ""
	}
}

// show is a token as an operator reads it, with the slugs of its authorities and its partner.
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
	if token.PartnerID == nil {
		return shown, nil
	}
	partner, err := t.store.Load(ctx, *token.PartnerID)
	if err != nil {
		return admin.Token{}, err
	}
	if shown.Partner = string(*token.PartnerID); partner[0] != nil {
		shown.Partner = partner[0].Head().Slug
	}
	return shown, nil
}
