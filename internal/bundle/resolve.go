package bundle

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"goodpractice/internal/knowledge"
)

// FindFunc looks a record up by what it is called: the slug of a term, the name of an organisation, or
// the name and country of an authority. False means that there is none, or that it is not clear which.
type FindFunc func(ctx context.Context, kind knowledge.Kind, name string, country knowledge.CountryCode) (knowledge.ID, bool, error)

// maxCached is how many names a resolver remembers before it begins anew.
const maxCached = 50_000

// resolver is a finder over a store: by the names in the seed, by the ids that slugs lead to, and then
// by asking. It can make the authorities and organisations that are not there.
type resolver struct {
	store Store
	ask   FindFunc                 // may be nil
	seed  names                    // nil until the first name is looked up
	cache map[nameKey]knowledge.ID // "" for a name that is not known
	makes bool                     // whether missing ones are made
	made  []knowledge.Entity       // by a dry run, which saves nothing
	isDry bool
	now   func() time.Time
}

// newResolver makes a resolver for the options of an import.
func newResolver(o *Options, isDry bool) *resolver {
	return &resolver{
		store: o.Store, ask: o.Find, cache: map[nameKey]knowledge.ID{}, makes: o.CreateMissing, isDry: isDry, now: o.Now,
	}
}

// find implements finder.
func (r *resolver) find(ctx context.Context, kind knowledge.Kind, name string, country knowledge.CountryCode) (knowledge.ID, bool, error) {
	key := keyOf(kind, name, country)
	id, known := r.cache[key]
	if !known {
		var err error
		if id, err = r.search(ctx, kind, name, country); err != nil {
			return "", false, err
		}
		if len(r.cache) >= maxCached {
			clear(r.cache)
		}
		r.cache[key] = id
	}
	return id, id != "", nil
}

// search finds a name that is not remembered; "" where there is none.
func (r *resolver) search(ctx context.Context, kind knowledge.Kind, name string, country knowledge.CountryCode) (knowledge.ID, error) {
	if r.seed == nil {
		s, err := growNouns(time.Time{})
		if err != nil {
			return "", err
		}
		r.seed = s.names
	}
	slug := name
	if kind == knowledge.KindAuthority || kind == knowledge.KindOrganisation {
		slug = shorten(slugify(name))
	}
	candidates := []knowledge.ID{seedID(kind, slug)}
	if kind == knowledge.KindAuthority {
		candidates = append(candidates, seedID(kind, slug+"-"+slugify(string(country))))
	}
	if id, ok := r.seed[keyOf(kind, name, country)]; ok {
		candidates = append([]knowledge.ID{id}, candidates...)
	}
	found, err := r.store.Load(ctx, candidates...)
	if err != nil {
		return "", fmt.Errorf("look up %s %q: %w", kind.Noun(), name, err)
	}
	for _, e := range slices.Concat(found, r.made) {
		if e != nil && isCalled(e, kind, name, country) {
			return e.Head().ID, nil
		}
	}
	if r.ask != nil {
		id, ok, err := r.ask(ctx, kind, name, country)
		if err != nil {
			return "", fmt.Errorf("look up %s %q: %w", kind.Noun(), name, err)
		}
		if ok {
			return id, nil
		}
	}
	if !r.makes || slug == "" {
		return "", nil
	}
	return r.make(ctx, kind, name, slug, country)
}

// isCalled tells whether the record is the one that is meant.
func isCalled(e knowledge.Entity, kind knowledge.Kind, name string, country knowledge.CountryCode) bool {
	if e.Kind() != kind {
		return false
	}
	n := names{}
	_ = n.enter(e) // One record cannot be at odds with itself.
	if kind == knowledge.KindTargetGroup || kind == knowledge.KindTheme || kind == knowledge.KindCountry {
		return true // Found by its slug or an alias of it.
	}
	_, ok := n[keyOf(kind, name, country)]
	return ok
}

// make saves an authority or organisation of which no more is known than the name. It gives "" for
// another kind, and where every slug that would fit is taken.
func (r *resolver) make(ctx context.Context, kind knowledge.Kind, name, slug string, country knowledge.CountryCode) (knowledge.ID, error) {
	slugs := []string{slug}
	if kind == knowledge.KindAuthority {
		slugs = append(slugs, slug+"-"+slugify(string(country)))
	}
	for _, s := range slugs {
		e := unheardOf(kind, name, country)
		if e == nil {
			return "", nil
		}
		*e.Head() = newHead(seedID(kind, s), s, knowledge.StatusPublished, knowledge.Instant(r.now()))
		if len(e.Problems()) > 0 {
			return "", nil
		}
		if r.isDry {
			r.made = append(r.made, e)
			return e.Head().ID, nil
		}
		switch err := r.store.Save(ctx, e); {
		case err == nil:
			return e.Head().ID, nil
		case !errors.Is(err, knowledge.ErrConflict) && !errors.Is(err, knowledge.ErrSlugTaken):
			return "", fmt.Errorf("save %s %q: %w", kind.Noun(), name, err)
		}
	}
	return "", nil
}

// unheardOf is an authority or organisation of which only the name is known; nil for another kind.
func unheardOf(kind knowledge.Kind, name string, country knowledge.CountryCode) knowledge.Entity {
	labels := []knowledge.Label{{Language: unknownLanguage, Kind: knowledge.LabelPreferred, Text: name}}
	var e knowledge.Entity
	switch kind {
	case knowledge.KindAuthority:
		note := "Made by an import that named it; nothing more is known of it."
		e = &knowledge.Authority{
			Names: labels, Type: "OTHER", CountryCode: country,
			Provenance: &knowledge.Provenance{Note: note, Unconfirmed: true},
		}
	case knowledge.KindOrganisation:
		e = &knowledge.Organisation{Names: labels}
	default:
		return nil
	}
	fillLists(e)
	return e
}
