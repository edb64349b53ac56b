package catalog

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"goodpractice/internal/knowledge"
)

// spareBuckets is how many values of a facet are looked at beyond those asked for, in case that some of
// them are records that the reader may not see.
const spareBuckets = 20

// Facets counts everything that a listing finds, on all its pages, by each of the dimensions. Each
// has at most first values, the most frequent ones, and besides these the values that the filter names,
// even where they count nothing. Years are all there, in their order. With an error of kind Unavailable it
// gives the values whose names are in memory.
func (c *Catalog) Facets(
	ctx context.Context, l knowledge.Listing, fields []knowledge.FacetField, first int,
) ([]knowledge.Facet, error) {
	return c.FacetsOf(ctx, l, nil, fields, first)
}

// FacetsOf is Facets where a page of the same listing came with counts already.
func (c *Catalog) FacetsOf(
	ctx context.Context, l knowledge.Listing, counted []knowledge.Facet, fields []knowledge.FacetField, first int,
) ([]knowledge.Facet, error) {
	if first < 1 || first > knowledge.MaxFacetBuckets {
		return nil, &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{"first"},
			Message: fmt.Sprintf("Ask for 1 to %d values.", knowledge.MaxFacetBuckets),
		}
	}
	if fields == nil {
		fields = knowledge.FacetFields()
	}
	found, err := c.counts(ctx, l, counted, fields)
	if err != nil {
		return nil, err
	}
	var all []labelled
	for i := range found {
		f := &found[i]
		f.Buckets = leading(f, first+spareBuckets)
		for j := range f.Buckets {
			all = append(all, labelled{f.Field, &f.Buckets[j]})
		}
	}
	unread := c.label(ctx, all)
	if unread != nil && !knowledge.IsKind(unread, knowledge.Unavailable) {
		return nil, unread
	}
	for i := range found { // A record that the reader may not see is no value either.
		f := &found[i]
		f.Buckets = slices.DeleteFunc(f.Buckets, func(b knowledge.Bucket) bool { return b.Value == "" })
		f.Buckets = leading(f, first)
		if f.Field == knowledge.FacetYear {
			chooseYears(f.Buckets, l.Filter)
		}
	}
	return found, c.broaden(ctx, found, unread)
}

// chooseYears marks the years that the filter wants. It names a span of them and no single one, so the index
// marks none.
func chooseYears(buckets []knowledge.Bucket, f knowledge.EntryFilter) {
	if f.YearFrom == nil && f.YearTo == nil {
		return
	}
	for i := range buckets {
		year, err := strconv.Atoi(buckets[i].Value)
		buckets[i].IsChosen = err == nil && (f.YearFrom == nil || *f.YearFrom <= year) && (f.YearTo == nil || year <= *f.YearTo)
	}
}

// leading are the first n values of a dimension and those that are chosen. Years are a histogram, which has
// no gaps.
func leading(f *knowledge.Facet, n int) []knowledge.Bucket {
	if f.Field == knowledge.FacetYear || len(f.Buckets) <= n {
		return f.Buckets
	}
	kept := f.Buckets[:n:n]
	for _, b := range f.Buckets[n:] {
		if b.IsChosen {
			kept = append(kept, b)
		}
	}
	return kept
}

// counts takes what was counted, or counts.
func (c *Catalog) counts(
	ctx context.Context, l knowledge.Listing, counted []knowledge.Facet, fields []knowledge.FacetField,
) ([]knowledge.Facet, error) {
	var out []knowledge.Facet
	for _, field := range fields {
		i := slices.IndexFunc(counted, func(f knowledge.Facet) bool { return f.Field == field })
		if i < 0 {
			break
		}
		out = append(out, knowledge.Facet{Field: field, Buckets: slices.Clone(counted[i].Buckets)})
	}
	if len(out) == len(fields) {
		return out, nil
	}
	l, err := c.prepare(ctx, l)
	if err != nil {
		return nil, err
	}
	l.Facets, l.Page = fields, knowledge.Page{CountOnly: true}
	found, err := c.Search.Find(ctx, l)
	return found.Facets, err
}

