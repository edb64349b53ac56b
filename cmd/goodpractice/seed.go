package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"goodpractice/internal/bundle"
	"goodpractice/internal/knowledge"
)

// sowBatch is how many sample records are saved between two reports of progress.
const sowBatch = 500

// sow saves the sample records in a store without records, and finishes a sowing that was
// interrupted. It tells how many it saved.
func (a *app) sow(ctx context.Context, progress func(done int)) (int, error) {
	mark := filepath.Join(a.dir, sowingName)
	wanted, err := a.wantsSeed(ctx, mark)
	if err != nil || !wanted {
		return 0, err
	}
	if err := os.WriteFile(mark, nil, 0o600); err != nil {
		return 0, fmt.Errorf("save the sample records: %w", err)
	}
	entities, err := bundle.Seed(a.now())
	if err != nil {
		return 0, err
	}
	saved := 0
	for start := 0; start < len(entities); start += sowBatch {
		n, err := bundle.Plant(ctx, a.store, entities[start:min(start+sowBatch, len(entities))])
		saved += n
		if err != nil {
			return saved, fmt.Errorf("save the sample records: %w", err)
		}
		progress(saved)
	}
	if err := os.Remove(mark); err != nil {
		return saved, fmt.Errorf("save the sample records: %w", err)
	}
	return saved, nil
}

// wantsSeed tells whether the store has nothing but tokens, or only a part of the sample records.
func (a *app) wantsSeed(ctx context.Context, mark string) (bool, error) {
	if _, err := os.Stat(mark); !errors.Is(err, fs.ErrNotExist) {
		return err == nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for change, err := range a.store.Changes(ctx, "") {
		switch {
		case err != nil:
			return false, fmt.Errorf("see whether there are records: %w", err)
		case change.CaughtUp:
			return true, nil
		case change.Entity != nil && change.Entity.Kind() != knowledge.KindToken:
			return false, nil
		}
	}
	return false, ctx.Err()
}
