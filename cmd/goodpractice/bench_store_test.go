package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"goodpractice/internal/config"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/mongostore/mongotest"
)

// stored is the system of record that a benchmark runs on.
type stored struct {
	name      string
	canBeKept bool                      // it lives in the directory alone, and a later run may use it again
	address   func(t *testing.T) string // of a new one, as --store takes it
	isShared  bool                      // several servers can use it
}

// benchStore is the store with the name; nil where it cannot be used here.
func benchStore(t *testing.T, name string) *stored {
	t.Helper()
	switch name {
	case "bbolt":
		return &stored{name: name, canBeKept: true, address: func(*testing.T) string { return "" }}
	case "MongoDB":
		if os.Getenv("GOODPRACTICE_TEST_MONGODB") == "" {
			return nil
		}
		return &stored{name: name, isShared: true, address: func(t *testing.T) string { t.Helper(); return mongotest.URI(t) }}
	}
	t.Fatalf("%q is no store that is known here", name)
	return nil
}

// openAt opens a knowledge base that has its index in a directory.
func (b *bench) openAt(dir string) (*app, error) {
	a, err := openRecords(config.Global{Data: dir, Store: b.address}, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		return nil, err
	}
	if err := a.reachStore(b.t.Context()); err != nil {
		return nil, err
	}
	return a, a.openIndex(b.t.Context())
}

// start starts the server as a process of its own.
func (b *bench) start() (*serving, error) {
	flags := []string{"--points-per-minute", strconv.Itoa(math.MaxInt32)} // It is the rest that is measured.
	if b.address != "" {
		flags = append(flags, "--store", b.address)
	}
	return startServer(b.dir, nil, flags...)
}

// replicas lets a second server follow the same database, with an index of its own, and measures how long
// what is written on the one takes to be found on the other.
func (b *bench) replicas(out, rows io.Writer) {
	b.t.Helper()
	dir := filepath.Join(b.t.TempDir(), "second")
	second, err := b.openAt(dir)
	b.must(err)
	start := time.Now()
	second.follow(b.t.Context(), func(err error) { b.t.Error(err) })
	b.must(second.awaitIndex(b.t.Context()))
	b.tell(out, "a second server indexes everything, records/s", "%.0f", float64(b.records)/time.Since(start).Seconds())
	var here, there []time.Duration
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: benchClients}}
	for end := time.Now().Add(time.Duration(*benchSeconds * float64(time.Second))); len(there) < 100 || time.Now().Before(end); {
		start := time.Now()
		id, revision := b.create(client)
		here = append(here, time.Since(start))
		if !second.follower.Await(b.t.Context(), id, revision) {
			b.t.Error("a record was not found on the other server within two seconds")
		}
		there = append(there, time.Since(start))
	}
	for _, r := range []struct {
		path  string
		times []time.Duration
	}{{"until found on the same server", here}, {"until found on the other server", there}} {
		m := percentiles(r.times)
		b.write(rows, "%d\t%s\t%s\t%s\t%d\t%d\t%.3f\t%.3f\t%.3f\t\t\t\t%.1f\t\n", b.size, b.stored.name,
			"create with two servers", r.path, 1, m.runs, m.p50, m.p95, m.p99, m.p99/m.p50)
	}
	b.must(second.close())
}

// create writes a practice over HTTP, and gives its id and revision.
func (b *bench) create(client *http.Client) (knowledge.ID, knowledge.Revision) {
	b.t.Helper()
	status, body, err := send(client, newRequest(b.t.Context(), b.server.URL+"/graphql", b.post(), b.secret))
	b.must(err)
	b.must(refusal(status, body))
	var answer struct {
		Data struct {
			CreatePractice struct {
				Practice struct {
					ID       knowledge.ID
					Revision knowledge.Revision
				}
			}
		}
	}
	b.must(json.Unmarshal(body, &answer))
	p := answer.Data.CreatePractice.Practice
	if p.ID == "" {
		b.t.Fatal(fmt.Errorf("no record in %.300s", body))
	}
	return p.ID, p.Revision
}

// pages is the floor of reading a page: twenty records from the store in one call.
func (b *bench) pages(next func() knowledge.ID) func(context.Context) error {
	return func(ctx context.Context) error {
		ids := make([]knowledge.ID, 20)
		for i := range ids {
			ids[i] = next()
		}
		_, err := b.app.store.Load(ctx, ids...)
		return err
	}
}
