package bundle

import (
	"bufio"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"goodpractice/internal/knowledge"
)

// ExportOptions tells Export what to write.
type ExportOptions struct {
	// Form is lossless, unless a flat one is asked for.
	Form ExportForm
	// Kinds narrows the export; empty means every kind. The flat forms hold entries only.
	Kinds []knowledge.Kind
	// History adds the older states, and what was deleted; lossless only.
	History bool
	// Tokens adds the access tokens with the hashes of their secrets; lossless only.
	Tokens bool
	// PublishedOnly leaves out what is not public.
	PublishedOnly bool
	// Progress is called after each batch with what was written, of how many; it may be nil.
	Progress func(done, total int)
}

// ExportForm is a form that Export writes.
type ExportForm string

// The forms.
const (
	ExportLossless ExportForm = ""      // JSON Lines, everything there is
	ExportFlat     ExportForm = "flat"  // JSON Lines with the keys of the flat form
	ExportTable    ExportForm = "table" // CSV with the keys of the flat form
)

// exportBatch is how many entities are loaded at a time.
const exportBatch = 100

// entryOf is what an export remembers of each entity before it writes: where it stands in the order.
type entryOf struct {
	kind int
	slug string
	id   knowledge.ID
}

// Export writes what the source holds, kind by kind in the order of knowledge.Kinds and within a kind
// by slug, so that the same content always gives the same bytes; what was deleted has no slug and comes
// first. It tells how many entities it wrote.
//
// What is saved while it runs may be in it or not; each entity is written in one state that it had.
func Export(ctx context.Context, from Source, w io.Writer, o ExportOptions) (int, error) {
	list, err := snapshot(ctx, from, o)
	if err != nil {
		return 0, fmt.Errorf("export: %w", err)
	}
	buffered := bufio.NewWriter(w)
	x := &exporter{source: from, options: o, out: buffered, table: csv.NewWriter(buffered), named: naming{}}
	if err := x.writeAll(ctx, list); err != nil {
		return x.written, fmt.Errorf("export: %w", err)
	}
	if err := buffered.Flush(); err != nil {
		return x.written, fmt.Errorf("export: %w", err)
	}
	return x.written, nil
}

// snapshot lists the entities in the order of the file.
func snapshot(ctx context.Context, from Source, o ExportOptions) ([]entryOf, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	seen := map[knowledge.ID]entryOf{}
	isWhole := false
	for change, err := range from.Changes(ctx, "") {
		if err != nil {
			return nil, err
		}
		if change.CaughtUp {
			isWhole = true
			break
		}
		m := change.Entity.Head()
		delete(seen, m.ID)
		if !m.Deleted && o.has(change.Entity.Kind()) {
			seen[m.ID] = entryOf{slices.Index(knowledge.Kinds(), change.Entity.Kind()), m.Slug, m.ID}
		}
	}
	if !isWhole {
		return nil, cmp.Or(context.Cause(ctx), io.ErrUnexpectedEOF)
	}
	if err := bury(ctx, from, o, seen); err != nil {
		return nil, err
	}
	list := make([]entryOf, 0, len(seen))
	for _, e := range seen {
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b entryOf) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.slug, b.slug), cmp.Compare(a.id, b.id))
	})
	return list, nil
}

// has tells whether records of the kind are written.
func (o *ExportOptions) has(kind knowledge.Kind) bool {
	switch {
	case len(o.Kinds) > 0 && !slices.Contains(o.Kinds, kind):
		return false
	case o.Form != ExportLossless:
		return kind.IsEntry()
	case kind.IsAdministrative():
		return o.Tokens
	}
	return true
}

// exporter writes one file.
type exporter struct {
	source  Source
	options ExportOptions
	out     *bufio.Writer
	table   *csv.Writer
	named   naming // what flat lines name
	written int
}

func (x *exporter) writeAll(ctx context.Context, list []entryOf) error {
	if err := x.begin(); err != nil {
		return err
	}
	for start := 0; start < len(list); start += exportBatch {
		end := min(start+exportBatch, len(list))
		if err := x.writeBatch(ctx, list[start:end]); err != nil {
			return err
		}
		if x.options.Progress != nil {
			x.options.Progress(end, len(list))
		}
	}
	return x.end()
}

func (x *exporter) begin() error {
	switch x.options.Form {
	case ExportTable:
		return x.table.Write(recordKeys())
	case ExportFlat:
		return nil
	default:
	}
	return x.writeLine(form{Form: formHeader, Version: formVersion, Kinds: x.options.Kinds})
}

func (x *exporter) end() error {
	switch x.options.Form {
	case ExportTable:
		x.table.Flush()
		return x.table.Error()
	case ExportFlat:
		return nil
	default:
	}
	return x.writeLine(form{Form: formEnd, Entities: &x.written})
}

// writeBatch loads entities and writes them.
func (x *exporter) writeBatch(ctx context.Context, list []entryOf) error {
	ids := make([]knowledge.ID, len(list))
	for i, e := range list {
		ids[i] = e.id
	}
	entities, err := x.source.Load(ctx, ids...)
	if err != nil {
		return err
	}
	if err := x.exhume(ctx, list, entities); err != nil {
		return err
	}
	if x.options.Form != ExportLossless {
		if err := x.named.learn(ctx, x.source.Load, entities...); err != nil {
			return err
		}
	}
	for _, e := range entities {
		if e == nil || x.options.PublishedOnly && e.Head().Status != knowledge.StatusPublished { // Deleted meanwhile, or not public.
			continue
		}
		if x.options.Form == ExportLossless {
			err = x.writeEntity(ctx, e)
		} else {
			err = x.writeRecords(e.(knowledge.Entry))
		}
		if err != nil {
			return fmt.Errorf("%s %s: %w", e.Kind().Noun(), e.Head().ID, err)
		}
		x.written++
	}
	return nil
}

// writeLine writes a value as one line of JSON.
func (x *exporter) writeLine(v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if len(line) > MaxLine {
		return fmt.Errorf("a line of %d bytes is longer than the %d that can be read again", len(line), MaxLine)
	}
	if _, err := x.out.Write(append(line, '\n')); err != nil {
		return err
	}
	return nil
}
