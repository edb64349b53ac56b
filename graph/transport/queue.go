package transport

import (
	"context"
	"runtime"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// queue has queries executed by turns, so that nobody's queries keep those of others waiting for long, and refuses what would
// have to wait too long. Mutations are not queued: they come from holders of tokens, who must not wait behind the public.
// Subscriptions begin at once and are bounded in number.
//
// The dear fields of one query are resolved on half of the processors, however many there are: a query that asks for many things
// leaves room for those that ask for one.
type queue struct {
	turns  *turns
	tariff tariff
	caller func(context.Context) string
}

var (
	_ graphql.HandlerExtension     = queue{}
	_ graphql.OperationInterceptor = queue{}
	_ graphql.FieldInterceptor     = queue{}
)

func newQueue(l Limits, t tariff, caller func(context.Context) string) queue {
	return queue{caller: caller, tariff: t, turns: &turns{
		unit: l.Cost, capacity: l.Running, share: min(l.RunningPerCaller, l.Running), longest: l.WaitingPerCaller, most: l.Waiting, patience: l.Patience,
		callers: make(map[string]*callerLine),
	}}
}

// ExtensionName implements graphql.HandlerExtension.
func (queue) ExtensionName() string { return "Queue" }

// Validate implements graphql.HandlerExtension.
func (queue) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptOperation waits for the turn of a query and ends the turn with its response.
func (q queue) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	operation := graphql.GetOperationContext(ctx)
	if operation.Operation.Operation != ast.Query {
		return next(ctx)
	}
	b := billOf(operation)
	b.searching = make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2))
	leave, ok := q.turns.enter(ctx, q.caller(ctx), q.weight(b.points))
	if !ok {
		return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{overloaded()}})
	}
	isOver := false
	end := func() {
		if !isOver {
			isOver = true
			leave()
		}
	}
	isPrepared := false
	defer func() {
		if !isPrepared { // It panicked.
			end()
		}
	}()
	respond := next(ctx)
	isPrepared = true
	return func(ctx context.Context) *graphql.Response {
		defer end()
		return respond(ctx)
	}
}

// What an operation takes of the room there is. For each processor there is room for one that does much, for two that search,
// or for twenty that do not.
const (
	searching    = 100  // Points from which on an operation counts as one that searches.
	searchingFar = 1000 // Points from which on it takes all the room for one.
	placeOfMany  = 20   // How many light operations have the room of one that does much.
)

// weight is how much room an operation takes.
func (q queue) weight(points int) int {
	switch {
	case points >= searchingFar:
		return q.turns.unit
	case points >= searching:
		return q.turns.unit / 2
	}
	return max(points, q.turns.unit/placeOfMany)
}

// dear is the price of a field, in points, from which on it has to wait for its like in the same operation.
const dear = 10

// InterceptField has the dear fields of a query wait for each other, while they are resolved: what is below them is not. The
// dearest ones below the first level are not held up: those of a list gather what they read from the store, and would otherwise
// read it one by one. The cost of an operation has room for few of them.
func (q queue) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	field := graphql.GetFieldContext(ctx)
	if field == nil || !field.IsResolver || field.Field.Field == nil {
		return next(ctx)
	}
	isRoot := field.Parent == nil || field.Parent.Parent == nil
	one := q.tariff[field.Field.Definition]
	if price := add(one.call, one.each); price < dear*tenths || price >= searching*tenths && !isRoot {
		return next(ctx)
	}
	b := billOf(graphql.GetOperationContext(ctx))
	if b == nil || b.searching == nil {
		return next(ctx)
	}
	select {
	case b.searching <- struct{}{}:
		defer func() { <-b.searching }()
		return next(ctx)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// overloaded is the error for what is not executed because too much is being executed already.
func overloaded() *gqlerror.Error {
	err := refusal(CodeOverloaded, "The server has too much to do at the moment. Wait as many seconds as retryAfter says, and ask again.")
	err.Extensions["retryAfter"] = secondsToCalm
	return err
}

// secondsToCalm is when a request may be sent again that came at a busy moment.
const secondsToCalm = 2

// reader is an executor that has documents read by turns, too: to parse and to validate one that is not known yet takes as long
// as many a search.
type reader struct {
	graphql.GraphExecutor

	named    persisted
	charging charging
	queue    queue
	accepted documentCache
}

// CreateOperationContext implements graphql.GraphExecutor.
func (r reader) CreateOperationContext(
	ctx context.Context, params *graphql.RawParams,
) (*graphql.OperationContext, gqlerror.List) {
	if err := r.charging.admit(ctx); err != nil {
		return &graphql.OperationContext{}, gqlerror.List{err}
	}
	if err := r.named.find(ctx, params); err != nil {
		r.charging.owes(ctx, pointsOfUnnamed(err))
		return &graphql.OperationContext{}, gqlerror.List{err}
	}
	if _, ok := r.accepted.Get(ctx, params.Query); !ok {
		leave, ok := r.queue.turns.enter(ctx, r.queue.caller(ctx), r.queue.weight(readingPoints(params.Query)))
		if !ok {
			return &graphql.OperationContext{}, gqlerror.List{overloaded()}
		}
		defer leave()
	}
	return r.GraphExecutor.CreateOperationContext(ctx, params)
}
