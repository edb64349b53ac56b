package bundle

import (
	"context"
	"fmt"

	"goodpractice/internal/knowledge"
)

// finder tells which record a file means by a slug or a name. Themes and target groups are named by
// slug, authorities by name and country, organisations by name, countries by code.
type finder interface {
	find(ctx context.Context, kind knowledge.Kind, name string, country knowledge.CountryCode) (knowledge.ID, bool, error)
}

// names is a finder over a fixed set of records.
type names map[nameKey]knowledge.ID

type nameKey struct {
	kind    knowledge.Kind
	name    string
	country knowledge.CountryCode
}

// keyOf is the key under which a name is kept. The country counts for authorities only.
func keyOf(kind knowledge.Kind, name string, country knowledge.CountryCode) nameKey {
	switch kind {
	case knowledge.KindAuthority:
		return nameKey{kind, fold(name), country}
	case knowledge.KindOrganisation:
		return nameKey{kind, fold(name), ""}
	default:
		return nameKey{kind, name, ""}
	}
}

// find implements finder.
func (n names) find(_ context.Context, kind knowledge.Kind, name string, country knowledge.CountryCode) (knowledge.ID, bool, error) {
	id, ok := n[keyOf(kind, name, country)]
	return id, ok, nil
}

// add enters a name. Two records must not have the same one.
func (n names) add(kind knowledge.Kind, name string, country knowledge.CountryCode, id knowledge.ID) error {
	key := keyOf(kind, name, country)
	if other, ok := n[key]; ok && other != id {
		return fmt.Errorf("two records of the kind %s have the name %q in %q", kind, name, country)
	}
	n[key] = id
	return nil
}

// enter adds everything that a record is called.
func (n names) enter(e knowledge.Entity) error {
	m := e.Head()
	switch e := e.(type) {
	case *knowledge.Authority:
		for _, l := range e.Names {
			if err := n.add(e.Kind(), l.Text, e.CountryCode, m.ID); err != nil {
				return err
			}
		}
	case *knowledge.Organisation:
		for _, l := range e.Names {
			if err := n.add(e.Kind(), l.Text, "", m.ID); err != nil {
				return err
			}
		}
	case *knowledge.Country:
		return n.add(e.Kind(), string(e.Code), "", m.ID)
	default:
		return n.add(e.Kind(), m.Slug, "", m.ID)
	}
	return nil
}
