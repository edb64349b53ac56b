package catalog

import (
	"context"
	"slices"

	"goodpractice/internal/knowledge"
)

// Interpretation tells the reader how the text of a page was understood: its terms and filters that are
// records are named as the reader may see them, and those that the reader may not see are left out. It is
// nil for nil. With an error of kind Unavailable it leaves out what cannot be read now as well.
func (c *Catalog) Interpretation(
	ctx context.Context, understood *knowledge.Interpretation,
) (*knowledge.Interpretation, error) {
	if understood == nil {
		return nil, nil //nolint:nilnil // Without a text there is none.
	}
	out := *understood
	out.Synonyms, out.Filters = slices.Clone(out.Synonyms), slices.Clone(out.Filters)
	var ids []knowledge.ID
	for _, s := range out.Synonyms {
		ids = append(ids, s.ID)
	}
	for _, f := range out.Filters {
		ids = append(ids, recordOf(f))
	}
	records, unread := c.named(ctx, ids)
	if unread != nil && !knowledge.IsKind(unread, knowledge.Unavailable) {
		return nil, unread
	}
	out.Synonyms = slices.DeleteFunc(out.Synonyms, func(s knowledge.Synonym) bool {
		return s.ID != "" && records[s.ID] == nil
	})
	for i := range out.Synonyms {
		if e := records[out.Synonyms[i].ID]; e != nil {
			out.Synonyms[i].Label = NameOf(e)
		}
	}
	out.Filters = slices.DeleteFunc(out.Filters, func(f knowledge.TextFilter) bool {
		id := knowledge.ID(f.Value)
		return id.Kind() != "" && records[id] == nil
	})
	for i := range out.Filters {
		label(&out.Filters[i], records)
	}
	return &out, unread
}

// named gives the reader's copies of records by id, without those that the reader may not see.
func (c *Catalog) named(ctx context.Context, ids []knowledge.ID) (map[knowledge.ID]knowledge.Entity, error) {
	ids = slices.DeleteFunc(ids, func(id knowledge.ID) bool { return id == "" })
	found, err := c.Load(ctx, ids...)
	records := make(map[knowledge.ID]knowledge.Entity, len(ids))
	for i, id := range ids {
		if found[i] != nil {
			records[id] = found[i]
		}
	}
	return records, err
}

// recordOf is the record that a filter of the text names; empty where it names none.
func recordOf(f knowledge.TextFilter) knowledge.ID {
	if id := knowledge.ID(f.Value); id.Kind() != "" {
		return id
	}
	if code := knowledge.CountryCode(f.Value); knowledge.IsCountryCode(code) {
		return knowledge.CountryID(code)
	}
	return ""
}

// label says what to show of a filter of the text, and puts the slug in the place of an id.
func label(f *knowledge.TextFilter, records map[knowledge.ID]knowledge.Entity) {
	id := recordOf(*f)
	switch e := records[id]; {
	case e != nil:
		f.Label = NameOf(e)
		if string(id) == f.Value {
			f.Value = e.Head().Slug
		}
	case f.Label == "":
		f.Label = f.Value
	}
}
