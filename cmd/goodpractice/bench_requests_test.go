package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"

	"goodpractice/internal/knowledge"
)

const (
	benchSearch = `query Search($text: String!) { search(text: $text, first: 20) { totalCount
		edges { cursor score highlights { path fragments } node { __typename id slug title summary language status
			themes { id label } authorities { id name country { code name } } } }
		facets { field buckets { value label count } } pageInfo { hasNextPage endCursor } } }`
	benchRecord = `query Record($id: ID!) { node(id: $id) { ... on Practice { id slug title summary situation action results
		learnt year themes { slug label } authorities { name country { name } } completeness { score } } } }`
	benchPage = `query Page($ids: [ID!]!) { nodes(ids: $ids) { ... on Practice { id slug title summary } } }`
	benchYear = `query Year { practices(filter: {yearFrom: 2010, yearTo: 2014}, orderBy: {field: YEAR, direction: DESC},
		first: 20) { totalCount nodes { id title year themes { label } } } }`
	benchCreate = `mutation Post($input: CreatePracticeInput!) { createPractice(input: $input) {
		practice { id slug revision status } isSearchable userErrors { path message } } }`
)

// Paths of a request.
const (
	pathBare     = "floor: the index or store alone"
	pathInside   = "GraphQL, in process"
	pathBareHTTP = "floor: the same over HTTP"
	pathHTTP     = "GraphQL, HTTP"
)

// operation is something that is measured on every path.
type operation struct {
	name string
	body func() []byte               // of the next request
	bare func(context.Context) error // nil where there is no floor
	// bleve makes the same of Bleve alone; nil where that is not measured.
	bleve func() func(context.Context) error
}

// requests measures every operation. Those that write come last.
func (b *bench) requests(out io.Writer) {
	b.t.Helper()
	b.serve()
	words := wordsInTurn()
	ids := b.idsInTurn()
	for _, o := range append(b.searches(), []operation{
		{name: "search housing", body: searchFor(func() string { return "housing" }), bare: b.searchAlone(func() string { return "housing" })},
		{name: "search 40 texts in turn", body: searchFor(words()), bare: b.searchAlone(words())},
		{name: "one record", body: func() []byte { return request(benchRecord, map[string]any{"id": ids()}) }, bare: b.loadAlone(ids)},
		{name: "20 records by id", body: pageOf(ids), bare: b.pages(ids)},
		{name: "list by year", body: func() []byte { return request(benchYear, nil) }, bare: b.yearAlone},
		{name: "create until found", body: b.post, bare: nil},
	}...) {
		if *benchOnly == "" || slices.ContainsFunc(strings.Split(*benchOnly, ","), func(s string) bool { return strings.HasPrefix(o.name, s) }) {
			b.measure(out, o)
		}
	}
}

// measure prints the rows of one operation.
func (b *bench) measure(out io.Writer, o operation) {
	b.t.Helper()
	if o.body == nil {
		p50 := map[string]float64{}
		if o.bleve != nil {
			b.line(out, o.name, row{pathBleve, 1, o.bleve(), ""}, p50)
		}
		b.line(out, o.name, row{pathSearch, 1, o.bare, pathBleve}, p50)
		return
	}
	bare := o.bare
	if bare == nil {
		bare = func(context.Context) error { return nil }
	}
	least := httptest.NewServer(bareHandler(b.answer(o.body()), bare))
	defer least.Close()
	p50 := map[string]float64{}
	for _, r := range []row{
		{pathBare, 1, o.bare, ""},
		{pathInside, 1, inProcess(b.site, o.body, b.secret), pathBare},
		{pathBareHTTP, 1, overHTTP(least.URL, o.body, ""), ""},
		{pathHTTP, 1, overHTTP(b.server.URL, o.body, b.secret), pathBareHTTP},
		{pathBareHTTP, benchClients, overHTTP(least.URL, o.body, ""), ""},
		{pathHTTP, benchClients, overHTTP(b.server.URL, o.body, b.secret), pathBareHTTP},
	} {
		if r.once == nil || o.bare == nil && r.against == "" {
			continue
		}
		b.line(out, o.name, r, p50)
	}
}

