package graph

import (
	"time"

	"goodpractice/graph/generated"
	"goodpractice/graph/transport"
)

// Removals makes a function that tells until the end of which day something deprecated stays in the schema at least, by its
// schema coordinate; false for what is not deprecated, and where its reason names no day.
func Removals() func(coordinate string) (day time.Time, known bool) {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	return func(coordinate string) (time.Time, bool) {
		_, removed := transport.Deprecation(schema, coordinate)
		day, err := time.Parse(time.DateOnly, removed)
		return day, err == nil
	}
}
