package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"text/tabwriter"
	"time"

	"goodpractice/internal/admin"
	"goodpractice/internal/bundle"
	"goodpractice/internal/config"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
)

var (
	benchSizes   = flag.String("bench-sizes", "", "sizes of the stores for TestBenchTable, such as 1000,10000; empty skips it")
	benchOnly    = flag.String("bench-only", "", "the one operation to measure, such as create; empty for all")
	benchSeconds = flag.Float64("bench-seconds", 2, "seconds that each row of TestBenchTable runs")
)

const (
	benchClients = 8
	benchSearch  = `query Housing { search(text: "housing", first: 20) { totalCount
		edges { cursor score highlights { path fragments } node { __typename id slug title summary language status
			themes { id label } authorities { id name country { code name } } } }
		facets { field buckets { value label count } } pageInfo { hasNextPage endCursor } } }`
	benchRecord = `query Record($id: ID!) { node(id: $id) { ... on Practice { id slug title summary situation action results
		learnt year themes { slug label } authorities { name country { name } } completeness { score } } } }`
	benchYear = `query Year { practices(filter: {yearFrom: 2010, yearTo: 2014}, orderBy: {field: YEAR, direction: DESC},
		first: 20) { totalCount nodes { id title year themes { label } } } }`
	benchCreate = `mutation Post($input: CreatePracticeInput!) { createPractice(input: $input) {
		practice { id slug revision status } isSearchable userErrors { path message } } }`
)