// line measures a row and prints it. The medians of the paths before it are its floors.
func (b *bench) line(out io.Writer, name string, r row, p50 map[string]float64) {
	b.t.Helper()
	m := r.measure(b.t)
	p50[r.path] = m.p50
	ratio := ""
	if floor := p50[r.against]; floor > 0 {
		ratio = fmt.Sprintf("%.1f", m.p50/floor)
	}
	b.write(out, "%d\t%s\t%s\t%s\t%d\t%d\t%.3f\t%.3f\t%.3f\t%.3f\t%d\t%s\t%.1f\t\n", b.size, b.stored.name,
		name, r.path, r.clients, m.runs, m.p50, m.p95, m.p99, m.cpu, m.allocs, ratio, m.p99/m.p50)
}

// answer is what the site answers to a request.
func (b *bench) answer(body []byte) []byte {
	b.t.Helper()
	w := httptest.NewRecorder()
	b.site.ServeHTTP(w, newRequest(b.t.Context(), "http://127.0.0.1/graphql", body, b.secret))
	if w.Code != http.StatusOK || bytes.Contains(w.Body.Bytes(), []byte(`"errors"`)) {
		b.t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.Bytes()
}

func searchFor(text func() string) func() []byte {
	return func() []byte { return request(benchSearch, map[string]any{"text": text()}) }
}

// searchAlone is the floor of a search: the same query with its facets, straight at the index.
func (b *bench) searchAlone(text func() string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := b.app.index.Find(ctx, knowledge.Listing{
			Text: text(), Kinds: knowledge.EntryKinds(), Page: knowledge.Page{First: 20}, Facets: knowledge.FacetFields(),
		})
		return err
	}
}

// pageOf asks for twenty records by their ids.
func pageOf(next func() knowledge.ID) func() []byte {
	return func() []byte {
		ids := make([]knowledge.ID, 20)
		for i := range ids {
			ids[i] = next()
		}
		return request(benchPage, map[string]any{"ids": ids})
	}
}

// yearAlone is the floor of a list: the same filter and order, straight at the index.
func (b *bench) yearAlone(ctx context.Context) error {
	from, to := 2010, 2014
	_, err := b.app.index.Find(ctx, knowledge.Listing{
		Kinds: []knowledge.Kind{knowledge.KindPractice}, Page: knowledge.Page{First: 20},
		Filter: knowledge.EntryFilter{YearFrom: &from, YearTo: &to}, Order: knowledge.Order{Field: knowledge.OrderYear},
	})
	return err
}

// loadAlone is the floor of a lookup: the record straight from the store.
func (b *bench) loadAlone(next func() knowledge.ID) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := b.app.store.Load(ctx, next())
		return err
	}
}

// idsInTurn gives ids from all over the store, so that not all of them are in memory.
func (b *bench) idsInTurn() func() knowledge.ID {
	ids := slices.Clone(b.ids)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	var at atomic.Int64
	return func() knowledge.ID { return ids[int(at.Add(1))%len(ids)] }
}

// wordsInTurn gives texts that people search for, common and rare ones; each series begins anew.
func wordsInTurn() func() func() string {
	var texts []string
	for _, subject := range []string{"housing", "school", "employment", "health", "women", "children", "mediators", "water"} {
		for _, form := range []string{"%s", "%s in settlements", "%s project of the city", "training for %s workers", "vivienda %s"} {
			texts = append(texts, fmt.Sprintf(form, subject))
		}
	}
	return func() func() string {
		var at atomic.Int64
		return func() string { return texts[int(at.Add(1))%len(texts)] }
	}
}

// post is a request that creates a practice.
func (b *bench) post() []byte {
	return request(benchCreate, map[string]any{"input": map[string]any{
		"language": "en", "title": fmt.Sprintf("Homes for twelve families, %d", b.posts.Add(1)), "summary": "Twelve families moved into ordinary flats.",
		"action": "The city rented flats and a mediator visited every week.", "themes": []string{"housing"},
		"countries": []string{"ES"}, "year": 2012,
	}})
}
