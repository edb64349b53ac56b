package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"goodpractice/graph/relay"
	"goodpractice/internal/catalog"
	"goodpractice/internal/knowledge"
)

// foundResolver answers the fields of search results that cost something of their own.
type foundResolver struct{ *resolver }

// hitResolver does so for one result.
type hitResolver struct{ *resolver }

// Search finds entries by words.
func (r queryResolver) Search(
	ctx context.Context, text *string, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	reading *relay.SearchReading, explain bool, first *int, after *string, last *int, before *string,
) (*relay.SearchConnection, error) {
	page, err := relay.Page(first, after, last, before)
	if err != nil {
		return nil, err
	}
	l := entries(filter, orderBy, nil, knowledge.EntryKinds()...)
	relay.SearchFor(&l, text, orderBy == nil)
	l.Page, l.Reading, l.Explain = page, reading.Reading(), explain
	if selects(ctx, "facets") { // One pass over what matches gives the page and the counts.
		l.Facets = knowledge.FacetFields()
	}
	found, err := r.catalog.Find(ctx, l)
	if err != nil {
		return nil, err
	}
	return results(l, found), received(ctx, found)
}

// results is a page of results; it remembers what was searched for.
func results(l knowledge.Listing, found catalog.Page) *relay.SearchConnection {
	edges := make([]*relay.SearchEdge, 0, len(found.Items))
	for _, item := range found.Items {
		if node, ok := item.Entity.(knowledge.Entry); ok {
			edges = append(edges, &relay.SearchEdge{
				Cursor: item.Cursor, Score: item.Score, Node: node, IsRelated: item.IsRelated, Explanation: item.Parts, Marker: found.Marker,
			})
		}
	}
	return &relay.SearchConnection{
		Edges: edges, PageInfo: relay.Info(edges, found.HasNext, found.HasPrevious), TotalCount: found.Total,
		Listing: l, Counted: found.Facets, Understood: found.Interpretation,
	}
}

// Interpretation is how the text was understood.
func (r foundResolver) Interpretation(
	ctx context.Context, obj *relay.SearchConnection,
) (*relay.SearchInterpretation, error) {
	understood, err := r.catalog.Interpretation(ctx, obj.Understood)
	return relay.InterpretationOf(understood), partly(ctx, err)
}

// Facets counts all results by each dimension.
func (r foundResolver) Facets(
	ctx context.Context, obj *relay.SearchConnection, fields []knowledge.FacetField, first int,
) ([]*knowledge.Facet, error) {
	facets, err := r.catalog.FacetsOf(ctx, obj.Listing, obj.Counted, fields, first)
	if facets == nil {
		return nil, err
	}
	return pointers(facets), partly(ctx, err)
}

// Highlights are the passages that matched.
func (r hitResolver) Highlights(ctx context.Context, obj *relay.SearchEdge) ([]*knowledge.Highlight, error) {
	if obj.Marker != nil {
		if err := loaderFrom(ctx).prepare(ctx); err != nil {
			return nil, err
		}
	}
	passages, err := r.catalog.Highlights(ctx, obj.Marker, obj.Node)
	return pointers(passages), err
}

// Statistics counts entries for each combination of values.
func (r queryResolver) Statistics(
	ctx context.Context, filter *knowledge.EntryFilter, by []knowledge.FacetField,
) (*relay.Statistics, error) {
	table := knowledge.CrossTable{Dimensions: by}
	if filter != nil {
		table.Filter = *filter
	}
	cells, total, err := r.catalog.CrossTable(ctx, table)
	if cells == nil && err != nil {
		return nil, err
	}
	if err := partly(ctx, err); err != nil {
		return nil, err
	}
	return relay.StatisticsOf(by, cells, total), nil
}

// selects tells whether a field of what is being resolved is asked for.
func selects(ctx context.Context, name string) bool {
	return slices.ContainsFunc(graphql.CollectFieldsCtx(ctx, nil), func(f graphql.CollectedField) bool { return f.Name == name })
}

// pointers are the addresses of the items.
func pointers[T any](items []T) []*T {
	out := make([]*T, len(items))
	for i := range items {
		out[i] = &items[i]
	}
	return out
}
