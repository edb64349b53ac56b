package plainbleve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"goodpractice/internal/knowledge"
)

// batchSize is how many entries are indexed at once.
const batchSize = 500

// Index is an index by Bleve's defaults.
type Index struct {
	index  bleve.Index
	common string // The theme that most entries have.
}

// document is an entry for Bleve.
type document struct {
	Title   string   `json:"title"`
	Summary string   `json:"summary"`
	Body    string   `json:"body"`
	Themes  []string `json:"themes"`
	Country []string `json:"country"`
	Kind    string   `json:"kind"`
	Year    string   `json:"year"`
	Number  float64  `json:"number"`
}

// New fills an index in a new directory with the published entries among the entities. Close it.
func New(dir string, entities iter.Seq[knowledge.Entity]) (*Index, error) {
	index, err := bleve.New(dir, plainMapping())
	if err != nil {
		return nil, err
	}
	x, used := &Index{index: index}, map[string]int{}
	batch := index.NewBatch()
	for e := range entities {
		entry, isEntry := e.(knowledge.Entry)
		if !isEntry || e.Head().Status != knowledge.StatusPublished {
			continue
		}
		d := documentOf(entry)
		for _, theme := range d.Themes {
			used[theme]++
		}
		err = batch.Index(string(e.Head().ID), d)
		if err == nil && batch.Size() == batchSize {
			err = index.Batch(batch)
			batch.Reset()
		}
		if err != nil {
			return nil, errors.Join(err, index.Close())
		}
	}
	if err := index.Batch(batch); err != nil || len(used) == 0 {
		return nil, errors.Join(fmt.Errorf("no entries are filed, or: %w", err), index.Close())
	}
	x.common = slices.MaxFunc(slices.Sorted(maps.Keys(used)), func(one, other string) int { return cmp.Compare(used[one], used[other]) })
	return x, nil
}

// Close closes the index.
func (x *Index) Close() error { return x.index.Close() }

// Page searches for three words with two filters, four facets and twenty highlights. Finding nothing is an error.
func (x *Index) Page(ctx context.Context) error {
	found, err := x.index.SearchInContext(ctx, page("social housing families", x.common))
	if err == nil && len(found.Hits) == 0 {
		return errors.New("nothing is found")
	}
	return err
}

// plainMapping has keywords for what is counted.
func plainMapping() mapping.IndexMapping {
	entry, word := bleve.NewDocumentMapping(), bleve.NewTextFieldMapping()
	word.Analyzer = keyword.Name
	for _, field := range []string{"themes", "country", "kind", "year"} {
		entry.AddFieldMappingsAt(field, word)
	}
	whole := bleve.NewIndexMapping()
	whole.DefaultMapping = entry
	return whole
}

// documentOf takes the first language of an entry.
func documentOf(e knowledge.Entry) document {
	text, core := e.Blocks()[0], e.Core()
	out := document{
		Title: text.Title, Summary: text.Summary, Kind: string(e.Kind()),
		Body: text.Situation + "\n" + text.Action + "\n" + text.Results,
	}
	for _, id := range core.ThemeIDs {
		out.Themes = append(out.Themes, string(id))
	}
	for _, code := range core.CountryCodes {
		out.Country = append(out.Country, string(code))
	}
	if core.Period != nil {
		out.Year, _, _ = strings.Cut(string(core.Period.Start), "-")
		out.Number, _ = strconv.ParseFloat(out.Year, 64) // A date begins with its year.
	}
	return out
}

// page is the same page: three words, two filters, four facets, twenty highlights.
func page(words, theme string) *bleve.SearchRequest {
	from, to, isIn := 2005.0, 2020.0, true
	var anywhere []query.Query
	for _, field := range []string{"title", "summary", "body"} {
		q := bleve.NewMatchQuery(words)
		q.SetField(field)
		anywhere = append(anywhere, q)
	}
	themed := bleve.NewTermQuery(theme)
	themed.SetField("themes")
	years := bleve.NewNumericRangeInclusiveQuery(&from, &to, &isIn, &isIn)
	years.SetField("number")
	request := bleve.NewSearchRequestOptions(bleve.NewConjunctionQuery(bleve.NewDisjunctionQuery(anywhere...), themed, years), 20, 0, false)
	for _, field := range []string{"themes", "country", "year", "kind"} {
		request.AddFacet(field, bleve.NewFacetRequest(field, 20))
	}
	request.Highlight = bleve.NewHighlight()
	return request
}
