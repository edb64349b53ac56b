package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// RemoveTranslation removes the texts in one language.
func (r mutationResolver) RemoveTranslation(
	ctx context.Context, input relay.RemoveTranslationInput,
) (*relay.RemoveTranslationPayload, error) {
	return payload[knowledge.Entry](ctx)(
		r.catalog.RemoveTranslation(ctx, target(input.Target, knowledge.EntryKinds()...), input.Language, input.Request))
}

// AssessEntry records what a reviewer found.
func (r mutationResolver) AssessEntry(
	ctx context.Context, input relay.AssessEntryInput,
) (*relay.AssessEntryPayload, error) {
	return payload[knowledge.Entry](ctx)(r.catalog.Assess(ctx, target(input.Target, knowledge.EntryKinds()...), catalog.Assessment{
		AcceptedStudies: input.AcceptedStudies,
		Classification:  input.Classification,
		VerifiedAt:      input.VerifiedAt,
		VerifiedBy:      input.VerifiedBy,
		Reason:          input.Reason,
	}, input.Request))
}

// LinkEntry links an entry to another record.
func (r mutationResolver) LinkEntry(
	ctx context.Context, input relay.LinkEntryInput,
) (*relay.LinkEntryPayload, error) {
	t := target(input.Target, knowledge.EntryKinds()...)
	return payload[knowledge.Entry](ctx)(
		r.catalog.Link(ctx, t, input.Relation, input.TargetID, input.Clause, input.Request))
}

// UnlinkEntry removes a link.
func (r mutationResolver) UnlinkEntry(
	ctx context.Context, input relay.UnlinkEntryInput,
) (*relay.UnlinkEntryPayload, error) {
	return payload[knowledge.Entry](ctx)(
		r.catalog.Unlink(ctx, target(input.Target, knowledge.EntryKinds()...), input.Relation, input.TargetID, input.Request))
}
