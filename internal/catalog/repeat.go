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

// repeatWindow is how many revisions back a repeated request is recognised: more than anyone saves
// between two tries of one request.
const repeatWindow = 100

// repeated finds the state that an earlier request with the same key saved, among the revisions below
// before; 0 means the latest ones. It is nil where there was none, and a refusal where the key was used
// for something else.
func (c *Catalog) repeated(ctx context.Context, id knowledge.ID, before knowledge.Revision, k key) (knowledge.Entity, error) {
	if k == (key{}) {
		return nil, nil //nolint:nilnil // "no earlier request" is an answer here.
	}
	versions, err := c.Store.History(ctx, id, before, repeatWindow)
	if err != nil {
		return nil, fmt.Errorf("look for an earlier request: %w", err)
	}
	for _, v := range versions {
		switch edit := v.Head().Edit; {
		case edit.Key != k.hash:
		case edit.Digest != k.digest:
			return nil, knowledge.Refuse(knowledge.CodeKeyReused,
				"This key was used for another request; use a new key for each new request.", "idempotencyKey")
		default:
			return v, nil
		}
	}
	return nil, nil //nolint:nilnil // "no earlier request" is an answer here.
}
