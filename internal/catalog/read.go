package catalog

import (
	"context"
	"fmt"

	"goodpractice/internal/knowledge"
)

// Page is one page of a list.
type Page struct {
	Items       []Item
	Total       int
	HasNext     bool
	HasPrevious bool
	// Unread is why Items lacks records that could not be read now: an error that wraps one of kind
	// Unavailable. It is nil where nothing is lacking.
	Unread error
	// Facets are the counts that the listing asked for, as Catalog.FacetsOf takes them.
	Facets []knowledge.Facet
	// Interpretation is how the text was understood, as Catalog.Interpretation takes it; nil without a text.
	Interpretation *knowledge.Interpretation
	// Marker is what Catalog.Highlights takes; nil without a text.
	Marker knowledge.Marker
}

// Item is an entity in a list, with its place and how well it matched.
type Item struct {
	Entity knowledge.Entity
	Cursor string
	Score  float64
	// IsRelated tells that the entity has none of the words of the search text, and is about the same.
	IsRelated bool
	// Parts add up to the score; nil unless an editor asked for them.
	Parts []knowledge.ScorePart
}

// Load gives the reader's copies in the order of the ids; nil for what the reader may not see. With an
// error it gives those that are in memory all the same.
func (c *Catalog) Load(ctx context.Context, ids ...knowledge.ID) ([]knowledge.Entity, error) {
	entities, err := c.bodies.load(ctx, ids...)
	reader := knowledge.ReaderFrom(ctx)
	for i, e := range entities {
		entities[i] = show(reader, e)
	}
	return entities, err
}

// Kept gives the reader's copy of a record that is in memory, nil where the reader may not see it; false
// for a record that has to be read from the store.
func (c *Catalog) Kept(ctx context.Context, id knowledge.ID) (knowledge.Entity, bool) {
	e, ok := c.bodies.get(id)
	if !ok {
		return nil, false
	}
	return show(knowledge.ReaderFrom(ctx), e), true
}

// Holds tells whether a record is in memory, whoever may see it.
func (c *Catalog) Holds(id knowledge.ID) bool { return c.bodies.holds(id) }

// BySlug gives the record with the slug; an Error of kind NotFound where the reader may see none.
func (c *Catalog) BySlug(ctx context.Context, kind knowledge.Kind, slug string) (knowledge.Entity, error) {
	id, ok, err := c.find(ctx, kind, slug)
	if err != nil {
		return nil, err
	}
	if ok {
		found, err := c.Load(ctx, id)
		if err != nil {
			return nil, err
		}
		if found[0] != nil {
			return found[0], nil
		}
	}
	return nil, &knowledge.Error{
		Kind: knowledge.NotFound, Path: []string{"slug"},
		Message: "There is no " + kind.Noun() + " with this slug.",
	}
}

// Find gives one page of what the reader may see. While the store cannot be read it gives what is in
// memory, see Page.Unread.
func (c *Catalog) Find(ctx context.Context, l knowledge.Listing) (Page, error) {
	l, err := c.prepare(ctx, l)
	if err != nil {
		return Page{}, err
	}
	found, err := c.Search.Find(ctx, l)
	if err != nil {
		return Page{}, err
	}
	ids := make([]knowledge.ID, len(found.Hits))
	for i, h := range found.Hits {
		ids[i] = h.ID
	}
	entities, err := c.Load(ctx, ids...)
	if err != nil && !knowledge.IsKind(err, knowledge.Unavailable) {
		return Page{}, err
	}
	page := Page{
		Total: found.Total, HasNext: found.HasNext, HasPrevious: found.HasPrevious, Unread: err, Facets: found.Facets,
		Interpretation: found.Interpretation, Marker: found.Marker,
	}
	for i, h := range found.Hits {
		if entities[i] != nil { // The index may be behind the store by a moment.
			page.Items = append(page.Items, Item{entities[i], h.Cursor, h.Score, h.IsRelated, h.Parts})
		}
	}
	return page, nil
}

// Version is one saved state of an entry.
type Version struct {
	Entity knowledge.Entity
	// Holder is whose token it was saved by; empty for the program itself.
	Holder string
}

// History gives the saved states of an entry that lie before a revision, the newest first; 0 begins
// with the present one. It tells false to those who may not edit the entry.
func (c *Catalog) History(
	ctx context.Context, e knowledge.Entity, before knowledge.Revision, limit int,
) ([]Version, bool, error) {
	reader := knowledge.ReaderFrom(ctx)
	if !reader.Actor.IsInsider(e) {
		return nil, false, nil
	}
	states, err := c.Store.History(ctx, e.Head().ID, before, limit)
	if err != nil {
		return nil, true, fmt.Errorf("history of %s: %w", e.Head().ID, err)
	}
	ids := make([]knowledge.ID, len(states))
	for i, s := range states {
		ids[i] = s.Head().Edit.By
	}
	holders, err := c.bodies.load(ctx, ids...)
	if err != nil && !knowledge.IsKind(err, knowledge.Unavailable) { // A name less is better than no history.
		return nil, true, err
	}
	versions := make([]Version, len(states))
	for i, s := range states {
		redact(reader.Actor, s)
		s.Localise(nil)
		versions[i].Entity = s
		if token, ok := holders[i].(*knowledge.Token); ok {
			versions[i].Holder = token.Name
		}
	}
	return versions, true, nil
}

// show makes the reader's copy of a stored entity, which stays as it is; nil where the reader may not
// see it. The copy shares its lists with the entity.
func show(reader knowledge.Reader, e knowledge.Entity) knowledge.Entity {
	if e == nil || !reader.Actor.MayRead(e) {
		return nil
	}
	e = knowledge.Shallow(e)
	redact(reader.Actor, e)
	e.Localise(reader.Languages)
	return e
}

// redact removes what is not for the actor: some contacts, and the hidden labels of terms.
func redact(actor knowledge.Actor, e knowledge.Entity) {
	switch x := e.(type) {
	case *knowledge.Theme:
		x.HiddenLabels = hidden(actor, x.HiddenLabels)
	case *knowledge.TargetGroup:
		x.HiddenLabels = hidden(actor, x.HiddenLabels)
	}
	entry, ok := e.(knowledge.Entry)
	if !ok {
		return
	}
	core := entry.Core()
	kept := make([]knowledge.Contact, 0, len(core.Contacts))
	for _, contact := range core.Contacts {
		switch {
		case contact.Visibility == knowledge.ContactPublic, actor.IsInsider(e),
			contact.Visibility == knowledge.ContactMembers && actor.Role != knowledge.RoleAnonymous:
			kept = append(kept, contact)
		}
	}
	core.HasHiddenContacts = len(kept) < len(core.Contacts)
	core.Contacts = kept
}

// hidden are the hidden labels for an editor, and nil for everyone else.
func hidden(actor knowledge.Actor, labels []knowledge.Label) []knowledge.Label {
	switch {
	case !actor.IsEditor():
		return nil
	case labels == nil:
		return []knowledge.Label{}
	}
	return labels
}
