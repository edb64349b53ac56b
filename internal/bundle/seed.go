package bundle

import (
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"goodpractice/internal/knowledge"
)

// files are the seed as it came, with the curated files that say how to read it.
//
//go:embed seed
var files embed.FS

// SeedNote stands beside every record of the seed until its authority has confirmed it.
const SeedNote = "Compiled from public sources, not yet confirmed by the authority."

// sprout is a seed in the making.
type sprout struct {
	at       time.Time
	names    names
	lines    []record // of practices.jsonl
	entities []knowledge.Entity
	byID     map[knowledge.ID]knowledge.Entity
}

// Seed gives the records that an empty knowledge base is filled with, in the order of
// knowledge.Kinds. They are at revision 1, published, and created at the instant given; their ids are
// the same on every machine. Each call makes new entities, which belong to the caller. An error means
// that the files in the seed folder contradict each other, which a test would have found.
func Seed(at time.Time) ([]knowledge.Entity, error) {
	s, err := grow(at)
	if err != nil {
		return nil, err
	}
	sorted := make([]knowledge.Entity, 0, len(s.entities))
	for _, kind := range knowledge.Kinds() {
		for _, e := range s.entities {
			if e.Kind() == kind {
				sorted = append(sorted, e)
			}
		}
	}
	return sorted, nil
}

// step makes one part of the seed.
type step struct {
	name string
	run  func() error
}

// grow makes the whole seed, what is pointed at before what points.
func grow(at time.Time) (*sprout, error) {
	s, err := growNouns(at)
	if err != nil {
		return nil, err
	}
	return s, s.take(step{"entries", s.entries}, step{"studies", s.studies}, step{"events", s.events}, step{"links", s.links})
}

// growNouns makes what the practices, lessons and recommendations name.
func growNouns(at time.Time) (*sprout, error) {
	s := &sprout{at: knowledge.Instant(at), names: names{}, byID: map[knowledge.ID]knowledge.Entity{}}
	return s, s.take(
		step{"countries", s.countries}, step{"themes", s.themes}, step{"target groups", s.groups},
		step{"authorities", s.authorities}, step{"lines", s.read}, step{"organisations", s.organisations},
	)
}

// take takes steps until one fails.
func (s *sprout) take(steps ...step) error {
	for _, step := range steps {
		if err := step.run(); err != nil {
			return fmt.Errorf("seed %s: %w", step.name, err)
		}
	}
	return nil
}

// add completes the head of a record and enters it under its names.
func (s *sprout) add(e knowledge.Entity, slug string) error {
	id := seedID(e.Kind(), slug)
	if s.byID[id] != nil {
		return fmt.Errorf("two records of the kind %s have the slug %q", e.Kind(), slug)
	}
	*e.Head() = newHead(id, slug, knowledge.StatusPublished, s.at)
	fillLists(e)
	s.entities = append(s.entities, e)
	s.byID[id] = e
	return s.names.enter(e)
}

// newHead is the head of a record at its first revision that comes from a file.
func newHead(id knowledge.ID, slug string, status knowledge.EditorialStatus, at time.Time) knowledge.Meta {
	return knowledge.Meta{
		ID: id, Slug: slug, Revision: 1, Status: status, CreatedAt: at, UpdatedAt: at,
		Edit: knowledge.Edit{Action: knowledge.ActionImport, At: at},
	}
}

// readSeed decodes a JSON file of the seed folder.
func readSeed(name string, into any) error {
	b, err := files.ReadFile("seed/" + name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}
