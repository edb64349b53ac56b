// Package web is everything HTTP that is not GraphQL: which origins may call, how large and how
// slow a request may be, security headers, the playground, health and static files.
//
// It is put around handlers made elsewhere: the program builds the GraphQL handler, hands it
// over as an http.Handler and gets back one that can face the network. Each part is also a
// handler or middleware of its own:
//
//	page, err := web.Playground("/graphql")
//	if err != nil {
//		return err
//	}
//	mux.Handle(web.PlaygroundPath, page)
//	mux.Handle(web.PlaygroundPath+"/", page)
//
// The package does not know what a practice is, reads no store and parses no GraphQL. It gets the
// check of tokens as a function, and puts the reader of a request (knowledge.WithReader) into its
// context. The playground's files are built from web/playground ("make playground") and embedded;
// a program built without them serves a page that says so. Nothing here makes a visitor's
// browser fetch anything from another host.
//
// Only cmd/goodpractice and tests may import it. It imports net/http, rs/cors, small libraries of
// the edge and knowledge, and neither gqlgen nor any other package of this project.
package web
