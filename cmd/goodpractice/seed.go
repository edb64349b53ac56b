package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"goodpractice/internal/bundle"
	"goodpractice/internal/config"
	"goodpractice/internal/knowledge"
)

const (
	// sowBatch is how many records of the seed are saved between two reports of progress.
	sowBatch = 500
	// sowAgain is how long a sowing waits after the store failed.
	sowAgain = 500 * time.Millisecond
	// sowingNote begins the name of the note that is there while a seed is being saved; the name of the
	// seed ends it. Each seed has its own: whoever has saved all of one takes its note away, whatever
	// others are saving then.
	sowingNote = "seeding "
)

// sowFirst saves what an empty store begins with, before anyone finds anything. While the store does
// not answer it waits.
func (s *server) sowFirst(ctx context.Context) error {
	s.reach(stepSowing)
	line := s.program.progress("Saving the first records: %d")
	defer line.clear()
	total := 0
	for {
		saved, err := s.sow(ctx, s.settings.Seed, func(done int) { line.at(total + done) })
		total += saved
		if !knowledge.IsKind(err, knowledge.Unavailable) {
			if err == nil && total > 0 {
				s.log.InfoContext(ctx, "the first records are saved", "records", total)
			}
			return err
		}
		if err := pause(ctx, sowAgain); err != nil {
			return err
		}
	}
}

// pause waits, or fails where ctx ends.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// sow saves what an empty store begins with: the whole seed for config.SeedSample, and otherwise the
// vocabulary. It finishes a sowing that was interrupted. Several processes may sow at the same time: the
// records of a seed are the same everywhere, and those that another one has saved are left as they are.
// It tells how many records it saved.
func (a *app) sow(ctx context.Context, seed string, progress func(done int)) (int, error) {
	seed, err := a.wantedSeed(ctx, seed)
	if err != nil || seed == "" {
		return 0, err
	}
	entities, err := seedOf(seed)
	if err != nil {
		return 0, err
	}
	if err := a.store.SetNote(ctx, sowingNote+seed, "begun"); err != nil {
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
	return saved, a.finishSowing(ctx, seed)
}

// finishSowing takes the notes away. The sample holds the vocabulary.
func (a *app) finishSowing(ctx context.Context, seed string) error {
	finished := []string{config.SeedNone}
	if seed == config.SeedSample {
		finished = append(finished, config.SeedSample)
	}
	for _, seed := range finished {
		if err := a.store.SetNote(ctx, sowingNote+seed, ""); err != nil {
			return fmt.Errorf("save the first records: %w", err)
		}
	}
	return nil
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
func (a *app) wantedSeed(ctx context.Context, seed string) (string, error) {
	begun := false
	for _, known := range []string{config.SeedNone, config.SeedSample} {
		note, err := a.store.Note(ctx, sowingNote+known)
		switch {
		case err != nil:
			return "", fmt.Errorf("see whether there are records: %w", err)
		case note != "" && known == config.SeedSample:
			return known, nil
		case note != "":
			begun = true
		}
	}
	if begun {
		return seed, nil
	}
	empty, err := a.isEmpty(ctx)
	if !empty {
		seed = ""
	}
	return seed, err
}

// errFound ends a look at the store that has found what it looks for.
var errFound = errors.New("found")

// isEmpty tells whether the store has nothing but tokens and partners.
func (a *app) isEmpty(ctx context.Context) (bool, error) {
	return a.isWithout(ctx, func(id knowledge.ID) bool { return !id.Kind().IsAdministrative() })
}

// isWithout tells whether the store has no such record.
func (a *app) isWithout(ctx context.Context, such func(knowledge.ID) bool) (bool, error) {
	err := a.store.EachRevision(ctx, func(id knowledge.ID, _ knowledge.Revision) error {
		if such(id) {
			return errFound
		}
		return nil
	})
	if errors.Is(err, errFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("see whether there are records: %w", err)
	}
	return true, nil
}
