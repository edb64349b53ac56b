package graph

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/graph-gophers/dataloader/v7"

	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

const (
	// defaultGather is Options.Gather where it is not given. The resolvers of one level start within microseconds of each
	// other; each level of a query waits once.
	defaultGather = 500 * time.Microsecond
	// loaderBatch is the greatest number of ids in one call: what the records of the longest page point at is less, but
	// for unusual ones.
	loaderBatch = 10 * knowledge.MaxPageSize
	// maxCompared is for how many entries one response looks for similar ones: each costs about as much as a search, and
	// similar entries of similar entries multiply. It is enough for the longest page.
	maxCompared = knowledge.MaxPageSize
)

// loader gathers the ids that one response asks for, and loads each once. What is in memory needs no gathering: waiting for
// others would take longer than looking there.
//
// The first call takes along what the records of pages point at, whether it was asked for or not: each resolver would
// otherwise have to start within Options.Gather to be part of it. So a page and the terms and places on it cost two reads of the
// store at most, and none where they are in memory.
type loader struct {
	*dataloader.Loader[knowledge.ID, knowledge.Entity]

	catalog  *catalog.Catalog
	compared atomic.Int64 // for how many entries similar ones were looked for

	calling sync.Mutex // Held during a call of the catalog. Guards along.
	// along holds what was loaded; nil for what the reader may not see.
	along map[knowledge.ID]knowledge.Entity

	mu sync.Mutex // Guards the fields below.
	// found are the records of pages, as long as nobody has asked for what they point at.
	found []knowledge.Entity
	// unprepared are the records of pages, as long as they were not prepared for highlights.
	unprepared []knowledge.Entity
	// expected lists what the records of pages point at, as long as it was not loaded.
	expected []knowledge.ID
}

// one loads a record; nil for what the reader may not see.
func (l *loader) one(ctx context.Context, id knowledge.ID) (knowledge.Entity, error) {
	if e, ok := l.catalog.Kept(ctx, id); ok {
		return e, nil
	}
	return l.Load(ctx, id)()
}

// many loads records in the order of the ids. With an error it gives those that could be loaded, and nil for the others.
func (l *loader) many(ctx context.Context, ids []knowledge.ID) ([]knowledge.Entity, error) {
	out := make([]knowledge.Entity, len(ids))
	thunks := make([]dataloader.Thunk[knowledge.Entity], len(ids))
	for i, id := range ids {
		e, ok := l.catalog.Kept(ctx, id)
		if out[i] = e; !ok {
			thunks[i] = l.Load(ctx, id)
		}
	}
	var failed error
	for i, thunk := range thunks {
		if thunk == nil {
			continue
		}
		e, err := thunk()
		if err != nil {
			failed = err
			continue
		}
		out[i] = e
	}
	return out, failed
}

// loads is many as catalog.Load.
func (l *loader) loads(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	return l.many(ctx, ids)
}

// expect notes the records of a page: what they point at will be asked for.
func (l *loader) expect(page catalog.Page) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, item := range page.Items {
		l.found = append(l.found, item.Entity)
		l.unprepared = append(l.unprepared, item.Entity)
	}
}

// prepare has everything in memory that highlights of the pages look at. It is done where something is missing that the
// records point at themselves; what lies behind that is seldom missing alone.
func (l *loader) prepare(ctx context.Context) error {
	l.calling.Lock()
	defer l.calling.Unlock()
	l.mu.Lock()
	records := l.unprepared
	l.unprepared = nil
	l.mu.Unlock()
	if len(records) == 0 {
		return nil
	}
	if err := l.call(ctx, nil); err != nil && !knowledge.IsKind(err, knowledge.Unavailable) {
		return err
	}
	if len(l.along) == 0 {
		return nil
	}
	return l.catalog.Prepare(ctx, records...)
}

// batch is what the dataloader calls.
func (l *loader) batch(ctx context.Context, ids []knowledge.ID) []*dataloader.Result[knowledge.Entity] {
	l.calling.Lock()
	defer l.calling.Unlock()
	err := l.call(ctx, ids)
	results := make([]*dataloader.Result[knowledge.Entity], len(ids))
	for i, id := range ids {
		e, loaded := l.along[id]
		results[i] = &dataloader.Result[knowledge.Entity]{Data: e}
		if !loaded {
			results[i].Error = err
		}
	}
	return results
}

// call loads records into along, with what is expected and not in memory. With an error it loads those that are in memory.
// The caller holds calling.
func (l *loader) call(ctx context.Context, ids []knowledge.ID) error {
	var missing []knowledge.ID
	asked := make(map[knowledge.ID]bool, len(ids))
	for _, id := range ids {
		if _, loaded := l.along[id]; !loaded {
			missing = append(missing, id)
		}
		asked[id] = true
	}
	missing = append(missing, l.outstanding(asked)...)
	if len(missing) == 0 {
		return nil
	}
	loaded, err := l.catalog.Load(ctx, missing...)
	for i, id := range missing {
		if err == nil || loaded[i] != nil {
			l.along[id] = loaded[i]
		}
	}
	return err
}

// outstanding takes from what is expected a call's worth of what is not in memory and not asked for anyway.
func (l *loader) outstanding(asked map[knowledge.ID]bool) []knowledge.ID {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.found {
		l.expected = append(l.expected, namedBy(e)...)
	}
	l.found = nil
	var ids []knowledge.ID
	for len(l.expected) > 0 && len(ids) < loaderBatch {
		id := l.expected[0]
		l.expected = l.expected[1:]
		if _, loaded := l.along[id]; !loaded && !asked[id] && !l.catalog.Holds(id) {
			asked[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}

// namedBy lists the terms, places and bodies that a record points at. Its other targets are asked for seldom, and may be
// long.
func namedBy(e knowledge.Entity) []knowledge.ID {
	var ids []knowledge.ID
	for _, r := range e.References() {
		switch r.Target.Kind() {
		case knowledge.KindTheme, knowledge.KindTargetGroup, knowledge.KindCountry, knowledge.KindAuthority,
			knowledge.KindOrganisation:
			ids = append(ids, r.Target)
		default:
		}
	}
	return ids
}

// forget makes the loader ask again: a mutation has changed what it knows.
func (l *loader) forget() {
	l.calling.Lock()
	defer l.calling.Unlock()
	clear(l.along)
	l.ClearAll()
}

// loaderKey is the context key of the loader.
type loaderKey struct{}

// withLoader puts a new loader into the context, which collects ids for so long before it asks.
func withLoader(ctx context.Context, c *catalog.Catalog, gather time.Duration) context.Context {
	l := &loader{catalog: c, along: make(map[knowledge.ID]knowledge.Entity)}
	l.Loader = dataloader.NewBatchedLoader(l.batch,
		dataloader.WithWait[knowledge.ID, knowledge.Entity](gather),
		dataloader.WithBatchCapacity[knowledge.ID, knowledge.Entity](loaderBatch))
	return context.WithValue(ctx, loaderKey{}, l)
}

// loaderFrom gives the loader of the response. There is always one, because resolvers run in responses only.
func loaderFrom(ctx context.Context) *loader {
	return ctx.Value(loaderKey{}).(*loader)
}

// forget makes the loader of the response ask again.
func forget(ctx context.Context) { loaderFrom(ctx).forget() }
