package transport

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// New returns the handler of one GraphQL endpoint. When ctx ends, all event streams and websockets end at once and no new
// one is accepted; queries and mutations are left to finish.
//
// The schema must be without @defer, see WithoutDefer. The handler may be used concurrently. An error names each option that
// is wrong.
func New(ctx context.Context, es graphql.ExecutableSchema, o Options) (*Server, error) {
	if es == nil {
		return nil, errors.New("transport: the schema is missing")
	}
	if err := o.validate(); err != nil {
		return nil, fmt.Errorf("transport: %w", err)
	}
	if es.Schema().Directives["defer"] != nil {
		return nil, errors.New("transport: the schema has @defer: build it on WithoutDefer")
	}
	var (
		limits    = o.Limits.withDefaults()
		documents = newDocumentCache()
		faults    = presenter{translate: o.Translate, requestID: o.RequestID, log: o.Log}
		edge      = edge{caller: orNobody(o.Caller), limits: limits, now: o.Now, closing: ctx.Done(), faults: faults, vary: newVary(o.Vary), schema: es.Schema()}
	)

	tariff, err := newTariff(es.Schema(), limits.PageSize)
	if err != nil {
		return nil, fmt.Errorf("transport: %w", err)
	}

	named := newPersisted(o)
	queue := newQueue(limits, tariff, edge.caller)
	charging := charging{
		limits: limits, tariff: tariff, accepted: documents, delayed: newGate(delayedAtOnce, delayedOfCaller),
		caller: edge.caller, charge: o.Charge, owe: o.Owe, executed: o.Executed,
	}
	edge.charging = charging
	edge.reading = func(next graphql.GraphExecutor) graphql.GraphExecutor {
		return reader{GraphExecutor: next, named: named, charging: charging, queue: queue, accepted: documents}
	}

	server := handler.New(es)
	server.AddTransport(newWebsockets(edge, o))
	server.AddTransport(&web{
		edge: edge, streams: newGate(limits.Streams, limits.StreamsPerCaller), responses: newResponses(o), executed: o.Executed,
	})
	server.SetQueryCache(documents)
	server.SetDisableSuggestion(true)
	server.SetValidationRulesFn(rulesWithoutSuggestions)
	server.SetErrorPresenter(faults.present)
	server.SetRecoverFunc(faults.recovered)
	server.Use(named)
	server.Use(charging)
	server.Use(documentLimits{limits: limits, introspection: o.Introspection, accepted: documents})
	server.Use(queue)
	server.Use(deadline{limit: limits.RequestTimeout})
	server.Use(errorLimit{request: limits.Errors, field: limits.FieldErrors})
	if o.Extensions != nil {
		server.Use(extended{extensions: o.Extensions})
	}
	free := charging
	free.limits.Cost, free.charge, free.owe, free.executed = math.MaxInt, nil, nil, nil
	return &Server{Handler: server, own: []graphql.HandlerExtension{free, queue}}, nil
}

// Server answers at one endpoint.
type Server struct {
	http.Handler

	own []graphql.HandlerExtension // What holds for queries of the program's own too.
}

// Govern has the queries that the program itself runs on the schema, on behalf of readers, take turns with those that come
// over the network. They cost nothing; whoever runs them takes the points.
func (s *Server) Govern(runs *executor.Executor) {
	for _, extension := range s.own {
		runs.Use(extension)
	}
}

// orNobody is the hook, or else one that takes all for one.
func orNobody(caller func(context.Context) string) func(context.Context) string {
	if caller == nil {
		return func(context.Context) string { return "" }
	}
	return caller
}

// WithoutDefer returns a copy of a schema that lacks the directive @defer, which gqlparser puts into every schema. gqlgen
// sends what was deferred only over streams; by plain HTTP the client is left with a null in its place. The copy shares its
// types with the original, which is not changed. Generated code takes it in its configuration:
//
//	common := generated.NewExecutableSchema(generated.Config{}).Schema()
//	config := generated.Config{Schema: transport.WithoutDefer(common), Resolvers: resolvers}
func WithoutDefer(schema *ast.Schema) *ast.Schema {
	reduced := *schema
	reduced.Directives = maps.Clone(schema.Directives)
	delete(reduced.Directives, "defer")
	return &reduced
}

// rulesWithoutSuggestions returns a new set of the validation rules without "Did you mean …". The executor itself swaps the
// two others that have it (SetDisableSuggestion), and changes the set it is given.
func rulesWithoutSuggestions() *rules.Rules {
	set := rules.NewDefaultRules()
	set.ReplaceRule(rules.KnownArgumentNamesRule.Name, rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc)
	set.ReplaceRule(rules.KnownTypeNamesRule.Name, rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc)
	set.ReplaceRule(rules.ValuesOfCorrectTypeRule.Name, rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc)
	return set
}
