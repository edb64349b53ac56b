// Package auth tells who is asking: it turns a bearer token into an actor, and makes the secrets of
// tokens.
//
// The program makes one Authenticator; the edge asks it once for each request, with the value of the
// Authorization header (RFC 6750), and puts the actor into the request's context:
//
//	authenticator, err := auth.New(auth.Options{Store: catalog.Tokens(), Now: time.Now})
//	if err != nil {
//		return err
//	}
//	actor, err := authenticator.Authenticate(ctx, r.Header.Get("Authorization"), loopback)
//
// A secret is 256 random bits, so that a plain SHA-256 of it is as safe to store as a slow hash would
// be; a slow one protects secrets that people make up. The store has the hash alone, under an id that
// is derived from it: to authenticate takes one Load and no search.
//
// The package keeps nothing in memory itself: a revocation counts as soon as the Loader knows of it. The
// catalog's knows of one on the same server before the one who revokes is told that it is done, and of one
// on another server as soon as it has come by the feed, within a second. It reads tokens from memory, so
// that a request costs the store nothing, and those who have signed in lately, or whose tokens the server
// read when it started, are served while the store is away. A token that ends by its date is refused from
// that moment on, wherever it was read from.
//
// So a revocation on another server holds for reads within a second, and while a server cannot follow the
// store, reads with the token go on there, marked as stale. For changes it holds at once: before a mutation
// the API has the catalog look at the token in the store itself (Catalog.SignedInNow).
//
// The package decides nothing about what an actor may do; the domain does. It reads no request, and takes
// the edge's word for whether the caller is on this machine. It starts no goroutine.
//
// The program and tests may import it. It imports the domain only.
package auth
