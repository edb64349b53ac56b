package bundle

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"goodpractice/internal/knowledge"
)

// historyPage is how many older states are asked for at a time.
const historyPage = 100

// maxHistoryBytes is how much of an entity's history goes on one line. What is more goes before it, on
// lines of its own.
const maxHistoryBytes = 1 << 20

// writeEntity writes an entity with its older states, if these are asked for.
func (x *exporter) writeEntity(ctx context.Context, e knowledge.Entity) error {
	state, err := knowledge.Encode(e)
	if err != nil {
		return err
	}
	line := form{Form: formEntity, Kind: e.Kind(), Entity: state}
	if x.options.History {
		chunks, err := x.history(ctx, e)
		if err != nil {
			return err
		}
		last := len(chunks) - 1
		for _, chunk := range chunks[:last] {
			if err := x.writeLine(form{Form: formHistory, Kind: e.Kind(), History: chunk}); err != nil {
				return err
			}
		}
		line.History = chunks[last]
	}
	return x.writeLine(line)
}

// history loads the older states of an entity and divides them into lines, the oldest first. Within a
// line the newest comes first. There is always one line, which may be empty.
func (x *exporter) history(ctx context.Context, e knowledge.Entity) ([][]json.RawMessage, error) {
	var states []json.RawMessage // newest first
	before := e.Head().Revision
	for before > 1 {
		page, err := x.source.History(ctx, e.Head().ID, before, historyPage)
		if err != nil {
			return nil, err
		}
		if len(page) == 0 {
			return nil, fmt.Errorf("revision %d is missing in the store", before-1)
		}
		for _, old := range page {
			if old.Head().Revision != before-1 {
				return nil, fmt.Errorf("revision %d is missing in the store", before-1)
			}
			before--
			raw, err := knowledge.Encode(old)
			if err != nil {
				return nil, err
			}
			states = append(states, raw)
		}
	}
	return chunk(states), nil
}

// chunk divides states, newest first, into lines, the oldest first.
func chunk(states []json.RawMessage) [][]json.RawMessage {
	lines := [][]json.RawMessage{{}}
	size := 0
	for _, raw := range slices.Backward(states) {
		if size > 0 && size+len(raw) > maxHistoryBytes {
			lines, size = append(lines, nil), 0
		}
		last := len(lines) - 1
		lines[last] = append(lines[last], raw)
		size += len(raw)
	}
	for _, line := range lines {
		slices.Reverse(line)
	}
	return lines
}
