package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"goodpractice/graph/generated"
	"goodpractice/graph/transport"
	"goodpractice/internal/catalog"
)

// schema is the executable schema over the resolvers.
func (r *resolver) schema() graphql.ExecutableSchema {
	plain := generated.NewExecutableSchema(generated.Config{}).Schema()
	return loading{
		ExecutableSchema: generated.NewExecutableSchema(generated.Config{
			Schema: transport.WithoutDefer(plain), Resolvers: r,
		}),
		catalog: r.catalog,
		away:    r.away,
	}
}

// loading gives each response a loader of its own. A subscription has many responses: with one loader for all of them it
// would go on showing what it loaded first.
type loading struct {
	graphql.ExecutableSchema
	catalog *catalog.Catalog
	away    Away
}

// Exec implements graphql.ExecutableSchema.
func (l loading) Exec(ctx context.Context) graphql.ResponseHandler {
	if err := l.admit(ctx); err != nil {
		graphql.AddError(ctx, err)
		return graphql.OneShot(nil)
	}
	next := l.ExecutableSchema.Exec(ctx)
	return func(ctx context.Context) *graphql.Response {
		return next(withLoader(ctx, l.catalog))
	}
}

// admit tells why an operation is not executed at all.
func (l loading) admit(ctx context.Context) error {
	if err := l.catalog.SignedIn(ctx); err != nil { // A socket outlives the check at its start.
		return err
	}
	if err := l.away.refuseWrites(ctx); err != nil {
		return err
	}
	return catchUp(ctx, l.catalog)
}
