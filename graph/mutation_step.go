package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// SubmitEntry hands a draft to the editors.
func (r mutationResolver) SubmitEntry(ctx context.Context, input relay.SubmitEntryInput) (*relay.SubmitEntryPayload, error) {
	t := target(input.Target, knowledge.EntryKinds()...)
	return payload[knowledge.Entry](ctx)(r.catalog.Step(ctx, t, knowledge.ActionSubmit, input.Reason, input.Request))
}

// WithdrawEntry takes an entry back.
func (r mutationResolver) WithdrawEntry(ctx context.Context, input relay.WithdrawEntryInput) (*relay.WithdrawEntryPayload, error) {
	t := target(input.Target, knowledge.EntryKinds()...)
	return payload[knowledge.Entry](ctx)(r.catalog.Step(ctx, t, knowledge.ActionWithdraw, input.Reason, input.Request))
}

// StartEntryReview marks an entry as under review.
func (r mutationResolver) StartEntryReview(ctx context.Context, input relay.StartEntryReviewInput) (*relay.StartEntryReviewPayload, error) {
	t := target(input.Target, knowledge.EntryKinds()...)
	return payload[knowledge.Entry](ctx)(r.catalog.Step(ctx, t, knowledge.ActionStartReview, input.Reason, input.Request))
}

// RequestEntryChanges asks for changes.
func (r mutationResolver) RequestEntryChanges(ctx context.Context, input relay.RequestEntryChangesInput) (*relay.RequestEntryChangesPayload, error) {
	t := target(input.Target, knowledge.EntryKinds()...)
	return payload[knowledge.Entry](ctx)(r.catalog.Step(ctx, t, knowledge.ActionRequestChanges, input.Reason, input.Request))
}

// PublishEntry makes an entry public.
func (r mutationResolver) PublishEntry(ctx context.Context, input relay.PublishEntryInput) (*relay.PublishEntryPayload, error) {
	t := target(input.Target, knowledge.EntryKinds()...)
	return payload[knowledge.Entry](ctx)(r.catalog.Step(ctx, t, knowledge.ActionPublish, input.Reason, input.Request))
}

// RejectEntry declines an entry.
func (r mutationResolver) RejectEntry(ctx context.Context, input relay.RejectEntryInput) (*relay.RejectEntryPayload, error) {
	t := target(input.Target, knowledge.EntryKinds()...)
	return payload[knowledge.Entry](ctx)(r.catalog.Step(ctx, t, knowledge.ActionReject, input.Reason, input.Request))
}

// ArchiveEntry takes an entry out of use.
func (r mutationResolver) ArchiveEntry(ctx context.Context, input relay.ArchiveEntryInput) (*relay.ArchiveEntryPayload, error) {
	t := target(input.Target, knowledge.EntryKinds()...)
	return payload[knowledge.Entry](ctx)(r.catalog.Step(ctx, t, knowledge.ActionArchive, input.Reason, input.Request))
}

// RestoreEntry brings an entry back.
func (r mutationResolver) RestoreEntry(ctx context.Context, input relay.RestoreEntryInput) (*relay.RestoreEntryPayload, error) {
	t := target(input.Target, knowledge.EntryKinds()...)
	return payload[knowledge.Entry](ctx)(r.catalog.Step(ctx, t, knowledge.ActionRestore, input.Reason, input.Request))
}

// ArchiveRecord takes a record that is no entry out of use.
func (r mutationResolver) ArchiveRecord(ctx context.Context, input relay.ArchiveRecordInput) (*relay.ArchiveRecordPayload, error) {
	t := target(input.Target, nounKinds()...)
	return payload[knowledge.Entity](ctx)(r.catalog.Step(ctx, t, knowledge.ActionArchive, input.Reason, input.Request))
}

// RestoreRecord brings a record that is no entry back.
func (r mutationResolver) RestoreRecord(ctx context.Context, input relay.RestoreRecordInput) (*relay.RestoreRecordPayload, error) {
	t := target(input.Target, nounKinds()...)
	return payload[knowledge.Entity](ctx)(r.catalog.Step(ctx, t, knowledge.ActionRestore, input.Reason, input.Request))
}
