package auth

import (
	"context"
	"crypto/subtle"
	"errors"
	"slices"
	"strings"
	"time"

	"goodpractice/internal/knowledge"
)

// maxHeader is the number of bytes of an Authorization header that is looked at. Ours has 53; what is
// much longer is no token of ours and is not worth hashing.
const maxHeader = 256

// scheme is what a header begins with, in any case (RFC 9110 §11.1).
const scheme = "bearer"

// Loader reads tokens, from a store or from a memory that hears of every change.
type Loader interface {
	// Load returns the entities in the order asked for; nil for one that is missing or deleted.
	Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error)
}

// Options are what an Authenticator needs. Every field is required.
type Options struct {
	Store Loader
	// Now is the clock that tokens expire by.
	Now func() time.Time
}

// Authenticator tells actors by their tokens. It may be used from any goroutine.
type Authenticator struct {
	store Loader
	now   func() time.Time
}

// New makes an Authenticator.
func New(o Options) (*Authenticator, error) {
	if o.Store == nil || o.Now == nil {
		return nil, errors.New("auth: a store and a clock are both required")
	}
	return &Authenticator{store: o.Store, now: o.Now}, nil
}

// Authenticate tells who sent the value of an Authorization header; loopback says that the request came
// from this machine itself. An empty value is an anonymous reader, the zero Actor.
//
// Whatever is wrong with a value, a knowledge.Error of kind Unauthenticated with the same text is
// returned, so that nobody learns whether a token exists, has expired, was revoked or is meant for this
// machine alone. Where the store cannot be read the kind is Unavailable: the token may be a good one.
func (a *Authenticator) Authenticate(ctx context.Context, authorization string, loopback bool) (knowledge.Actor, error) {
	if authorization == "" {
		return knowledge.Actor{}, nil
	}
	secret, ok := bearer(authorization)
	if !ok {
		return knowledge.Actor{}, refused()
	}
	hash := Hash(secret)
	found, err := a.store.Load(ctx, TokenID(hash))
	if err != nil {
		return knowledge.Actor{}, unavailable(err)
	}
	if len(found) != 1 {
		return knowledge.Actor{}, refused()
	}
	token, ok := found[0].(*knowledge.Token)
	if !ok || !a.isGood(token, hash, loopback) {
		return knowledge.Actor{}, refused()
	}
	actor := knowledge.Actor{
		ID: token.ID, Name: token.Name, Role: token.Role, Authorities: slices.Clone(token.AuthorityIDs),
	}
	if token.PartnerID == nil {
		return actor, nil
	}
	actor.PartnerID = *token.PartnerID
	if err := a.mayUse(ctx, actor.PartnerID); err != nil {
		return knowledge.Actor{}, err
	}
	return actor, nil
}

// mayUse refuses the keys of a partner that is switched off.
func (a *Authenticator) mayUse(ctx context.Context, partner knowledge.ID) error {
	found, err := a.store.Load(ctx, partner)
	if err != nil {
		return unavailable(err)
	}
	if len(found) == 1 {
		if p, ok := found[0].(*knowledge.Partner); ok && p.IsOn() {
			return nil
		}
	}
	return refused()
}

// isGood tells whether the token is the one with the hash and may be used now.
func (a *Authenticator) isGood(t *knowledge.Token, hash string, loopback bool) bool {
	switch {
	case subtle.ConstantTimeCompare([]byte(t.Hash), []byte(hash)) != 1: // The id holds 128 bits of it only.
		return false
	case t.Deleted, t.Status != knowledge.StatusPublished, t.RevokedAt != nil:
		return false
	case t.ExpiresAt != nil && !a.now().Before(*t.ExpiresAt):
		return false
	}
	return loopback || !t.LoopbackOnly
}

// bearer takes the secret out of a header (RFC 6750 §2.1); false for any other form.
func bearer(authorization string) (secret string, ok bool) {
	if len(authorization) > maxHeader {
		return "", false
	}
	name, rest, _ := strings.Cut(authorization, " ")
	secret = strings.TrimLeft(rest, " ")
	if !strings.EqualFold(name, scheme) || strings.Trim(secret, "=") == "" {
		return "", false
	}
	letters := strings.TrimRight(secret, "=")
	return secret, !strings.ContainsFunc(letters, func(r rune) bool { return !isTokenLetter(r) })
}

// isTokenLetter tells whether the character may be in a token (b64token, RFC 6750 §2.1).
func isTokenLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._~+/", r)
}

// unavailable is the answer while nothing can be told of a token.
func unavailable(err error) error {
	return &knowledge.Error{
		Kind:    knowledge.Unavailable,
		Message: "The token cannot be checked at the moment. Try again later.",
		Err:     err,
	}
}

// refused is the one answer to everything that is wrong with a token.
func refused() error {
	return &knowledge.Error{
		Kind: knowledge.Unauthenticated,
		Message: "The token is not valid. It may be mistyped, expired or revoked. " +
			"Send a valid one, or none to read what is public.",
	}
}
