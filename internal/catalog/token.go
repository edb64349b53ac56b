package catalog

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"goodpractice/internal/knowledge"
)

// TokenDraft is a token to give out.
type TokenDraft struct {
	Name        string
	Role        knowledge.Role
	Authorities []string // slugs or ids
	// Partner is whose key it is, by slug or id; nil for a token of somebody else.
	Partner      *string
	ExpiresAt    *time.Time
	LoopbackOnly bool
}

// CreateToken gives out a token; for administrators. The secret is returned once and not kept.
func (c *Catalog) CreateToken(ctx context.Context, d TokenDraft) (*knowledge.Token, string, error) {
	actor := knowledge.ReaderFrom(ctx).Actor
	if err := mayAdminister(actor); err != nil {
		return nil, "", err
	}
	t := &knowledge.Token{Name: strings.TrimSpace(d.Name), Role: d.Role, LoopbackOnly: d.LoopbackOnly}
	for i, name := range d.Authorities {
		id, ok, err := c.find(ctx, knowledge.KindAuthority, name)
		if err != nil {
			return nil, "", err
		}
		if !ok {
			return nil, "", knowledge.Refuse(knowledge.CodeUnknown, "There is no authority with this slug or id.", "authorities", strconv.Itoa(i))
		}
		t.AuthorityIDs = append(t.AuthorityIDs, id)
	}
	if d.Partner != nil {
		id, err := c.keyOwner(ctx, *d.Partner)
		if err != nil {
			return nil, "", err
		}
		t.PartnerID = &id
	}
	if d.ExpiresAt != nil {
		at := knowledge.Instant(*d.ExpiresAt)
		if t.ExpiresAt = &at; !at.After(c.now()) {
			return nil, "", knowledge.Refuse(knowledge.CodeOutOfRange, "The token would have ended already.", "expiresAt")
		}
	}
	secret, hash := c.NewSecret()
	t.ID, t.Hash, t.Status = knowledge.DeriveID(knowledge.KindToken, hash), hash, knowledge.StatusPublished
	t.Slug = strings.ReplaceAll(strings.ToLower(string(t.ID)), "_", "-")
	problems, err := c.check(ctx, &knowledge.Token{}, t)
	if err != nil {
		return nil, "", err
	}
	if len(problems) > 0 {
		return nil, "", problems
	}
	c.stamp(actor, t, edit{action: knowledge.ActionCreate}, key{})
	if _, err := c.save(ctx, t, edit{}, key{}); err != nil {
		return nil, "", err
	}
	return t, secret, nil
}

// keyOwner finds the partner that a key is to be given to.
func (c *Catalog) keyOwner(ctx context.Context, name string) (knowledge.ID, error) {
	id, ok, err := c.find(ctx, knowledge.KindPartner, name)
	if err != nil {
		return "", err
	}
	if ok {
		found, err := c.bodies.load(ctx, id)
		switch {
		case err != nil:
			return "", err
		case isOff(found[0]):
			return "", knowledge.Refuse(knowledge.CodeNotAllowedNow, "The partner is archived, and a key would be refused; restore it first.", "partner")
		}
		return id, nil
	}
	return "", knowledge.Refuse(knowledge.CodeUnknown, "There is no partner with this slug or id.", "partner")
}

// RevokeToken ends a token at once; for administrators. A token that has ended stays as it is.
func (c *Catalog) RevokeToken(ctx context.Context, id knowledge.ID) (*knowledge.Token, error) {
	actor := knowledge.ReaderFrom(ctx).Actor
	if err := mayAdminister(actor); err != nil {
		return nil, err
	}
	for {
		entities, err := c.Store.Load(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("load the token: %w", err)
		}
		t, ok := entities[0].(*knowledge.Token)
		if !ok {
			return nil, knowledge.Refuse(knowledge.CodeNotFound, "There is no token with this id.", "id")
		}
		if t.RevokedAt != nil {
			return t, nil
		}
		now := c.now()
		t.RevokedAt, t.Status = &now, knowledge.StatusArchived
		c.stamp(actor, t, edit{action: knowledge.ActionRevoke}, key{})
		if err := c.Store.Save(ctx, t); err == nil {
			c.bodies.changed([]knowledge.Entity{t})
			c.Await(ctx, t.ID, t.Revision)
			return t, nil
		} else if !errors.Is(err, knowledge.ErrConflict) {
			return nil, fmt.Errorf("revoke the token: %w", err)
		}
	}
}

func mayAdminister(actor knowledge.Actor) error {
	switch actor.Role {
	case knowledge.RoleAdministrator:
		return nil
	case knowledge.RoleAnonymous:
		return knowledge.Refuse(knowledge.CodeSignIn, "Send an administrator's token in the header Authorization: Bearer …")
	default:
		return knowledge.Refuse(knowledge.CodeForbidden, "Only administrators may do this.")
	}
}
