package graph

import (
	"context"
	"time"

	"github.com/graph-gophers/dataloader/v7"

	"goodpractice/internal/knowledge"
)

const (
	// loaderWait is how long the loader collects ids before it asks. The resolvers of one level start within
	// microseconds of each other; each level of a query waits once.
	loaderWait = 500 * time.Microsecond
	// loaderBatch is the greatest number of ids in one call: a page is as long.
	loaderBatch = knowledge.MaxPageSize
)

// loader gathers the ids that one response asks for, and loads each once.
type loader = dataloader.Loader[knowledge.ID, knowledge.Entity]

// loaderKey is the context key of the loader.
type loaderKey struct{}

// withLoader puts a new loader into the context.
func withLoader(
	ctx context.Context, load func(context.Context, ...knowledge.ID) ([]knowledge.Entity, error),
) context.Context {
	batch := func(ctx context.Context, ids []knowledge.ID) []*dataloader.Result[knowledge.Entity] {
		entities, err := load(ctx, ids...)
		results := make([]*dataloader.Result[knowledge.Entity], len(ids))
		for i := range results {
			results[i] = &dataloader.Result[knowledge.Entity]{Error: err}
			if err == nil {
				results[i].Data = entities[i]
			}
		}
		return results
	}
	return context.WithValue(ctx, loaderKey{}, dataloader.NewBatchedLoader(batch,
		dataloader.WithWait[knowledge.ID, knowledge.Entity](loaderWait),
		dataloader.WithBatchCapacity[knowledge.ID, knowledge.Entity](loaderBatch)))
}

// loaderFrom gives the loader of the response. There is always one, because resolvers run in responses only.
func loaderFrom(ctx context.Context) *loader {
	return ctx.Value(loaderKey{}).(*loader)
}

// forget makes the loader ask again: a mutation has changed what it knows.
func forget(ctx context.Context) { loaderFrom(ctx).ClearAll() }
