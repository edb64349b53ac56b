package transport

import (
	"context"
	"math"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Charge is what became of the request to take points from a caller.
type Charge struct {
	// Refused tells that there were not enough, so that nothing was taken.
	Refused bool
	// Limit is how many points the caller can have at most, Remaining how many are left.
	Limit, Remaining int
	// RetryAfter is when there will be enough, where there were not.
	RetryAfter time.Duration
	// Window is the time in which Limit points come back.
	Window time.Duration
}

// Executed is an operation that was executed, for those who keep account.
type Executed struct {
	Operation  string   // Its name, cleaned, at most 100 bytes; empty where it has none.
	DocumentID string   // Of a trusted document; empty otherwise.
	Points     int      // What it cost.
	Failed     bool     // Its answer has errors.
	Deprecated []string // Schema coordinates of the deprecated fields and arguments in it, sorted, each once, at most 20.
}

// bill is what an operation costs, kept with the operation from its validation to its answer.
type bill struct {
	points, limit int
	deprecated    []string
	charge        *Charge       // Nil where nobody charges.
	searching     chan struct{} // Holds one for each dear field that is being resolved.
}

// billName is where the operation keeps its bill, and documentName where it keeps the id of its trusted document.
const (
	billName     = "Bill"
	documentName = "DocumentID"
)

// billOf is the bill of an operation; nil before its validation has ended.
func billOf(operation *graphql.OperationContext) *bill {
	if operation == nil {
		return nil
	}
	b, _ := operation.Stats.GetExtension(billName).(*bill)
	return b
}

// extension is what the client is told. Where the answer may be kept for others, what is left of one client's points has no
// place in it.
func (b *bill) extension(isShared bool) map[string]any {
	told := map[string]any{"requested": b.points, "limit": b.limit}
	if b.charge != nil && !isShared {
		told["remaining"] = b.charge.Remaining
	}
	return told
}

// charging counts what operations cost, refuses what costs too much, and takes the points of the rest.
type charging struct {
	limits   Limits
	tariff   tariff
	accepted documentCache
	delayed  *gate
	caller   func(context.Context) string
	charge   func(context.Context, int) Charge
	owe      func(context.Context, int)
	executed func(context.Context, Executed)
}

var (
	_ graphql.HandlerExtension          = charging{}
	_ graphql.OperationParameterMutator = charging{}
	_ graphql.OperationContextMutator   = charging{}
	_ graphql.OperationInterceptor      = charging{}
	_ graphql.ResponseInterceptor       = charging{}
)

// ExtensionName implements graphql.HandlerExtension.
func (charging) ExtensionName() string { return "Charging" }

// Validate implements graphql.HandlerExtension.
func (charging) Validate(graphql.ExecutableSchema) error { return nil }

// admit refuses whoever is in debt, before anything of the request is looked at.
func (c charging) admit(ctx context.Context) *gqlerror.Error {
	if c.charge == nil {
		return nil
	}
	if charged := c.charge(ctx, 0); charged.Refused {
		return c.tooFast(ctx, charged)
	}
	return nil
}

// owes takes points whether the caller has them or not.
func (c charging) owes(ctx context.Context, points int) {
	if c.owe != nil && points > 0 {
		c.owe(ctx, points)
	}
}

// MutateOperationParameters notes what reading the document costs.
func (c charging) MutateOperationParameters(ctx context.Context, p *graphql.RawParams) *gqlerror.Error {
	if c.charge == nil {
		return nil
	}
	points := 0
	if _, ok := c.accepted.Get(ctx, p.Query); !ok {
		points = readingPoints(p.Query)
	}
	graphql.GetOperationContext(ctx).Stats.SetExtension(readingName, points)
	return nil
}

// readingName is where the operation keeps what it cost to read its document, in points.
const readingName = "Reading"

// bytesPerPoint is how many bytes of a document that is not known yet cost a point: it has to be parsed and validated.
const bytesPerPoint = 4

// readingPoints is what it costs to parse and to validate a document that is not known yet.
func readingPoints(document string) int { return 1 + len(document)/bytesPerPoint }

// MutateOperationContext counts what a validated operation costs, and refuses what costs too much.
func (c charging) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	points, deprecated := c.tariff.price(operation.Operation, operation.Variables)
	if points > c.limits.Cost {
		err := overLimit("COST", c.limits.Cost, "The operation costs more than %d points. Ask for shorter pages, or for less at once.")
		err.Extensions["requested"] = points
		return err
	}
	operation.Stats.SetExtension(billName, &bill{points: points, limit: c.limits.Cost, deprecated: deprecated})
	return nil
}

