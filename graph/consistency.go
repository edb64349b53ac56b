package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

const (
	// consistencyHeader is the request header with a consistency token. On a websocket it is that of the request that
	// opened it, and holds for each of its operations.
	consistencyHeader = "Consistency-Token"
	// consistencyExtension is its name among the extensions of a request.
	consistencyExtension = "consistencyToken"
)

// catchUp waits until the server has the states that the operation's consistency tokens name.
func catchUp(ctx context.Context, c *catalog.Catalog) error {
	operation := graphql.GetOperationContext(ctx)
	texts := operation.Headers.Values(consistencyHeader)
	if len(texts) > 1 {
		return invalid("Send one consistency token: that of your last change covers your earlier ones.")
	}
	switch value := operation.Extensions[consistencyExtension].(type) {
	case nil:
	case string:
		texts = append(slices.Clip(texts), value)
	default:
		return invalid("The consistency token in the extensions is not a text.")
	}
	for _, text := range texts {
		token, err := knowledge.ParseConsistencyToken(text)
		if err != nil {
			return err
		}
		if err := c.CatchUp(ctx, token); err != nil {
			return err
		}
	}
	return nil
}
