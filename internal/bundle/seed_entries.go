package bundle

import (
	"bytes"
	"context"
	"fmt"

	"goodpractice/internal/knowledge"
)

// read reads practices.jsonl.
func (s *sprout) read() error {
	b, err := files.ReadFile("seed/practices.jsonl")
	if err != nil {
		return fmt.Errorf("read practices.jsonl: %w", err)
	}
	for i, line := range bytes.Split(bytes.TrimSpace(b), []byte("\n")) {
		r, err := decodeRecord(line)
		if err != nil {
			return fmt.Errorf("practices.jsonl, line %d: %w", i+1, err)
		}
		s.lines = append(s.lines, r)
	}
	return nil
}

// entries makes the practices, lessons and recommendations of practices.jsonl, just as importing the
// file would.
func (s *sprout) entries() error {
	for i, line := range s.lines {
		if err := s.entry(line); err != nil {
			return fmt.Errorf("practices.jsonl, line %d: %w", i+1, err)
		}
	}
	return nil
}

func (s *sprout) entry(r record) error {
	bad := r.check()
	m, unknown, err := r.understand(context.Background(), s.names) //nolint:forbidigo // The names are in memory: nothing waits.
	if err != nil {
		return err
	}
	bad = append(bad, unknown...)
	for _, x := range m.strangers {
		x.refuse(&bad)
	}
	if len(bad) > 0 {
		return reason(bad.String())
	}
	base, ok := s.byID[r.entityID()].(knowledge.Entry)
	if !r.isTranslation() {
		e := r.convert(nil, m, SeedNote)
		e.Core().PublishedAt, e.Core().PublishedRevision = &s.at, 1
		return s.add(e, r.ID)
	}
	if !ok {
		return fmt.Errorf("the record %q that this translates is not there", r.TranslationOfID)
	}
	s.replace(r.convert(base, m, SeedNote))
	return nil
}

// replace puts a record in the place of the one with its id.
func (s *sprout) replace(e knowledge.Entity) {
	id := e.Head().ID
	s.byID[id] = e
	for i := range s.entities {
		if s.entities[i].Head().ID == id {
			s.entities[i] = e
		}
	}
}
