package bundle

import (
	"context"
	"errors"
	"fmt"

	"goodpractice/internal/knowledge"
)

// welcome makes the strangers of a line. It tells why one cannot be made; "" where all were.
func (im *importer) welcome(ctx context.Context, strangers []stranger) (string, error) {
	var bad reasons
	for i := range strangers {
		s := &strangers[i]
		if _, known, err := im.names.find(ctx, s.kind, s.name, s.country); err != nil || known { // The line names it twice.
			if err != nil {
				return "", err
			}
			continue
		}
		if err := im.makeStranger(ctx, s, &bad); err != nil {
			return "", err
		}
	}
	return bad.String(), nil
}

// makeStranger saves an authority or organisation of which no more is known than its name and country,
// under the first slug that is free.
func (im *importer) makeStranger(ctx context.Context, s *stranger, bad *reasons) error {
	for _, slug := range slugsFor(s.kind, s.name, s.country) {
		e := s.record()
		id := seedID(s.kind, slug)
		*e.Head() = newHead(id, slug, knowledge.StatusPublished, knowledge.Instant(im.options.Now()))
		if p := e.Problems(); len(p) > 0 {
			bad.add(s.key(), "%s: %s", quoted(s.name), p[0].Message)
			return nil
		}
		var err error
		if !im.isDry {
			err = im.options.Store.Save(ctx, e)
		}
		switch {
		case err == nil:
			im.names.remember(keyOf(s.kind, s.name, s.country), id)
			im.countStranger(s.kind)
			return nil
		case !errors.Is(err, knowledge.ErrConflict) && !errors.Is(err, knowledge.ErrSlugTaken):
			return fmt.Errorf("save %s %q: %w", s.kind.Noun(), s.name, err)
		}
	}
	s.refuse(bad) // Somebody has deleted it.
	return nil
}

func (im *importer) countStranger(kind knowledge.Kind) {
	if kind == knowledge.KindAuthority {
		im.report.Authorities++
	} else {
		im.report.Organisations++
	}
}

// record is the stranger without a head.
func (s *stranger) record() knowledge.Entity {
	labels := []knowledge.Label{{Language: unknownLanguage, Kind: knowledge.LabelPreferred, Text: s.name}}
	var e knowledge.Entity = &knowledge.Organisation{Names: labels}
	if s.kind == knowledge.KindAuthority {
		e = &knowledge.Authority{
			Names: labels, Type: "OTHER", CountryCode: s.country,
			Provenance: &knowledge.Provenance{
				Note: "Made by an import that named it; nothing more is known of it.", Unconfirmed: true,
			},
		}
	}
	knowledge.FillLists(e)
	return e
}
