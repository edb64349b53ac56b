package transport

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/maypok86/otter/v2"
)

const (
	// cachedResponseBytes bounds the answers that are kept, their keys and their packed forms included.
	cachedResponseBytes = 64 << 20
	// cachedResponseLongest is the longest answer that is kept.
	cachedResponseLongest = 1 << 20
	// cachedResponseOverhead is what an answer takes beside its bytes, and a little more, so that there are never more than
	// 64 K of them.
	cachedResponseOverhead = 1 << 10
)

// responses keeps the answers that everybody may have, each for one version of what was asked. The eviction is W-TinyLFU:
// requests that come once, as many as there may be, do not push out those that come often.
type responses struct {
	version func() (uint64, bool)
	variant func(context.Context) (string, bool)
	// private are request headers and extensions whose presence makes an answer one for who asked.
	private, privateExtensions []string

	kept *otter.Cache[responseKey, *keptResponse]

	mu     sync.Mutex
	inHand map[slotKey]*slot // Guarded by mu.
}

// responseKey is everything that an answer to an anonymous GET depends on, besides the version. The query string is taken as
// it was sent: it holds document, document id, operation name, variables and extensions, and two that differ have two
// entries. What was negotiated and understood is in mediaType and variant.
type responseKey struct {
	mediaType, variant, query string
}

// slotKey is a question at one version.
type slotKey struct {
	responseKey

	version uint64
}

// slot is where the answer to a question is put that is being worked out, for all who ask it meanwhile.
type slot struct {
	key    slotKey
	done   chan struct{} // Closed when response is set for good.
	closed bool          // Guarded by responses.mu.
	// response is nil where the answer is not one for everybody. Written by who made the slot, before done is closed.
	response *keptResponse
}

// newResponses returns nil where the options do not tell what is needed to keep answers.
func newResponses(o Options) *responses {
	if o.Version == nil || o.Variant == nil {
		return nil
	}
	return &responses{
		version: o.Version, variant: o.Variant, private: o.Vary, privateExtensions: o.VaryExtensions, inHand: make(map[slotKey]*slot),
		kept: otter.Must(&otter.Options[responseKey, *keptResponse]{
			MaximumWeight: cachedResponseBytes,
			Weigher: func(k responseKey, r *keptResponse) uint32 {
				return uint32(cachedResponseOverhead + len(k.query) + len(k.variant) + 2*len(r.body)) //nolint:gosec // Bounded.
			},
		}),
	}
}

// keyOf is the key of a request, at the version that its answer will be of at least. False for a request that is answered
// for who asked alone, or not kept now.
func (c *responses) keyOf(r *http.Request, mediaType string) (slotKey, bool) {
	if c == nil || !isGet(r) || mediaType == "" || len(r.URL.RawQuery) > cachedResponseLongest {
		return slotKey{}, false
	}
	if len(r.Header["Authorization"]) > 0 {
		return slotKey{}, false
	}
	for _, name := range c.private {
		if len(r.Header.Values(name)) > 0 {
			return slotKey{}, false
		}
	}
	variant, ok := c.variant(r.Context())
	if !ok {
		return slotKey{}, false
	}
	version, ok := c.version()
	return slotKey{responseKey{mediaType, variant, r.URL.RawQuery}, version}, ok
}

// isForAll tells whether nothing in the extensions of a request is about who asked.
func (c *responses) isForAll(operation *graphql.OperationContext) bool {
	return c != nil && !slices.ContainsFunc(c.privateExtensions, func(key string) bool { return operation.Extensions[key] != nil })
}

// find is the kept answer of a question's version.
func (c *responses) find(k slotKey) *keptResponse {
	if found, ok := c.kept.GetIfPresent(k.responseKey); ok && found.version == k.version {
		return found
	}
	return nil
}

// enter gives the slot of a question. Who makes it leads, and must leave it; others wait for done.
func (c *responses) enter(k slotKey) (s *slot, leads bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s, ok := c.inHand[k]; ok {
		return s, false
	}
	s = &slot{key: k, done: make(chan struct{})}
	c.inHand[k] = s
	return s, true
}

// leave lets those go who wait at the slot. It may be called again, and with nil.
func (c *responses) leave(s *slot) {
	if s == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !s.closed {
		s.closed = true
		delete(c.inHand, s.key)
		close(s.done)
	}
}

// keep stores the answer to the slot's question. The version was read before the answer was begun, so that the answer is
// at least as new; at a later version it is not given any more.
func (c *responses) keep(s *slot, r *keptResponse) {
	if s == nil || len(r.body) > cachedResponseLongest {
		return
	}
	r.version = s.key.version
	s.response = r
	key := s.key.responseKey
	key.query = strings.Clone(key.query) // It is a part of a buffer of the connection.
	c.kept.Set(key, r)
}

// isGet tells whether a request only reads, by its method: a HEAD is answered like a GET, and net/http drops the body.
func isGet(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }
