package export_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"goodpractice/internal/export"
	"goodpractice/internal/knowledge"
)

const base = "https://practices.example"

// desk answers the queries of exports from a list of records, and notes what it was asked.
type desk struct {
	records int                        // How many there are.
	record  func(i int) map[string]any // One of them.
	failAt  int                        // Which page fails; 0 for none.
	cause   error                      // With what.
	pages   int
	asked   []map[string]any
	readers []knowledge.Reader
}

// Ask is export.Ask.
func (d *desk) Ask(ctx context.Context, document string, variables map[string]any) (json.RawMessage, bool, error) {
	if !strings.Contains(document, "query Export") {
		return nil, false, errors.New("another query")
	}
	d.pages++
	d.asked = append(d.asked, variables)
	d.readers = append(d.readers, knowledge.ReaderFrom(ctx))
	if d.failAt == d.pages {
		return nil, false, d.cause
	}
	from := 0
	if after, ok := variables["after"].(string); ok {
		n, err := strconv.Atoi(strings.TrimPrefix(after, "c"))
		if err != nil {
			return nil, false, &knowledge.Error{Kind: knowledge.Invalid, Path: []string{"after"}, Message: "This is no cursor."}
		}
		from = n + 1
	}
	to := min(d.records, from+variables["first"].(int))
	edges := []map[string]any{}
	for i := from; i < to; i++ {
		edges = append(edges, map[string]any{"cursor": "c" + strconv.Itoa(i), "node": d.record(i)})
	}
	data, err := json.Marshal(map[string]any{"search": map[string]any{
		"pageInfo": map[string]any{"hasNextPage": to < d.records}, "edges": edges,
	}})
	return data, false, err
}

// numbered is a small record.
func numbered(i int) map[string]any {
	return map[string]any{
		"id": fmt.Sprintf("PR_%026d", i), "slug": "p-" + strconv.Itoa(i), "kind": "PRACTICE", "status": "PUBLISHED",
		"permalink": base + "/practices/p-" + strconv.Itoa(i), "revision": 1, "language": "en", "languages": []string{"en"},
		"createdAt": "2026-03-02T09:30:00.000Z", "updatedAt": "2026-03-02T09:30:00.000Z",
		"title": "Practice " + strconv.Itoa(i), "summary": strings.Repeat("What was done, and why. ", 20),
		"licence": "CC-BY-4.0", "attribution": "Practice " + strconv.Itoa(i) + ". CC-BY-4.0. " + base,
	}
}

// specimens are the records of testdata: one of each kind with everything, and one with hostile texts and nothing else.
func specimens(t *testing.T) *desk {
	t.Helper()
	content, err := os.ReadFile("testdata/records.json")
	if err != nil {
		t.Fatal(err)
	}
	var records []map[string]any
	if err := json.Unmarshal(content, &records); err != nil {
		t.Fatal(err)
	}
	return &desk{records: len(records), record: func(i int) map[string]any { return records[i] }}
}

// serve is a real server over a desk.
func serve(t *testing.T, d *desk, change func(o *export.Options)) *httptest.Server {
	t.Helper()
	o := export.Options{
		Ask: d.Ask, BaseURL: base, Publisher: "The network", Log: nopLog(),
		Now: time.Now, //nolint:forbidigo // Deadlines of connections are measured against the real clock.
	}
	if change != nil {
		change(&o)
	}
	handler, err := export.New(o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug)
	t.Cleanup(server.Close)
	return server
}

// reply is what a request was answered; err is what reading its body ended with.
type reply struct {
	status int
	header http.Header
	body   string
	err    error
}

// get asks for an address.
func get(t *testing.T, server *httptest.Server, method, address string, header ...string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, server.URL+address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := server.Client().Do(r)
	if err != nil {
		return reply{err: err}
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	return reply{response.StatusCode, response.Header, string(body), err}
}

// query is an address with parameters.
func query(path string, parameters ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(parameters); i += 2 {
		values.Set(parameters[i], parameters[i+1])
	}
	return path + "?" + values.Encode()
}

func nopLog() *slog.Logger { return slog.New(slog.DiscardHandler) }
