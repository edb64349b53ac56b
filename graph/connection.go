package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// window is the paging of a list as a client gives it.
type window struct {
	first  *int
	after  *string
	last   *int
	before *string
}

// page is the window in the words of the domain.
func (w window) page() (knowledge.Page, error) { return relay.Page(w.first, w.after, w.last, w.before) }

// connection is one page of a listing.
func connection[T knowledge.Entity](
	ctx context.Context, r *resolver, l knowledge.Listing, w window,
) (*relay.Connection[T], error) {
	page, err := w.page()
	if err != nil {
		return nil, err
	}
	l.Page = page
	found, err := r.catalog.Find(ctx, l)
	if err != nil {
		return nil, err
	}
	if err := received(ctx, found); err != nil {
		return nil, err
	}
	edges := make([]*relay.Edge[T], 0, len(found.Items))
	for _, item := range found.Items {
		if node, ok := item.Entity.(T); ok {
			edges = append(edges, &relay.Edge[T]{Cursor: item.Cursor, Node: node})
		}
	}
	return relay.Connect(edges, found.HasNext, found.HasPrevious, found.Total), nil
}

// received tells the loader what is on a page, and the client what could not be read of it.
func received(ctx context.Context, page catalog.Page) error {
	loaderFrom(ctx).expect(page)
	return partly(ctx, page.Unread)
}

// entries lists entries of the kinds: the newest first where no order is given.
func entries(
	filter *knowledge.EntryFilter, order *relay.EntryOrder, links []knowledge.Term, kinds ...knowledge.Kind,
) knowledge.Listing {
	l := knowledge.Listing{Kinds: kinds, Links: links, Order: knowledge.Order{Field: knowledge.OrderCreatedAt}}
	if filter != nil {
		l.Filter = *filter
	}
	if order != nil {
		l.Order = order.Order()
	}
	return l
}

// nouns lists records of a kind that is no entry: by name where no order is given. The words of a text are taken as they
// are, because the answer could not tell what else was made of them.
func nouns(text *string, order *relay.NounOrder, links []knowledge.Term, kind knowledge.Kind) knowledge.Listing {
	l := knowledge.Listing{
		Kinds: []knowledge.Kind{kind}, Links: links,
		Order:   knowledge.Order{Field: knowledge.OrderTitle, Ascending: true},
		Reading: knowledge.Reading{NoCorrections: true, NoSynonyms: true, NoFilters: true},
	}
	if text != nil {
		l.Text = *text
	}
	if order != nil {
		l.Order = order.Order()
	}
	return l
}

// linked is the condition that a record points at the target.
func linked(target knowledge.ID, relations ...knowledge.Relation) []knowledge.Term {
	return []knowledge.Term{{Relations: relations, Target: target}}
}
