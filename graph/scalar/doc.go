// Package scalar reads and writes the scalars of the schema that are more than a text.
//
// Dates, languages, countries and addresses travel as texts and are checked by the domain, so that a
// bad one is answered with the path of its field. Only graph/generated uses the package.
package scalar
