// Package graph answers GraphQL: its resolvers translate between the schema and the catalog, and do nothing else.
//
// New builds the handler of the endpoint from a catalog:
//
//	handler, err := graph.New(ctx, graph.Options{Catalog: c, BaseURL: "https://example.org", Logger: log, Now: time.Now})
//
// While the database is away every response says that it may be old (Options.Away, extensions.stale), and what is not in
// memory is an error beside what could be answered. Afterwards responses say so until the index has caught up
// (Options.Behind). An operation with a consistency token waits for the state that it names, if the reader may see it.
//
// Each noun has a file with its fields. A field that points at another record asks the loader of the request, so that a
// level of a query costs one call of the catalog whatever its width. A field that is a list which can grow is one page of
// catalog.Find; the first record that is asked for by the records of a page brings along what all of them are named by, so
// that a page costs two reads of the store at most. What the reader may not see is left out of lists and null elsewhere; an
// item of a list that exists only for its target (a contribution, a basis) is left out with it.
//
// The package decides nothing: no storage, no clock, no permission, no validation beyond the shape of arguments. The schema
// is schema.graphql at the root, bound to Go by gqlgen.yml. Only cmd may import the package.
package graph

//go:generate go tool gqlgen generate
