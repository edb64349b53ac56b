package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"goodpractice/internal/config"
)

const (
	// attackers is how many connections send the worst documents.
	attackers = 16
	// neighbourPause is between two questions of the neighbour.
	neighbourPause = 40 * time.Millisecond
	// neighbourRounds is how often the neighbour is measured alone and with the attacker.
	neighbourRounds = 4
	// neighbourFactor is how much slower the neighbour's slowest answers may get.
	neighbourFactor = 3.0
)

// attack is a document that is sent as fast as possible.
type attack struct {
	name string
	body func() []byte
}

// attacks are the worst documents that the limits let through, and some that they do not.
func attacks() []attack {
	same := func(query string) func() []byte {
		body := request(query, nil)
		return func() []byte { return body }
	}
	var serial atomic.Int64
	aliased := func(n int, field string) string {
		var b strings.Builder
		b.WriteString("{")
		for i := range n {
			fmt.Fprintf(&b, " a%d: %s", i, field)
		}
		return b.String() + " }"
	}
	return []attack{
		{"16 searches in one", same(aliased(16, `search(text: "housing school health", first: 1) { totalCount }`))},
		{"highlights of 100 results", same(`{ search(text: "housing in the city", first: 100) { edges { highlights { fragments } node { summary } } } }`)},
		{"a cross table", same(`{ statistics(by: [THEME, COUNTRY]) { cells { count values { label } } } }`)},
		{"similar entries of 25", same(`{ practices(first: 25) { nodes { similar(first: 1) { score } } } }`)},
		{"the whole schema", same(`{ __schema { types { name description fields { name description args { name description type { name ofType { name } } } type { name ofType { name ofType { name } } } } } } }`)},
		{"new documents", func() []byte {
			return request(fmt.Sprintf("query Q%d %s", serial.Add(1), aliased(20, "search(first: 1) { nodes { id title slug } totalCount }")), nil)
		}},
		{"documents that are wrong", func() []byte {
			return request(fmt.Sprintf("query Q%d %s", serial.Add(1), aliased(20, "search { "+strings.Repeat("nothing ", 20)+"}")), nil)
		}},
		{"what costs too much", same(aliased(20, `search(first: 50) { nodes { id } }`))},
	}
}

// TestNeighbour measures what a client has to put up with while another sends the worst documents as fast as it can: both over
// loopback connections to the site as the program serves it, one from 127.0.0.1 and one from 127.0.0.2.
func TestNeighbour(t *testing.T) {
	if *benchSizes == "" {
		t.Skip("make bench runs this")
	}
	b := benchOf(t)
	defer b.close()
	out := b.table("attack\tquestions\talone p50 ms\tattacked p50 ms\talone p99 ms\tattacked p99 ms\tp99 / alone\tprocessors used\tattacker's answers/s\tof them 200\t429\t503\tothers\t\n")
	defer func() { _ = out.Flush() }()
	for _, a := range attacks() {
		if *benchOnly != "" && !strings.HasPrefix(a.name, *benchOnly) {
			continue
		}
		alone, loaded, got := b.compare(t, a)
		b.write(out, "%s\t%d\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\t%.2f\t%.0f\t%d\t%d\t%d\t%d\t\n", a.name, loaded.runs, alone.p50, loaded.p50, alone.p99,
			loaded.p99, loaded.p99/alone.p99, got.cpu/got.seconds, float64(got.all)/got.seconds, got.ok, got.tooMany, got.overloaded, got.others)
		if loaded.p99 > neighbourFactor*alone.p99 {
			t.Errorf("%s: the neighbour's p99 is %.1f ms, %.1f ms alone", a.name, loaded.p99, alone.p99)
		}
	}
}

// compare measures the neighbour alone and with the attacker by turns, so that what else the machine does changes both.
func (b *bench) compare(t *testing.T, a attack) (alone, loaded measured, got counted) {
	t.Helper()
	var quiet, busy []time.Duration
	for range neighbourRounds {
		quiet = append(quiet, b.neighbour(t)...)
		ctx, stop := context.WithCancel(t.Context())
		count := b.attack(ctx, a)
		busy = append(busy, b.neighbour(t)...)
		stop()
		got = got.plus(count())
	}
	return percentiles(quiet), percentiles(busy), got
}

// benchOf serves a filled knowledge base of the first size as the program does by default.
func benchOf(t *testing.T) *bench {
	t.Helper()
	first, _, _ := strings.Cut(*benchSizes, ",")
	size, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, benchStore(t, "bbolt"), size)
	b.fill(io.Discard)
	b.reopen(io.Discard)
	b.settings = config.Serve{Addr: "127.0.0.1:0", PointsPerMinute: 3_000_000, TokenPointsPerMinute: 6_000_000}
	b.serve()
	return b
}

// neighbour asks for housing again and again, with pauses, and tells how long the answers took.
func (b *bench) neighbour(t *testing.T) []time.Duration {
	t.Helper()
	client := from("127.0.0.1")
	defer client.CloseIdleConnections()
	body := searchFor(func() string { return "housing" })()
	var times []time.Duration
	for end := time.Now().Add(time.Duration(*benchSeconds * float64(time.Second))); time.Now().Before(end); {
		start := time.Now()
		if status := b.send(t.Context(), client, body); status != http.StatusOK {
			t.Errorf("the neighbour is answered with %d", status)
			return times
		}
		times = append(times, time.Since(start))
		time.Sleep(neighbourPause)
	}
	return times
}

// counted is what the attacker was answered.
type counted struct {
	all, ok, tooMany, overloaded, others int64
	seconds, cpu                         float64 // How long it took, and what the processors spent on both clients and the server.
}

func (c counted) plus(o counted) counted {
	return counted{
		all: c.all + o.all, ok: c.ok + o.ok, tooMany: c.tooMany + o.tooMany, overloaded: c.overloaded + o.overloaded,
		others: c.others + o.others, seconds: c.seconds + o.seconds, cpu: c.cpu + o.cpu,
	}
}

// attack sends a document from many connections until ctx ends; the result counts the answers when it has.
func (b *bench) attack(ctx context.Context, a attack) func() counted {
	var all, ok, tooMany, overloaded atomic.Int64
	var group sync.WaitGroup
	client, start, used := from("127.0.0.2"), time.Now(), cpuTime()
	for range attackers {
		group.Go(func() {
			for ctx.Err() == nil {
				switch status := b.send(ctx, client, a.body()); status {
				case 0:
					continue
				case http.StatusOK:
					ok.Add(1)
				case http.StatusTooManyRequests:
					tooMany.Add(1)
				case http.StatusServiceUnavailable:
					overloaded.Add(1)
				}
				all.Add(1)
			}
		})
	}
	return func() counted {
		group.Wait()
		client.CloseIdleConnections()
		c := counted{
			all: all.Load(), ok: ok.Load(), tooMany: tooMany.Load(), overloaded: overloaded.Load(), seconds: time.Since(start).Seconds(),
			cpu: (cpuTime() - used).Seconds(),
		}
		c.others = c.all - c.ok - c.tooMany - c.overloaded
		return c
	}
}

// from is a client whose connections come from an address.
func from(address string) *http.Client {
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	return &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext, MaxIdleConnsPerHost: attackers}}
}

// send posts a body and gives the status of the answer; 0 where there is none.
func (b *bench) send(ctx context.Context, client *http.Client, body []byte) int {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.server.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		return 0
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/graphql-response+json")
	answer, err := client.Do(r)
	if err != nil {
		return 0
	}
	defer func() { _ = answer.Body.Close() }()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return 0
	}
	return answer.StatusCode
}
