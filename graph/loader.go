package graph

import (
	"context"
	"time"

	"github.com/graph-gophers/dataloader/v7"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

const (
	// loaderWait is how long the loader collects ids before it asks. The resolvers of one level start within
	// microseconds of each other; each level of a query waits once.
	loaderWait = 500 * time.Microsecond
	// loaderBatch is the greatest number of ids in one call: a page is as long.
	loaderBatch = knowledge.MaxPageSize
)

// loader gathers the ids that one response asks for, and loads each once. What is in memory needs no gathering: waiting for
// others would take longer than looking there.
type loader struct {
	*dataloader.Loader[knowledge.ID, knowledge.Entity]

	kept func(context.Context, knowledge.ID) (knowledge.Entity, bool)
}

// one loads a record; nil for what the reader may not see.
func (l *loader) one(ctx context.Context, id knowledge.ID) (knowledge.Entity, error) {
	if e, ok := l.kept(ctx, id); ok {
		return e, nil
	}
	return l.Load(ctx, id)()
}

// many loads records in the order of the ids.
func (l *loader) many(ctx context.Context, ids []knowledge.ID) ([]knowledge.Entity, error) {
	out := make([]knowledge.Entity, len(ids))
	thunks := make([]dataloader.Thunk[knowledge.Entity], len(ids))
	for i, id := range ids {
		e, ok := l.kept(ctx, id)
		if out[i] = e; !ok {
			thunks[i] = l.Load(ctx, id)
		}
	}
	for i, thunk := range thunks {
		if thunk == nil {
			continue
		}
		e, err := thunk()
		if err != nil {
			return nil, err
		}
		out[i] = e
	}
	return out, nil
}

// loaderKey is the context key of the loader.
type loaderKey struct{}

// withLoader puts a new loader into the context.
func withLoader(ctx context.Context, c *catalog.Catalog) context.Context {
	batch := func(ctx context.Context, ids []knowledge.ID) []*dataloader.Result[knowledge.Entity] {
		entities, err := c.Load(ctx, ids...)
		results := make([]*dataloader.Result[knowledge.Entity], len(ids))
		for i := range results {
			results[i] = &dataloader.Result[knowledge.Entity]{Error: err}
			if err == nil {
				results[i].Data = entities[i]
			}
		}
		return results
	}
	return context.WithValue(ctx, loaderKey{}, &loader{kept: c.Kept, Loader: dataloader.NewBatchedLoader(batch,
		dataloader.WithWait[knowledge.ID, knowledge.Entity](loaderWait),
		dataloader.WithBatchCapacity[knowledge.ID, knowledge.Entity](loaderBatch))})
}

// loaderFrom gives the loader of the response. There is always one, because resolvers run in responses only.
func loaderFrom(ctx context.Context) *loader {
	return ctx.Value(loaderKey{}).(*loader)
}

// forget makes the loader ask again: a mutation has changed what it knows.
func forget(ctx context.Context) { loaderFrom(ctx).ClearAll() }
