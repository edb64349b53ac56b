// Package transport carries GraphQL over the network: HTTP GET and POST, server-sent events and websockets.
//
// It is the edge around a gqlgen schema and knows nothing of what the schema says. [New] takes an executable schema and
// [Options] and returns one http.Handler:
//
//	handler, err := transport.New(ctx, executable, transport.Options{
//		Log:       log,
//		Now:       time.Now,
//		RequestID: requestid.From,
//		Translate: translate,
//	})
//
// What it holds to: the GraphQL-over-HTTP specification (media types application/graphql-response+json and
// application/json, status codes, no mutation by GET), the distinct connections mode of GraphQL over SSE by GET and POST,
// and the graphql-transport-ws protocol with its close codes. [Limits] bounds every request before it costs anything; the directives @cost and @listSize of the schema price operations, which
// are charged to their caller and executed by turns of the callers. Errors
// that the Translate hook does not make public are logged and shown as "internal error".
//
// Answers to anonymous GETs are kept in memory where Options.Version and Options.Variant say for what state and for whom they
// are right. A document may be named in the place of being sent: a trusted one (Options.Documents) by its id, and one that a
// client has registered by its hash (Apollo's automatic persisted queries).
//
// What it does not do: cross-origin headers, compression of what is not kept and authentication of HTTP requests belong to the
// middleware around the handler (a websocket's connection_init is the exception, see Options.Authenticate). There is no
// batching, no file upload and no @defer.
//
// Only package graph may import it. It imports none of our packages.
package transport
