package graph

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"goodpractice/internal/knowledge"
)

// Away tells since when the database has not answered; false while it answers.
type Away func() (since time.Time, away bool)

// extensions marks what is answered while the database is away.
func (away Away) extensions() map[string]any {
	since, is := away()
	if !is {
		return nil
	}
	return map[string]any{"stale": map[string]any{
		"since": since.UTC().Format(time.RFC3339),
		"message": "The database is away. What you see is from memory and from the search index, and may be older than what " +
			"is stored.",
	}}
}

// refuseWrites refuses mutations while the database is away, before anything of them is begun.
func (away Away) refuseWrites(ctx context.Context) error {
	if graphql.GetOperationContext(ctx).Operation.Operation != ast.Mutation {
		return nil
	}
	if _, is := away(); !is {
		return nil
	}
	return &knowledge.Error{
		Kind:    knowledge.Unavailable,
		Message: "The database is away, so nothing can be changed now. Nothing was saved: send the request again later.",
	}
}

// partly makes of a failure to read some records an error of the field beside its value. Any other failure is the field's.
func partly(ctx context.Context, err error) error {
	if !knowledge.IsKind(err, knowledge.Unavailable) {
		return err
	}
	graphql.AddError(ctx, err)
	return nil
}
