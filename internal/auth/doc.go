// Package auth tells who is asking: it turns a bearer token into an actor, and makes the secrets of
// tokens.
//
// The program makes one Authenticator over the store; the edge asks it once for each request, with the
// value of the Authorization header (RFC 6750), and puts the actor into the request's context:
//
//	authenticator, err := auth.New(auth.Options{Store: store, Now: time.Now})
//	if err != nil {
//		return err
//	}
//	actor, err := authenticator.Authenticate(ctx, r.Header.Get("Authorization"), loopback)
//
// A secret is 256 random bits, so that a plain SHA-256 of it is as safe to store as a slow hash would
// be; a slow one protects secrets that people make up. The store has the hash alone, under an id that
// is derived from it: to authenticate takes one Load and no search.
//
// The package decides nothing about what an actor may do; the domain does. It keeps nothing in memory,
// so a token that is revoked is refused from the next request on. It reads no request, and takes the
// edge's word for whether the caller is on this machine. It starts no goroutine.
//
// The program and tests may import it. It imports the domain only.
package auth
