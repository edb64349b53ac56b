package bundle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"goodpractice/internal/knowledge"
)

// FindFunc looks a record up by what it is called: the slug of a term, practice, lesson or
// recommendation, the name of an organisation, or the name and country of an authority. False means that there is none. Where it is not clear which is
// meant, the error is ErrAmbiguous.
type FindFunc func(ctx context.Context, kind knowledge.Kind, name string, country knowledge.CountryCode) (knowledge.ID, bool, error)

// ErrAmbiguous tells that several records are called the same.
var ErrAmbiguous = errors.New("several records have this name")

// maxCached is how many names a resolver remembers before it begins anew.
const maxCached = 50_000

// resolver is a finder over a store: by the names in the seed, by the ids that slugs lead to, and then
// by asking.
type resolver struct {
	store Store
	ask   FindFunc                 // may be nil
	seed  names                    // nil until the first name is looked up
	cache map[nameKey]knowledge.ID // "" for a name that is not known
}

// newResolver makes a resolver for the options of an import.
func newResolver(o *Options) *resolver {
	return &resolver{store: o.Store, ask: o.Find, cache: map[nameKey]knowledge.ID{}}
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
		r.remember(key, id)
	}
	return id, id != "", nil
}

func (r *resolver) remember(key nameKey, id knowledge.ID) {
	if len(r.cache) >= maxCached {
		clear(r.cache)
	}
	r.cache[key] = id
}

// search finds a name that is not remembered; "" where there is none.
func (r *resolver) search(ctx context.Context, kind knowledge.Kind, name string, country knowledge.CountryCode) (knowledge.ID, error) {
	if r.seed == nil {
		s := newSprout()
		if err := s.nouns(); err != nil {
			return "", err
		}
		r.seed = s.names
	}
	var candidates []knowledge.ID
	if id, ok := r.seed[keyOf(kind, name, country)]; ok {
		candidates = append(candidates, id)
	}
	for _, slug := range slugsFor(kind, name, country) {
		candidates = append(candidates, seedID(kind, slug))
	}
	found, err := r.store.Load(ctx, candidates...)
	if err != nil {
		return "", fmt.Errorf("look up %s %q: %w", kind.Noun(), name, err)
	}
	for _, e := range found {
		if e != nil && isCalled(e, kind, name, country) {
			return e.Head().ID, nil
		}
	}
	if r.ask == nil {
		return "", nil
	}
	id, ok, err := r.ask(ctx, kind, name, country)
	if err != nil {
		return "", fmt.Errorf("look up %s %q: %w", kind.Noun(), name, err)
	}
	if !ok {
		return "", nil
	}
	return id, nil
}

// slugsFor lists the slugs that a record of the name may have got from a file, the likeliest first. For
// an authority or organisation the last of them is nobody else's.
func slugsFor(kind knowledge.Kind, name string, country knowledge.CountryCode) []string {
	if kind != knowledge.KindAuthority && kind != knowledge.KindOrganisation {
		return []string{name}
	}
	var slugs []string
	base := shorten(slugify(name))
	if base == "" { // The name is in another script.
		base = kind.Noun()
	} else if slugs = append(slugs, base); country != "" {
		slugs = append(slugs, base+"-"+slugify(string(country)))
	}
	sum := sha256.Sum256([]byte(fold(name) + "\x00" + string(country)))
	return append(slugs, base+"-"+hex.EncodeToString(sum[:4]))
}

// isCalled tells whether the record is the one that is meant.
func isCalled(e knowledge.Entity, kind knowledge.Kind, name string, country knowledge.CountryCode) bool {
	if e.Kind() != kind {
		return false
	}
	if !slices.Contains([]knowledge.Kind{knowledge.KindAuthority, knowledge.KindOrganisation}, kind) {
		return true // Found by its slug or an alias of it.
	}
	n := names{}
	_ = n.enter(e) // One record cannot be at odds with itself.
	_, ok := n[keyOf(kind, name, country)]
	return ok
}
