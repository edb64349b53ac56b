package graph

import (
	"goodpractice/graph/generated"
	"goodpractice/graph/transport"
)

// CheckDocument tells why the API would not run a document, see transport.CheckDocument. The default limits hold.
func CheckDocument(text, name, kind string) error {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	_, err := transport.CheckDocument(transport.WithoutDefer(schema), transport.Limits{}, text, name, kind)
	return err
}
