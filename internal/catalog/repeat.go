package catalog

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"goodpractice/internal/knowledge"
)

// key is a client's idempotency key bound to the actor, with the digest of what was asked for. The
// zero key stands for none.
type key struct{ hash, digest string }

// keyOf hashes the idempotency key of a request together with its actor, and the request itself.
func keyOf(actor knowledge.Actor, action knowledge.Action, r knowledge.Request, content any) key {
	if r.IdempotencyKey == nil {
		return key{}
	}
	body, err := json.Marshal(content)
	if err != nil { // Only an endless number cannot be written, which no record may hold: the check refuses it.
		body = []byte(err.Error())
	}
	return key{
		hash:   digest(string(actor.ID), *r.IdempotencyKey),
		digest: digest(string(action), string(body)),
	}
}

func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// reuseWindow is how many revisions back a key is recognised that is used again for another request. A
// repetition of the same request is recognised however long ago it was.
const reuseWindow = 10

// repeated finds the state that an earlier request with the same key saved on the base of the revision.
// It is nil where there was none, and a refusal where the key was used for something else.
//
// What was saved on the base of revision n is revision n+1, so a repetition is found there at once.
func (c *Catalog) repeated(ctx context.Context, id knowledge.ID, base knowledge.Revision, k key) (knowledge.Entity, error) {
	if k == (key{}) {
		return nil, nil //nolint:nilnil // "no earlier request" is an answer here.
	}
	if done, err := c.savedWith(ctx, id, base+2, 1, k); done != nil || err != nil {
		return done, err
	}
	return c.savedWith(ctx, id, 0, reuseWindow, k)
}

// savedWith looks for the key in revisions of a record.
func (c *Catalog) savedWith(
	ctx context.Context, id knowledge.ID, before knowledge.Revision, limit int, k key,
) (knowledge.Entity, error) {
	versions, err := c.Store.History(ctx, id, before, limit)
	if err != nil {
		return nil, fmt.Errorf("look for an earlier request: %w", err)
	}
	for _, v := range versions {
		switch edit := v.Head().Edit; {
		case edit.Key != k.hash:
		case edit.Digest != k.digest:
			return nil, keyReused()
		default:
			return v, nil
		}
	}
	return nil, nil //nolint:nilnil // "no earlier request" is an answer here.
}

// requestID is the id of a record that a request with the key makes.
func requestID(kind knowledge.Kind, actor knowledge.Actor, key string) knowledge.ID {
	return knowledge.DeriveID(kind, "request", string(actor.ID), key)
}

// usedFor refuses a key that has made a record of another kind.
func (c *Catalog) usedFor(ctx context.Context, actor knowledge.Actor, kind knowledge.Kind, r knowledge.Request) error {
	if r.IdempotencyKey == nil {
		return nil
	}
	var ids []knowledge.ID
	for _, k := range knowledge.Kinds() {
		if k != kind {
			ids = append(ids, requestID(k, actor, *r.IdempotencyKey))
		}
	}
	others, err := c.Store.Load(ctx, ids...)
	if err != nil {
		return fmt.Errorf("look for an earlier request: %w", err)
	}
	for _, e := range others {
		if e != nil {
			return keyReused()
		}
	}
	return nil
}

func keyReused() error {
	return knowledge.Refuse(knowledge.CodeKeyReused,
		"This key was used for another request; use a new key for each new request.", "idempotencyKey")
}
