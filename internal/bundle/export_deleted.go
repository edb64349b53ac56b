package bundle

import (
	"context"
	"fmt"
	"slices"

	"goodpractice/internal/knowledge"
)

// hasDeleted tells whether deleted entities are written: without its earlier states, a deleted one says
// nothing.
func (o *ExportOptions) hasDeleted() bool {
	return o.Form == ExportLossless && o.History && !o.PublishedOnly
}

// bury adds what was deleted to the list of what is there.
func bury(ctx context.Context, from Source, o ExportOptions, list map[knowledge.ID]entryOf) error {
	if !o.hasDeleted() {
		return nil
	}
	return from.EachDeleted(ctx, func(id knowledge.ID) error {
		if kind := id.Kind(); o.has(kind) {
			list[id] = entryOf{kind: slices.Index(knowledge.Kinds(), kind), id: id}
		}
		return nil
	})
}

// exhume reads the last states of deleted entities, which are not loaded with the others.
func (x *exporter) exhume(ctx context.Context, list []entryOf, entities []knowledge.Entity) error {
	if !x.options.hasDeleted() {
		return nil
	}
	for i, e := range entities {
		if e != nil {
			continue
		}
		last, err := x.source.History(ctx, list[i].id, 0, 1)
		if err != nil {
			return fmt.Errorf("%s: %w", list[i].id, err)
		}
		if len(last) > 0 {
			entities[i] = last[0]
		}
	}
	return nil
}
