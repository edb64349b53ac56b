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
// and the graphql-transport-ws protocol with its close codes. [Limits] bounds every request before it costs anything. Errors
// that the Translate hook does not make public are logged and shown as "internal error".
//
// What it does not do: cross-origin headers, compression, rate limits and authentication of HTTP requests belong to the
// middleware around the handler (a websocket's connection_init is the exception, see Options.Authenticate). There is no
// batching, no file upload, no @defer and no persisted query.
//
// Only package graph may import it. It imports none of our packages.
package transport