// TestBenchTable prints the table of docs/benchmarks.md. It measures through the product's own path:
// real files, the real handler, real connections.
func TestBenchTable(t *testing.T) {
	if *benchSizes == "" {
		t.Skip("make bench runs this")
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	write(t, out, "records\toperation\tpath\tclients\truns\tp50 ms\tp95 ms\tp99 ms\tallocs\tp50 / floor\t\n")
	for text := range strings.SplitSeq(*benchSizes, ",") {
		size, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		benchSize(t, out, size)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
}

// write adds to the table.
func write(t *testing.T, out io.Writer, format string, args ...any) {
	t.Helper()
	if _, err := fmt.Fprintf(out, format, args...); err != nil {
		t.Fatal(err)
	}
}

// bench is a knowledge base of one size, with what is asked of it.
type bench struct {
	app    *app
	site   http.Handler
	url    string
	secret string
	record knowledge.ID
	posts  atomic.Int64
}

// benchSize measures every row at one size.
func benchSize(t *testing.T, out io.Writer, size int) {
	t.Helper()
	b := newBench(t, size)
	operations := []struct {
		name  string
		body  func() []byte
		floor func(ctx context.Context) error
		write bool
	}{
		{"search housing", fixed(request(benchSearch, nil)), b.searchAlone, false},
		{"one record by id", fixed(request(benchRecord, map[string]any{"id": b.record})), b.loadAlone, false},
		{"list by year", fixed(request(benchYear, nil)), b.yearAlone, false},
		{"create", b.post, nil, true},
	}
	for _, o := range operations {
		if *benchOnly != "" && o.name != *benchOnly {
			continue
		}
		same := trivial(b.answer(t, o.body()))
		server := httptest.NewServer(same)
		rows := []row{
			{path: "floor: the index or store alone", clients: 1, once: o.floor},
			{path: "floor: the same bytes, in process", clients: 1, once: inProcess(same, o.body, "")},
			{path: "GraphQL, in process", clients: 1, once: b.inProcess(o.body), against: 0},
			{path: "floor: the same bytes, HTTP", clients: benchClients, once: overHTTP(server.URL, o.body, "")},
			{path: "GraphQL, HTTP", clients: benchClients, once: b.overHTTP(o.body), against: 3},
		}
		p50 := make([]float64, len(rows))
		for i, r := range rows {
			if r.once == nil {
				continue
			}
			m := r.measure(t)
			p50[i] = m.p50
			ratio := ""
			if floor := p50[r.against]; floor > 0 && r.against != i && !strings.HasPrefix(r.path, "floor") {
				ratio = fmt.Sprintf("%.1f", m.p50/floor)
			}
			write(t, out, "%d\t%s\t%s\t%d\t%d\t%.3f\t%.3f\t%.3f\t%d\t%s\t\n",
				size, o.name, r.path, r.clients, m.runs, m.p50, m.p95, m.p99, m.allocs, ratio)
		}
		server.Close()
	}
}

// row is one line of the table.
type row struct {
	path    string
	clients int
	once    func(ctx context.Context) error
	against int // Which row is the floor.
}

// measured is what one line shows: milliseconds, and allocations a run.
type measured struct {
	runs          int
	p50, p95, p99 float64
	allocs        uint64
}

// measure runs one row for its time, after a warm-up.
func (r row) measure(t *testing.T) measured {
	t.Helper()
	for range 20 {
		if err := r.once(t.Context()); err != nil {
			t.Fatalf("%s: %v", r.path, err)
		}
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	times := make([][]time.Duration, r.clients)
	end := time.Now().Add(time.Duration(*benchSeconds * float64(time.Second)))
	var group sync.WaitGroup
	for c := range r.clients {
		group.Go(func() {
			for time.Now().Before(end) {
				start := time.Now()
				if err := r.once(t.Context()); err != nil {
					t.Errorf("%s: %v", r.path, err)
					return
				}
				times[c] = append(times[c], time.Since(start))
			}
		})
	}
	group.Wait()
	runtime.ReadMemStats(&after)
	all := slices.Concat(times...)
	slices.Sort(all)
	at := func(q float64) float64 {
		return float64(all[min(len(all)-1, int(q*float64(len(all))))]) / float64(time.Millisecond)
	}
	return measured{len(all), at(.5), at(.95), at(.99), (after.Mallocs - before.Mallocs) / uint64(len(all))}
}

// newBench fills a store of the size, and serves it.
func newBench(t *testing.T, size int) *bench {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	a, err := openApp(t.Context(), filepath.Join(t.TempDir(), "data"), log, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.close() })
	b := &bench{app: a}
	b.fill(t, size)
	listener, err := listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &program{log: log, now: time.Now, stdout: io.Discard, stderr: io.Discard}
	s := &server{program: p, app: a, listener: listener, settings: &config.Serve{Addr: "127.0.0.1:0"}}
	if b.site, err = s.public(t.Context()); err != nil {
		t.Fatal(err)
	}
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: b.site}} //nolint:gosec // Loopback only.
	server.Start()
	t.Cleanup(server.Close)
	b.url = server.URL
	a.follow(t.Context(), func(err error) { t.Error(err) })
	if err := a.awaitIndex(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, b.secret, err = tokens{a}.Create(t.Context(), admin.TokenDraft{Name: "Benchmark", Role: knowledge.RoleEditor})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// fill saves the sample records and a corpus made of them.
func (b *bench) fill(t *testing.T, size int) {
	t.Helper()
	seed, err := bundle.Seed()
	if err != nil {
		t.Fatal(err)
	}
	batch := seed
	save := func() {
		if err := b.app.store.Save(t.Context(), batch...); err != nil {
			t.Fatal(err)
		}
		batch = nil
	}
	for e := range knowledgetest.Corpus(seed, size, 1) {
		if batch = append(batch, e); len(batch) >= 1000 {
			save()
		}
		if e.Kind() == knowledge.KindPractice {
			b.record = e.Head().ID
		}
	}
	save()
}

// searchAlone is the floor of a search: the same query with its facets, straight at the index.
func (b *bench) searchAlone(ctx context.Context) error {
	_, err := b.app.index.Find(ctx, knowledge.Listing{
		Text: "housing", Kinds: knowledge.EntryKinds(), Page: knowledge.Page{First: 20}, Facets: knowledge.FacetFields(),
	})
	return err
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
func (b *bench) loadAlone(ctx context.Context) error {
	_, err := b.app.store.Load(ctx, b.record)
	return err
}

// post is a request that creates a practice.
func (b *bench) post() []byte {
	return request(benchCreate, map[string]any{"input": map[string]any{
		"language": "en", "title": fmt.Sprintf("Homes for twelve families, %d", b.posts.Add(1)), "summary": "Twelve families moved into ordinary flats.",
		"action": "The city rented flats and a mediator visited every week.", "themes": []string{"housing"},
		"countries": []string{"ES"}, "year": 2012,
	}})
}

// inProcess sends requests to the site without a network.
func (b *bench) inProcess(body func() []byte) func(context.Context) error {
	return inProcess(b.site, body, b.secret)
}

// overHTTP sends requests over loopback connections that are kept.
func (b *bench) overHTTP(body func() []byte) func(context.Context) error {
	return overHTTP(b.url, body, b.secret)
}

// answer is what the site answers to a request.
func (b *bench) answer(t *testing.T, body []byte) []byte {
	t.Helper()
	w := httptest.NewRecorder()
	b.site.ServeHTTP(w, newRequest(t.Context(), "http://127.0.0.1/graphql", body, b.secret))
	if w.Code != http.StatusOK || bytes.Contains(w.Body.Bytes(), []byte(`"errors"`)) {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.Bytes()
}

func inProcess(h http.Handler, body func() []byte, secret string) func(context.Context) error {
	return func(ctx context.Context) error {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, newRequest(ctx, "http://127.0.0.1/graphql", body(), secret))
		return refusal(w.Code, w.Body.Bytes())
	}
}

func overHTTP(url string, body func() []byte, secret string) func(context.Context) error {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: benchClients}}
	return func(ctx context.Context) error {
		response, err := client.Do(newRequest(ctx, url+"/graphql", body(), secret))
		if err != nil {
			return err
		}
		answer, err := io.ReadAll(response.Body)
		if err = errors.Join(err, response.Body.Close()); err != nil {
			return err
		}
		return refusal(response.StatusCode, answer)
	}
}

// refusal is an error for an answer that is not what was asked for.
func refusal(status int, body []byte) error {
	if status != http.StatusOK || bytes.Contains(body, []byte(`"errors":[`)) || bytes.Contains(body, []byte(`"message"`)) {
		return fmt.Errorf("status %d: %.300s", status, body)
	}
	return nil
}

func newRequest(ctx context.Context, url string, body []byte, secret string) *http.Request {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		panic(err)
	}
	r.RemoteAddr = "127.0.0.1:1"
	r.Header.Set("Content-Type", "application/json")
	if secret != "" {
		r.Header.Set("Authorization", "Bearer "+secret)
	}
	return r
}

// trivial answers the same bytes to everything.
func trivial(answer []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(answer)
	})
}

func fixed(body []byte) func() []byte { return func() []byte { return body } }

// request is the body of a GraphQL request.
func request(query string, variables map[string]any) []byte {
	b, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		panic(err)
	}
	return b
}
