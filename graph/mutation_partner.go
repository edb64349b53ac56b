package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/graph/transport"
	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// CreatePartner adds a partner.
func (r mutationResolver) CreatePartner(
	ctx context.Context, input relay.CreatePartnerInput,
) (*relay.CreatePartnerPayload, error) {
	return payload[*knowledge.Partner](ctx)(
		r.catalog.Create(ctx, knowledge.KindPartner, "", &input.PartnerChanges, input.Request))
}

// UpdatePartner changes a partner.
func (r mutationResolver) UpdatePartner(
	ctx context.Context, input relay.UpdatePartnerInput,
) (*relay.UpdatePartnerPayload, error) {
	return payload[*knowledge.Partner](ctx)(
		r.catalog.Update(ctx, target(input.Target, knowledge.KindPartner), nil, input.Changes, input.Request))
}

// SetPartnerDocuments replaces the documents that a partner is trusted with.
func (r mutationResolver) SetPartnerDocuments(
	ctx context.Context, input relay.SetPartnerDocumentsInput,
) (*relay.SetPartnerDocumentsPayload, error) {
	drafts := make([]catalog.DocumentDraft, len(input.Documents))
	for i, d := range input.Documents {
		drafts[i] = catalog.DocumentDraft{ID: d.ID, Text: d.Text}
	}
	read := func(text string) (name string, err error) {
		return transport.CheckDocument(r.contract, r.limits, text, "", "")
	}
	return payload[*knowledge.Partner](ctx)(
		r.catalog.SetDocuments(ctx, target(input.Target, knowledge.KindPartner), drafts, read, input.Request))
}

// ArchivePartner switches a partner off.
func (r mutationResolver) ArchivePartner(
	ctx context.Context, input relay.ArchivePartnerInput,
) (*relay.ArchivePartnerPayload, error) {
	t := target(input.Target, knowledge.KindPartner)
	return payload[*knowledge.Partner](ctx)(r.catalog.Step(ctx, t, knowledge.ActionArchive, input.Reason, input.Request))
}

// RestorePartner switches a partner on again.
func (r mutationResolver) RestorePartner(
	ctx context.Context, input relay.RestorePartnerInput,
) (*relay.RestorePartnerPayload, error) {
	t := target(input.Target, knowledge.KindPartner)
	return payload[*knowledge.Partner](ctx)(r.catalog.Step(ctx, t, knowledge.ActionRestore, input.Reason, input.Request))
}