// InterceptOperation takes the points of an operation, and tells of them in its first response.
func (c charging) InterceptOperation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	operation := graphql.GetOperationContext(ctx)
	b := billOf(operation)
	if c.charge != nil {
		charged := c.charge(ctx, b.points)
		b.charge = &charged
		c.settle(ctx, operation, 0)
		if charged.Refused {
			return graphql.OneShot(b.told(&graphql.Response{Errors: gqlerror.List{c.tooFast(ctx, charged)}}))
		}
	}
	isStream := operation.Operation.Operation == ast.Subscription
	if isStream {
		c.report(ctx, operation, false)
	}
	respond, isFirst := next(ctx), true
	return func(ctx context.Context) *graphql.Response {
		if !isFirst && isStream {
			return c.event(ctx, b, &respond)
		}
		response := respond(ctx)
		if response == nil || !isFirst {
			return response
		}
		isFirst = false
		c.trueUp(ctx, b, len(response.Data))
		if !isStream {
			c.report(ctx, operation, len(response.Errors) > 0)
		}
		return b.told(response)
	}
}

// event gives what comes after the first response: the further events of a subscription. Each costs what the first did, once it
// is there; the subscription of whoever is in debt ends with the error that says so, and respond then is for its end.
func (c charging) event(ctx context.Context, b *bill, respond *graphql.ResponseHandler) *graphql.Response {
	if *respond == nil {
		return nil
	}
	if err := c.admit(ctx); err != nil {
		*respond = nil
		return &graphql.Response{Errors: gqlerror.List{err}}
	}
	response := (*respond)(ctx)
	if response != nil {
		c.owes(ctx, max(b.points, len(response.Data)/answerBytesPerPoint))
	}
	return response
}

// InterceptResponse takes the price of a document that was read and is not executed.
func (c charging) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	if graphql.HasOperationContext(ctx) {
		if operation := graphql.GetOperationContext(ctx); billOf(operation) == nil {
			c.settle(ctx, operation, refusalPoints)
		}
	}
	return next(ctx)
}

// refusalPoints is what it costs to be told that a request is not executed: much of it may have been read.
const refusalPoints = 100

// missPoints is what it costs to be told that a hash is not known yet: as much as the smallest of queries.
const missPoints = 6

// pointsOfUnnamed is what it costs to name a document that is not run.
func pointsOfUnnamed(err *gqlerror.Error) int {
	if err.Extensions["code"] == CodePersistedQueryNotFound { // A step of Apollo's protocol, and no fault.
		return missPoints
	}
	return refusalPoints
}

// settle takes the price of reading the document and some points more, whether the caller has them or not. Of whoever was in
// debt already nothing is taken.
func (c charging) settle(ctx context.Context, operation *graphql.OperationContext, more int) {
	if points, ok := operation.Stats.GetExtension(readingName).(int); ok {
		c.owes(ctx, points+more)
	}
}

// trueUp takes more from a caller whose answer was much longer than could be foreseen.
func (c charging) trueUp(ctx context.Context, b *bill, bytes int) {
	c.owes(ctx, bytes/answerBytesPerPoint-b.points)
}

// answerBytesPerPoint is how many bytes of an answer a point pays for.
const answerBytesPerPoint = 100

// report tells of an operation that was executed.
func (c charging) report(ctx context.Context, operation *graphql.OperationContext, failed bool) {
	if c.executed == nil {
		return
	}
	c.executed(ctx, executedOf(operation, billOf(operation).points, failed))
}

// executedOf is what is told of an operation.
func executedOf(operation *graphql.OperationContext, points int, failed bool) Executed {
	id, _ := operation.Stats.GetExtension(documentName).(string)
	return Executed{
		Operation: shortName(operation.Operation.Name), DocumentID: id, Points: points, Failed: failed,
		Deprecated: billOf(operation).deprecated,
	}
}

// shortName is the name of an operation for those who keep account. Names have ASCII letters only.
func shortName(name string) string { return name[:min(len(name), maxOperationName)] }

// maxOperationName is how many bytes of an operation's name are told.
const maxOperationName = 100

// told adds the cost to a response.
func (b *bill) told(response *graphql.Response) *graphql.Response {
	if response.Extensions == nil {
		response.Extensions = make(map[string]any, 1)
	}
	response.Extensions["cost"] = b.extension(false)
	return response
}

// tooFast is the error for a caller who has no points left. It takes its time: a client that asks again at once, whatever
// it is told, keeps the server busy with saying no.
func (c charging) tooFast(ctx context.Context, charged Charge) *gqlerror.Error {
	if name := c.caller(ctx); c.delayed.enter(name) {
		defer c.delayed.leave(name)
		timer := time.NewTimer(c.limits.RefusalDelay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	err := refusal(CodeRateLimited, "You are asking for more than your share. Wait as many seconds as retryAfter says, and ask again.")
	err.Extensions["retryAfter"] = secondsOf(charged.RetryAfter)
	return err
}

// How many refusals are delayed at once, of all callers and of one. More are told at once: who waits takes memory.
const (
	delayedAtOnce   = 512
	delayedOfCaller = 64
)

// secondsOf rounds up, to one second at least.
func secondsOf(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }
