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

// SeedTime is the instant at which every record of the seed was created, 2026-11-22T00:00:00Z, whenever
// it is planted: the same record is the same to the byte in every knowledge base. It changes only with
// the records themselves.
func SeedTime() time.Time { return time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC) }

// sprout is a seed in the making.
type sprout struct {
	at       time.Time
	names    names
	lines    []record // of practices.jsonl
	entities []knowledge.Entity
	byID     map[knowledge.ID]knowledge.Entity
}

// Seed gives the sample records and the vocabulary that they are filed under, in the order of
// knowledge.Kinds. They are at revision 1, published, and created at SeedTime; they are the same on
// every machine. Each call makes new entities, which belong to the caller. An error means that the
// files in the seed folder contradict each other, which a test would have found.
func Seed() ([]knowledge.Entity, error) {
	s := newSprout()
	if err := s.nouns(); err != nil {
		return nil, err
	}
	if err := s.take(step{"entries", s.entries}, step{"studies", s.studies}, step{"events", s.events}, step{"links", s.links}); err != nil {
		return nil, err
	}
	return s.sorted(), nil
}

// Vocabulary gives the part of Seed without which nobody can post: the countries, themes and target
// groups. The rest is as with Seed.
func Vocabulary() ([]knowledge.Entity, error) {
	s := newSprout()
	if err := s.vocabulary(); err != nil {
		return nil, err
	}
	return s.sorted(), nil
}

func newSprout() *sprout {
	return &sprout{at: SeedTime(), names: names{}, byID: map[knowledge.ID]knowledge.Entity{}}
}

// sorted lists the records in the order of their kinds.
func (s *sprout) sorted() []knowledge.Entity {
	sorted := make([]knowledge.Entity, 0, len(s.entities))
	for _, kind := range knowledge.Kinds() {
		for _, e := range s.entities {
			if e.Kind() == kind {
				sorted = append(sorted, e)
			}
		}
	}
	return sorted
}

// step makes one part of the seed.
type step struct {
	name string
	run  func() error
}

// vocabulary makes what every knowledge base needs.
func (s *sprout) vocabulary() error {
	return s.take(step{"countries", s.countries}, step{"themes", s.themes}, step{"target groups", s.groups})
}

// nouns makes what the practices, lessons and recommendations name, what is pointed at before what
// points.
func (s *sprout) nouns() error {
	if err := s.vocabulary(); err != nil {
		return err
	}
	return s.take(step{"authorities", s.authorities}, step{"lines", s.read}, step{"organisations", s.organisations})
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
	knowledge.FillLists(e)
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
