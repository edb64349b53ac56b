package graph

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"goodpractice/internal/knowledge"
)

// Since tells since when something has been so; false while it is not.
type Since func() (since time.Time, is bool)

// never is what is never so.
func never() (time.Time, bool) { return time.Time{}, false }

// freshness tells how fresh answers are.
type freshness struct {
	away   Since // The database does not answer.
	behind Since // The search index lacks what is in it.
}

// extensions marks what may be out of date: what is answered while the database is away, and afterwards until the index has
// caught up.
func (f freshness) extensions() map[string]any {
	since, isAway := f.away()
	message := "The database is away. What you see is from memory and from the search index, and may be older than what " +
		"is stored."
	if behind, is := f.behind(); is {
		if !isAway {
			message = "The search index has not caught up with the database. What you see may be older than what is stored."
		}
		if !isAway || behind.Before(since) {
			since = behind
		}
	} else if !isAway {
		return nil
	}
	return map[string]any{"stale": map[string]any{"since": since.UTC().Format(time.RFC3339), "message": message}}
}

// refuseWrites refuses mutations while the database is away, before anything of them is begun.
func (f freshness) refuseWrites() error {
	if _, is := f.away(); !is {
		return nil
	}
	return &knowledge.Error{
		Kind:    knowledge.Unavailable,
		Message: "The database is away, so nothing can be changed now. Nothing was saved: send the request again later.",
	}
}

// isMutation tells whether the operation changes something.
func isMutation(ctx context.Context) bool {
	return graphql.GetOperationContext(ctx).Operation.Operation == ast.Mutation
}

// partly makes of a failure to read some records an error of the field beside its value. Any other failure is the field's.
func partly(ctx context.Context, err error) error {
	if !knowledge.IsKind(err, knowledge.Unavailable) {
		return err
	}
	graphql.AddError(ctx, err)
	return nil
}
