package transport

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// New returns the handler of one GraphQL endpoint. When ctx ends, all event streams and websockets end at once and no new
// one is accepted; queries and mutations are left to finish.
//
// The schema must be without @defer, see WithoutDefer. The handler may be used concurrently. An error names each option that
// is wrong.
func New(ctx context.Context, es graphql.ExecutableSchema, o Options) (http.Handler, error) {
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
		edge      = edge{limits: limits, now: o.Now, closing: ctx.Done(), faults: faults, vary: o.Vary}
	)

	server := handler.New(es)
	server.AddTransport(newWebsockets(edge, o.Authenticate, o.Origins))
	server.AddTransport(&web{edge: edge, streams: newGate(limits.Streams)})
	server.SetQueryCache(documents)
	server.SetDisableSuggestion(true)
	server.SetValidationRulesFn(rulesWithoutSuggestions)
	server.SetErrorPresenter(faults.present)
	server.SetRecoverFunc(faults.recovered)
	server.Use(documentLimits{limits: limits, introspection: o.Introspection, accepted: documents})
	server.Use(deadline{limit: limits.RequestTimeout})
	server.Use(errorLimit{request: limits.Errors, field: limits.FieldErrors})
	if o.Extensions != nil {
		server.Use(extended{extensions: o.Extensions})
	}
	return server, nil
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
