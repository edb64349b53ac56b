package bundle

import (
	"context"
	"fmt"

	"goodpractice/internal/knowledge"
)

// draft is a record that a batch of flat lines may change.
type draft struct {
	id     knowledge.ID
	stored knowledge.Entry // nil for a record that is not there
	next   knowledge.Entry // what it becomes; the stored one until a line changes it
	lines  []int           // that changed it
	makes  []outcome       // what each of them did
}

// draftKey is what a line calls the record that it is about.
type draftKey struct {
	kind knowledge.Kind
	slug string
}

func (r *record) key() draftKey { return draftKey{knowledge.Kind(r.Kind), r.slug()} }

// drafts loads the records that the lines are about, by what the lines call them. That is the record
// with the slug. Where there is none, it is the one that was made from a file under it and is called
// otherwise by now, or else a new one.
func (im *importer) drafts(ctx context.Context, items []item) (map[draftKey]*draft, error) {
	im.named = naming{} // What was learnt for the batch before may have changed.
	drafts := map[draftKey]*draft{}
	var keys []draftKey
	var ids []knowledge.ID
	for _, it := range items {
		if it.bad != "" || !knowledge.Kind(it.record.Kind).IsEntry() {
			continue
		}
		if key := it.record.key(); drafts[key] == nil {
			drafts[key] = &draft{id: it.record.entityID()}
			keys, ids = append(keys, key), append(ids, drafts[key].id)
		}
	}
	derived, err := im.options.Store.Load(ctx, ids...)
	if err != nil {
		return nil, fmt.Errorf("load records: %w", err)
	}
	called, err := im.called(ctx, keys, derived)
	if err != nil {
		return nil, err
	}
	byID := map[knowledge.ID]*draft{}
	for i, key := range keys {
		d := drafts[key]
		for _, e := range []knowledge.Entity{called[i], derived[i]} {
			if entry, ok := e.(knowledge.Entry); ok && d.next == nil {
				d.id, d.stored, d.next = entry.Head().ID, entry, entry
			}
		}
		if other := byID[d.id]; other != nil {
			drafts[key] = other
		} else {
			byID[d.id] = d
		}
	}
	return drafts, nil
}

// called gives the records with the slugs, nil for a slug that nobody knows. Only those are looked up
// that no record of derived has.
func (im *importer) called(
	ctx context.Context, keys []draftKey, derived []knowledge.Entity,
) ([]knowledge.Entity, error) {
	called := make([]knowledge.Entity, len(keys))
	if im.options.Find == nil {
		return called, nil
	}
	var ids []knowledge.ID
	var places []int
	for i, key := range keys {
		if is(derived[i], key) || knowledge.CheckSlug(key.slug) != nil {
			continue
		}
		id, found, err := im.options.Find(ctx, key.kind, key.slug, "")
		if err != nil {
			return nil, fmt.Errorf("look up %s %q: %w", key.kind.Noun(), key.slug, err)
		}
		if found {
			ids, places = append(ids, id), append(places, i)
		}
	}
	loaded, err := im.options.Store.Load(ctx, ids...)
	if err != nil {
		return nil, fmt.Errorf("load records: %w", err)
	}
	for i, e := range loaded {
		if is(e, keys[places[i]]) { // Whoever looked it up may be behind the store by a moment.
			called[places[i]] = e
		}
	}
	return called, nil
}

// is tells whether an entity, which may be nil, is called so.
func is(e knowledge.Entity, key draftKey) bool {
	return e != nil && e.Kind() == key.kind && e.Head().Slug == key.slug
}

// has tells whether the record was made from the same line before.
func (d *draft) has(r *record) bool {
	language, _ := knowledge.ParseLanguageTag(r.Language)
	return d.next != nil && digestsOf(d.next)[language] == r.digest()
}

// says tells whether the record would be exported as this line.
func (im *importer) says(ctx context.Context, d *draft, r *record) (bool, error) {
	if d.next == nil {
		return false, nil
	}
	if err := im.named.learn(ctx, im.options.Store.Load, d.next); err != nil {
		return false, fmt.Errorf("load records: %w", err)
	}
	want := r.digest()
	for _, line := range flatten(d.next, im.named) {
		if line.digest() == want {
			return true, nil
		}
	}
	return false, nil
}