// CrossTable counts the entries that the reader may see for each combination of values. With an error of
// kind Unavailable it gives the cells whose names are in memory, and the total of all.
func (c *Catalog) CrossTable(ctx context.Context, t knowledge.CrossTable) ([]knowledge.Cell, int, error) {
	if n := len(t.Dimensions); n < 1 || n > 4 {
		return nil, 0, &knowledge.Error{
			Kind: knowledge.Invalid, Path: []string{"by"}, Message: "Ask for one to four dimensions.",
		}
	}
	for i, d := range t.Dimensions {
		if slices.Contains(t.Dimensions[:i], d) {
			return nil, 0, &knowledge.Error{
				Kind: knowledge.Invalid, Path: []string{"by"}, Message: "Ask for each dimension once.",
			}
		}
	}
	filter, err := c.resolve(ctx, t.Filter)
	if err != nil {
		return nil, 0, err
	}
	t.Filter, t.Viewer = filter, knowledge.ReaderFrom(ctx).Actor
	cells, total, err := c.Search.CrossTable(ctx, t)
	if err != nil {
		return nil, 0, err
	}
	var all []labelled
	for i := range cells {
		for j := range cells[i].Values {
			all = append(all, labelled{t.Dimensions[j], &cells[i].Values[j]})
		}
	}
	unread := c.label(ctx, all)
	if unread != nil && !knowledge.IsKind(unread, knowledge.Unavailable) {
		return nil, 0, unread
	}
	cells = slices.DeleteFunc(cells, func(cell knowledge.Cell) bool { // As in facets.
		return slices.ContainsFunc(cell.Values, func(b knowledge.Bucket) bool { return b.ID != "" && b.Value == "" })
	})
	return cells, total, unread
}

// labelled is a value that needs a label, and the dimension that it belongs to.
type labelled struct {
	field  knowledge.FacetField
	bucket *knowledge.Bucket
}

// label gives each value what to show, and values that are records their slugs. What could not be read is
// then like what the reader may not see.
func (c *Catalog) label(ctx context.Context, all []labelled) error {
	var ids []knowledge.ID
	at := map[knowledge.ID]int{}
	for _, x := range all {
		b := x.bucket
		if x.field == knowledge.FacetCountry && b.Value != "" {
			b.ID = knowledge.CountryID(knowledge.CountryCode(b.Value))
		}
		if _, ok := at[b.ID]; b.ID != "" && !ok {
			at[b.ID] = len(ids)
			ids = append(ids, b.ID)
		}
	}
	nouns, err := c.Load(ctx, ids...)
	for _, x := range all {
		var noun knowledge.Entity
		if x.bucket.ID != "" {
			noun = nouns[at[x.bucket.ID]]
		}
		x.name(noun)
	}
	return err
}

// name sets the label, and the slug where the value is a record. The value becomes empty where the
// reader may not see the record.
func (x labelled) name(noun knowledge.Entity) {
	b := x.bucket
	switch {
	case noun != nil:
		b.Label = NameOf(noun)
		if x.field != knowledge.FacetCountry {
			b.Value = noun.Head().Slug
		}
	case b.Value == "" && b.ID != "": // It stays without a value.
	case b.Value != "" && (x.field == knowledge.FacetKind || x.field == knowledge.FacetEvidence):
		s := strings.ToLower(strings.ReplaceAll(b.Value, "_", " "))
		b.Label = strings.ToUpper(s[:1]) + s[1:]
	default:
		b.Label = b.Value
	}
}

// NameOf is what to call an entity in a list: its label, name or title in the language that was
// chosen for the reader.
func NameOf(e knowledge.Entity) string {
	switch x := e.(type) {
	case knowledge.Entry:
		return x.Shown().Title
	case *knowledge.Authority:
		return x.Name
	case *knowledge.Country:
		return x.Name
	case *knowledge.Theme:
		return x.Label
	case *knowledge.TargetGroup:
		return x.Label
	case *knowledge.Event:
		return x.Title
	case *knowledge.Study:
		return x.Title
	case *knowledge.Organisation:
		return x.Name
	case *knowledge.Partner:
		return x.Name
	case *knowledge.Token:
		return x.Name
	}
	return ""
}
