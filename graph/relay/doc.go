// Package relay holds the shapes of the schema that the domain has no word for: connections and
// edges, mutation inputs and payloads, user errors.
//
// The types are generic where the schema repeats itself, and named by aliases, so that gqlgen binds
// them by name. The package imports the domain alone; graph/generated and graph use it.
package relay
