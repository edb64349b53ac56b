package graph

import (
	"context"

	"goodpractice/graph/relay"
	"goodpractice/internal/knowledge"
)

// themeResolver answers the fields of a theme.
type themeResolver struct{ *resolver }

// Permalink is the address to cite.
func (r themeResolver) Permalink(_ context.Context, obj *knowledge.Theme) (string, error) {
	return r.permalink(obj)
}

// HiddenLabels are the labels that match in searches and are shown to editors alone.
func (r themeResolver) HiddenLabels(_ context.Context, obj *knowledge.Theme) ([]*knowledge.Label, error) {
	return hiddenLabels(&obj.Concept), nil
}

// Broader is the wider term.
func (r themeResolver) Broader(ctx context.Context, obj *knowledge.Theme) (*knowledge.Theme, error) {
	return one[*knowledge.Theme](ctx, obj.BroaderID)
}

// Narrower are the narrower terms.
func (r themeResolver) Narrower(
	ctx context.Context, obj *knowledge.Theme, first *int, after *string, last *int, before *string,
) (*relay.ThemeConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelBroader), knowledge.KindTheme)
	return connection[*knowledge.Theme](ctx, r.resolver, l, window{first, after, last, before})
}

// Related are the terms that are close to it.
func (r themeResolver) Related(ctx context.Context, obj *knowledge.Theme) ([]*knowledge.Theme, error) {
	return all[*knowledge.Theme](ctx, obj.RelatedIDs)
}

// ReplacedBy is the term to use instead.
func (r themeResolver) ReplacedBy(ctx context.Context, obj *knowledge.Theme) (*knowledge.Theme, error) {
	return one[*knowledge.Theme](ctx, obj.ReplacedByID)
}

// Entries are those on it or on a narrower term.
func (r themeResolver) Entries(
	ctx context.Context, obj *knowledge.Theme, filter *knowledge.EntryFilter, orderBy *relay.EntryOrder,
	first *int, after *string, last *int, before *string,
) (*relay.EntryConnection, error) {
	l := entries(filter, orderBy, nil, knowledge.EntryKinds()...)
	l.Within.Themes = []string{string(obj.ID)}
	return connection[knowledge.Entry](ctx, r.resolver, l, window{first, after, last, before})
}

// Events are those on it.
func (r themeResolver) Events(
	ctx context.Context, obj *knowledge.Theme, first *int, after *string, last *int, before *string,
) (*relay.EventConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelTheme), knowledge.KindEvent)
	return connection[*knowledge.Event](ctx, r.resolver, l, window{first, after, last, before})
}

// Studies are those on it.
func (r themeResolver) Studies(
	ctx context.Context, obj *knowledge.Theme, first *int, after *string, last *int, before *string,
) (*relay.StudyConnection, error) {
	l := nouns(nil, nil, linked(obj.ID, knowledge.RelTheme), knowledge.KindStudy)
	return connection[*knowledge.Study](ctx, r.resolver, l, window{first, after, last, before})
}
