package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"goodpractice/internal/knowledge"
)

// Suggest completes what somebody types: with names of public records, and with words of their texts. It
// gives at most first of them, 1 to knowledge.MaxSuggestions, the best first, and none for a blank prefix.
// With an error of kind Unavailable it leaves out the records that cannot be read now.
func (c *Catalog) Suggest(ctx context.Context, prefix string, first int) ([]knowledge.Suggestion, error) {
	if utf8.RuneCountInString(prefix) > knowledge.MaxPrefix {
		return nil, &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{"prefix"},
			Message: fmt.Sprintf("Give at most %d characters: the beginning of a name or of a word.", knowledge.MaxPrefix),
		}
	}
	if first < 1 || first > knowledge.MaxSuggestions {
		return nil, &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{"first"},
			Message: fmt.Sprintf("Ask for 1 to %d suggestions.", knowledge.MaxSuggestions),
		}
	}
	if strings.TrimSpace(prefix) == "" {
		return []knowledge.Suggestion{}, nil
	}
	found, err := c.Search.Suggest(ctx, prefix, first, knowledge.ReaderFrom(ctx).Languages)
	if err != nil {
		return nil, err
	}
	ids := make([]knowledge.ID, len(found))
	for i, s := range found {
		ids[i] = s.ID
	}
	records, unread := c.named(ctx, ids)
	if unread != nil && !knowledge.IsKind(unread, knowledge.Unavailable) {
		return nil, unread
	}
	out := make([]knowledge.Suggestion, 0, len(found))
	for _, s := range found {
		e := records[s.ID]
		switch {
		case s.ID == "":
		case e == nil || e.Head().Status != knowledge.StatusPublished: // The index may be behind the store by a moment.
			continue
		case !isCalled(e, s.Text): // It is found by a name that is not shown, or that it had before.
			s.Text = NameOf(e)
		}
		if !slices.ContainsFunc(out, func(o knowledge.Suggestion) bool { return o.ID == s.ID && o.Text == s.Text }) {
			out = append(out, s)
		}
	}
	return out, unread
}

// isCalled tells whether a record shows the name, in any language. Hidden labels are no such names.
func isCalled(e knowledge.Entity, name string) bool {
	var labels []knowledge.Label
	switch x := e.(type) {
	case knowledge.Entry:
		return slices.ContainsFunc(x.Blocks(), func(b *knowledge.EntryText) bool { return b.Title == name })
	case *knowledge.Theme:
		labels = x.Labels
	case *knowledge.TargetGroup:
		labels = x.Labels
	case *knowledge.Authority:
		labels = x.Names
	case *knowledge.Country:
		labels = x.Names
	}
	return slices.ContainsFunc(labels, func(l knowledge.Label) bool { return l.Text == name })
}
