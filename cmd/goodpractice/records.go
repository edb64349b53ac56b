package main

import (
	"context"
	"io"

	"goodpractice/internal/admin"
	"goodpractice/internal/bundle"
	"goodpractice/internal/config"
	"goodpractice/internal/knowledge"
)

// records carries records in and out.
type records struct{ *app }

// maxWarnings is how many links that lead nowhere are told of one by one.
const maxWarnings = 10

// Import implements admin.Records. An empty store gets the vocabulary first, without which no line
// could name a theme. It returns when searches find what was imported.
func (r records) Import(
	ctx context.Context, from io.Reader, o admin.ImportOptions, watch admin.ImportWatch,
) (admin.ImportReport, error) {
	if err := r.awaitRecords(ctx); err != nil { // A server may be saving its own first records.
		return admin.ImportReport{}, err
	}
	if _, err := r.sow(ctx, config.SeedNone, func(int) {}); err != nil {
		return admin.ImportReport{}, err
	}
	if err := r.awaitIndex(ctx); err != nil { // Names are looked up in it.
		return admin.ImportReport{}, err
	}
	store := &lastSaved{app: r.app}
	options := bundle.Options{
		Store: store, Now: r.now, Find: r.find, Format: formatOf(o), Strict: o.Strict,
		CreateMissing: o.CreateMissing, Tokens: o.Tokens,
		Progress: func(p bundle.Progress) { watch.Progress(p.Lines) },
		Problem:  func(p bundle.Problem) { watch.BadLine(admin.BadLine{Line: p.Line, Reason: p.Reason}) },
	}
	if o.Publish {
		options.Status = knowledge.StatusPublished
	}
	report, err := bundle.Import(asOperator(ctx), from, options)
	if err != nil {
		return admin.ImportReport{}, err
	}
	store.await(ctx)
	r.warn(ctx, report)
	return admin.ImportReport{
		Lines: report.Lines, Created: report.Created, Updated: report.Updated,
		Unchanged: report.Unchanged, Bad: report.Bad,
		Authorities: report.Authorities, Organisations: report.Organisations, DanglingLinks: report.Warned,
	}, nil
}

// warn tells of links that lead nowhere.
func (r records) warn(ctx context.Context, report bundle.Report) {
	for _, w := range report.Warnings[:min(len(report.Warnings), maxWarnings)] {
		r.log.WarnContext(ctx, "a link leads nowhere", "line", w.Line, "link", w.Reason)
	}
	if report.Warned > maxWarnings {
		r.log.WarnContext(ctx, "more links lead nowhere", "links", report.Warned-maxWarnings)
	}
}

// formatOf is the format that was asked for, or that the name of the file tells.
func formatOf(o admin.ImportOptions) bundle.Format {
	switch o.Format {
	case config.FormatJSONL:
		return bundle.FormatLines
	case config.FormatCSV:
		return bundle.FormatTable
	default:
		return bundle.FormatOf(o.Name)
	}
}

// Export implements admin.Records.
func (r records) Export(ctx context.Context, w io.Writer, o admin.ExportOptions) error {
	options := bundle.ExportOptions{History: o.History, Tokens: o.Tokens}
	switch o.Form {
	case config.FormFlat:
		options.Form = bundle.ExportFlat
	case config.FormCSV:
		options.Form = bundle.ExportTable
	}
	if err := r.awaitRecords(ctx); err != nil {
		return err
	}
	_, err := bundle.Export(ctx, r.store, w, options)
	return err
}

// lastSaved is the store of an import, which remembers what was saved last. One goroutine uses it.
type lastSaved struct {
	*app
	id       knowledge.ID
	revision knowledge.Revision
}

// Load implements bundle.Store.
func (l *lastSaved) Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	return l.store.Load(ctx, ids...)
}

// Save implements bundle.Store.
func (l *lastSaved) Save(ctx context.Context, entities ...knowledge.Entity) error {
	err := l.store.Save(ctx, entities...)
	for i, failed := range knowledge.SaveErrors(err, len(entities)) {
		if failed == nil {
			l.id, l.revision = entities[i].Head().ID, entities[i].Head().Revision
		}
	}
	return err
}

// awaitTries is how often await waits for indexsync.AwaitLimit: a minute in all.
const awaitTries = 30

// await waits until searches find what was saved last, and with it everything before.
func (l *lastSaved) await(ctx context.Context) {
	if l.id == "" {
		return
	}
	for range awaitTries {
		if ctx.Err() != nil || l.follower.Await(ctx, l.id, l.revision) {
			return
		}
	}
	l.log.WarnContext(ctx, "not all that was imported can be found yet", "entity_id", l.id)
}
