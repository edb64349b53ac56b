package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"goodpractice/internal/bundle"
	"goodpractice/internal/config"
	"goodpractice/internal/knowledge"
)

// sowBatch is how many records of the seed are saved between two reports of progress.
const sowBatch = 500

// sowFirst saves what an empty store begins with, before anyone is answered.
func (s *server) sowFirst(ctx context.Context) error {
	line := s.program.progress("Saving the first records: %d")
	saved, err := s.sow(ctx, s.settings.Seed, line.at)
	line.clear()
	if err == nil && saved > 0 {
		s.log.InfoContext(ctx, "the first records are saved", "records", saved)
	}
	return err
}

// sow saves what an empty store begins with: the whole seed for config.SeedSample, and otherwise the
// vocabulary. It finishes a sowing that was interrupted. It tells how many records it saved.
func (a *app) sow(ctx context.Context, seed string, progress func(done int)) (int, error) {
	mark := filepath.Join(a.dir, sowingName)
	seed, err := a.wantedSeed(ctx, mark, seed)
	if err != nil || seed == "" {
		return 0, err
	}
	entities, err := seedOf(seed)
	if err != nil {
		return 0, err
	}
	if err := os.WriteFile(mark, []byte(seed), 0o600); err != nil {
		return 0, fmt.Errorf("save the first records: %w", err)
	}
	saved := 0
	for start := 0; start < len(entities); start += sowBatch {
		n, err := bundle.Plant(ctx, a.store, entities[start:min(start+sowBatch, len(entities))])
		saved += n
		if err != nil {
			return saved, fmt.Errorf("save the first records: %w", err)
		}
		progress(saved)
	}
	if err := os.Remove(mark); err != nil {
		return saved, fmt.Errorf("save the first records: %w", err)
	}
	return saved, nil
}

// seedOf gives the records of a seed.
func seedOf(seed string) ([]knowledge.Entity, error) {
	if seed == config.SeedSample {
		return bundle.Seed()
	}
	return bundle.Vocabulary()
}

// wantedSeed tells what to sow where somebody asks for a seed: nothing if there are records, and no
// less than what was begun if a sowing was interrupted.
func (a *app) wantedSeed(ctx context.Context, mark, seed string) (string, error) {
	begun, err := os.ReadFile(mark)
	if errors.Is(err, fs.ErrNotExist) {
		empty, err := a.isEmpty(ctx)
		if !empty {
			seed = ""
		}
		return seed, err
	}
	if strings.TrimSpace(string(begun)) == config.SeedSample {
		seed = config.SeedSample
	}
	return seed, err
}

// isEmpty tells whether the store has nothing but tokens.
func (a *app) isEmpty(ctx context.Context) (bool, error) {
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
