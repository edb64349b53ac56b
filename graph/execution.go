package graph

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"goodpractice/graph/generated"
	"goodpractice/graph/transport"
	"goodpractice/internal/catalog"
)

// schema is the executable schema over the resolvers. plain is Options.Schema.
func (r *resolver) schema(plain *ast.Schema) graphql.ExecutableSchema {
	if plain == nil {
		plain = generated.NewExecutableSchema(generated.Config{}).Schema()
	}
	return loading{
		ExecutableSchema: generated.NewExecutableSchema(generated.Config{
			Schema: transport.WithoutDefer(plain), Resolvers: r,
		}),
		catalog: r.catalog,
		fresh:   r.fresh,
		gather:  r.gather,
	}
}

// loading gives each response a loader of its own. A subscription has many responses: with one loader for all of them it
// would go on showing what it loaded first.
type loading struct {
	graphql.ExecutableSchema
	catalog *catalog.Catalog
	fresh   freshness
	gather  time.Duration // Options.Gather
}

// Exec implements graphql.ExecutableSchema.
func (l loading) Exec(ctx context.Context) graphql.ResponseHandler {
	if err := l.admit(ctx); err != nil {
		graphql.AddError(ctx, err)
		return graphql.OneShot(nil)
	}
	next := l.ExecutableSchema.Exec(ctx)
	return func(ctx context.Context) *graphql.Response {
		return next(withLoader(ctx, l.catalog, l.gather))
	}
}

// admit tells why an operation is not executed at all. The token of whoever changes something is looked at in the store
// itself: another server may have revoked it. Readers are let in by what is in memory.
func (l loading) admit(ctx context.Context) error {
	check := l.catalog.SignedIn // A socket outlives the check at its start.
	if isMutation(ctx) {
		if err := l.fresh.refuseWrites(); err != nil {
			return err
		}
		check = l.catalog.SignedInNow
	}
	if err := check(ctx); err != nil {
		return err
	}
	return catchUp(ctx, l.catalog)
}
