package catalog

import (
	"context"
	"fmt"
	"slices"

	"goodpractice/internal/knowledge"
)

// apply lets changes change an entity, and looks up the terms that they name.
func (c *Catalog) apply(ctx context.Context, e knowledge.Entity, changes knowledge.Changes) (knowledge.Problems, error) {
	return c.applyIn(ctx, e, sourceLanguage(e), changes)
}

// applyIn is apply for the block of texts in one language.
func (c *Catalog) applyIn(
	ctx context.Context, e knowledge.Entity, language knowledge.LanguageTag, changes knowledge.Changes,
) (knowledge.Problems, error) {
	var failed error
	problems := changes.Apply(e, language, func(kind knowledge.Kind, name string) (knowledge.ID, bool) {
		id, ok, err := c.find(ctx, kind, name)
		if err != nil && failed == nil {
			failed = fmt.Errorf("look up %s: %w", kind.Noun(), err)
		}
		return id, ok
	})
	return problems, failed
}

// sourceLanguage is the language that an entry was written in; "" for other nouns.
func sourceLanguage(e knowledge.Entity) knowledge.LanguageTag {
	if entry, ok := e.(knowledge.Entry); ok {
		return entry.Core().SourceLanguage
	}
	return ""
}

// check looks at a changed entity as a whole: its own rules, the records that it newly points at, and
// what a contributor may do with it. It also adds the countries of the authorities.
func (c *Catalog) check(ctx context.Context, before, after knowledge.Entity) (knowledge.Problems, error) {
	problems := after.Problems()
	if len(problems) > 0 {
		return problems, nil
	}
	problems, err := c.checkReferences(ctx, before, after)
	if err != nil || len(problems) > 0 {
		return problems, err
	}
	entry, ok := after.(knowledge.Entry)
	if !ok {
		return nil, nil
	}
	if err := c.addCountries(ctx, entry.Core()); err != nil {
		return nil, err
	}
	return ownAuthority(knowledge.ReaderFrom(ctx).Actor, before, entry), nil
}

// checkReferences looks at every reference that the entity did not have before.
func (c *Catalog) checkReferences(ctx context.Context, before, after knowledge.Entity) (knowledge.Problems, error) {
	type link struct {
		relation knowledge.Relation
		target   knowledge.ID
	}
	had := map[link]bool{}
	for _, r := range before.References() {
		had[link{r.Relation, r.Target}] = true
	}
	var fresh []knowledge.Reference
	var ids []knowledge.ID
	for _, r := range after.References() {
		if !had[link{r.Relation, r.Target}] {
			fresh, ids = append(fresh, r), append(ids, r.Target)
		}
	}
	targets, err := c.Load(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var problems knowledge.Problems
	for i, r := range fresh {
		p, err := c.checkReference(ctx, after.Head().ID, r, targets[i])
		if err != nil {
			return nil, err
		}
		problems = append(problems, p...)
	}
	return problems, nil
}

// checkReference tells what is wrong with one reference.
func (c *Catalog) checkReference(
	ctx context.Context, id knowledge.ID, r knowledge.Reference, target knowledge.Entity,
) (knowledge.Problems, error) {
	kind := r.Target.Kind()
	switch {
	case kind == "":
		return knowledge.Refuse(knowledge.CodeInvalidFormat, "This is no id of a record; take one from a query.", r.Path...), nil
	case !slices.Contains(allowed(r), kind):
		return knowledge.Refuse(knowledge.CodeWrongKind, "This is the id of a "+kind.Noun()+", which cannot stand here.", r.Path...), nil
	case r.Target == id:
		return knowledge.Refuse(knowledge.CodeCycle, "A record cannot be linked to itself.", r.Path...), nil
	case target == nil && kind == knowledge.KindCountry:
		return knowledge.Refuse(knowledge.CodeUnknown, "There is no country with this code here; give an ISO 3166-1 code such as ES.", r.Path...), nil
	case target == nil:
		return knowledge.Refuse(knowledge.CodeUnknown, "There is no "+kind.Noun()+" with this id that you may see.", r.Path...), nil
	case !r.Relation.Acyclic():
		return nil, nil
	}
	back, err := c.leadsTo(ctx, r.Target, r.Relation, id)
	if back {
		return knowledge.Refuse(knowledge.CodeCycle, "This would lead back to the record itself.", r.Path...), err
	}
	return nil, err
}

// allowed lists the kinds of record that may stand where the reference does: those of its relation, or
// one of them where the field is named for it.
func allowed(r knowledge.Reference) []knowledge.Kind {
	kinds := r.Relation.Targets()
	for i, k := range kinds {
		if len(r.Path) > 0 && r.Path[len(r.Path)-1] == k.Noun() {
			return kinds[i : i+1]
		}
	}
	return kinds
}

// maxWalk is how many records are followed in search of a cycle. No chain of links is nearly as long.
const maxWalk = 10_000

// leadsTo follows one relation from an entity and tells whether it reaches the goal. Two changes at
// the same moment can still close a cycle between them, which readers of chains must survive.
func (c *Catalog) leadsTo(ctx context.Context, from knowledge.ID, relation knowledge.Relation, goal knowledge.ID) (bool, error) {
	seen := map[knowledge.ID]bool{from: true}
	for front := []knowledge.ID{from}; len(front) > 0 && len(seen) < maxWalk; {
		entities, err := c.Store.Load(ctx, front...)
		if err != nil {
			return false, fmt.Errorf("follow links: %w", err)
		}
		front = nil
		for _, e := range entities {
			if e == nil {
				continue
			}
			for _, r := range e.References() {
				if r.Relation != relation || seen[r.Target] {
					continue
				}
				if r.Target == goal {
					return true, nil
				}
				seen[r.Target] = true
				front = append(front, r.Target)
			}
		}
	}
	return false, nil
}

// addCountries adds the countries of the contributing authorities.
func (c *Catalog) addCountries(ctx context.Context, core *knowledge.EntryCore) error {
	ids := make([]knowledge.ID, len(core.Contributors))
	for i, x := range core.Contributors {
		ids[i] = x.AuthorityID
	}
	authorities, err := c.Store.Load(ctx, ids...)
	if err != nil {
		return fmt.Errorf("load the authorities: %w", err)
	}
	for _, e := range authorities {
		if a, ok := e.(*knowledge.Authority); ok && !slices.Contains(core.CountryCodes, a.CountryCode) {
			core.CountryCodes = append(core.CountryCodes, a.CountryCode)
		}
	}
	return nil
}

// ownAuthority refuses a contributor who posts for others alone, or gives a record away. What an
// editor has entered stays as it is.
func ownAuthority(actor knowledge.Actor, before knowledge.Entity, entry knowledge.Entry) knowledge.Problems {
	now := entry.Core().Contributors
	if actor.Role != knowledge.RoleContributor {
		return nil
	}
	if old, ok := before.(knowledge.Entry); ok && slices.Equal(old.Core().Contributors, now) {
		return nil
	}
	for _, x := range now {
		if slices.Contains(actor.Authorities, x.AuthorityID) {
			return nil
		}
	}
	return knowledge.Refuse(knowledge.CodeForbidden, "Name at least one authority that your token is for.", "authorities")
}
