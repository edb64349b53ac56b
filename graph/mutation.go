package graph

import (
	"context"
	"errors"

	"goodpractice/graph/relay"
	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// mutationResolver answers the fields of Mutation.
type mutationResolver struct{ *resolver }

// target is the record to change, and the kinds that the mutation is for.
func target(t relay.Target, kinds ...knowledge.Kind) catalog.Target {
	return catalog.Target{ID: t.ID, Revision: t.Revision, Kinds: kinds}
}

// nounKinds are the kinds of records that are neither entries nor tokens.
func nounKinds() []knowledge.Kind {
	return []knowledge.Kind{
		knowledge.KindAuthority, knowledge.KindCountry, knowledge.KindTheme, knowledge.KindTargetGroup,
		knowledge.KindEvent, knowledge.KindStudy, knowledge.KindOrganisation,
	}
}

// payload turns what a change answered into the payload of its mutation: the record, or why there is none.
func payload[T knowledge.Entity](ctx context.Context) func(catalog.Saved, error) (*relay.Payload[T], error) {
	return func(saved catalog.Saved, err error) (*relay.Payload[T], error) {
		forget(ctx)
		refused, err := refusal(err)
		if err != nil {
			return nil, err
		}
		node, _ := saved.Entity.(T)
		return &relay.Payload[T]{
			Node: node, IsSearchable: saved.Searchable, ConsistencyToken: saved.Token.String(), UserErrors: refused,
		}, nil
	}
}

// refusal splits an error into what belongs into a payload, never nil, and what does not.
func refusal(err error) ([]relay.UserError, error) {
	if problems, ok := errors.AsType[knowledge.Problems](err); ok {
		return relay.UserErrors(problems), nil
	}
	return []relay.UserError{}, err
}
