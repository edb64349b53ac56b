package bundle

import (
	"context"

	"goodpractice/internal/knowledge"
)

// naming tells what the records are called that an entry points at.
type naming map[knowledge.ID]knowledge.Entity

// learn loads what the entries name, each record once.
func (n naming) learn(
	ctx context.Context, load func(context.Context, ...knowledge.ID) ([]knowledge.Entity, error), entities ...knowledge.Entity,
) error {
	if len(n) > maxCached {
		clear(n)
	}
	var ids []knowledge.ID
	for _, e := range entities {
		if e == nil {
			continue
		}
		for _, r := range e.References() {
			switch r.Relation {
			case knowledge.RelTheme, knowledge.RelTargetGroup, knowledge.RelContributor, knowledge.RelOrganisation:
				if _, known := n[r.Target]; !known {
					n[r.Target] = nil
					ids = append(ids, r.Target)
				}
			default:
			}
		}
	}
	found, err := load(ctx, ids...)
	if err != nil {
		return err
	}
	for _, e := range found {
		if e != nil {
			e.Localise([]knowledge.LanguageTag{"en"})
			n[e.Head().ID] = e
		}
	}
	return nil
}
