package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"
)

// benchClients is how many clients ask at the same time over HTTP.
const benchClients = 8

// row is one line of the table of requests.
type row struct {
	path    string
	clients int
	once    func(ctx context.Context) error
	against string // the path of the row that is its floor
}

// measured is what one line shows: milliseconds, allocations a run, and milliseconds of the processors a
// run, which other programs on the machine change least. The client's are among them.
type measured struct {
	runs          int
	p50, p95, p99 float64
	allocs        uint64
	cpu           float64
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
	used := cpuTime()
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
	m := percentiles(slices.Concat(times...))
	m.cpu = float64(cpuTime()-used) / float64(time.Millisecond) / float64(max(1, m.runs))
	m.allocs = (after.Mallocs - before.Mallocs) / uint64(max(1, m.runs))
	return m
}

// cpuTime is how long the processors have worked for this process.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// percentiles tells how long half, most and nearly all of the runs took.
func percentiles(all []time.Duration) measured {
	if len(all) == 0 {
		return measured{}
	}
	slices.Sort(all)
	at := func(q float64) float64 {
		return float64(all[min(len(all)-1, int(q*float64(len(all))))]) / float64(time.Millisecond)
	}
	return measured{runs: len(all), p50: at(.5), p95: at(.95), p99: at(.99)}
}

// inProcess sends requests to a handler without a network.
func inProcess(h http.Handler, body func() []byte, secret string) func(context.Context) error {
	return func(ctx context.Context) error {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, newRequest(ctx, "http://127.0.0.1/graphql", body(), secret))
		return refusal(w.Code, w.Body.Bytes())
	}
}

// overHTTP sends requests over loopback connections that are kept.
func overHTTP(url string, body func() []byte, secret string) func(context.Context) error {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: benchClients}}
	return func(ctx context.Context) error {
		status, answer, err := send(client, newRequest(ctx, url+"/graphql", body(), secret))
		if err != nil {
			return err
		}
		return refusal(status, answer)
	}
}

func send(client *http.Client, r *http.Request) (int, []byte, error) {
	response, err := client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	answer, err := io.ReadAll(response.Body)
	return response.StatusCode, answer, errors.Join(err, response.Body.Close())
}

// refusal is an error for an answer that is not what was asked for.
func refusal(status int, body []byte) error {
	if status != http.StatusOK || bytes.Contains(body, []byte(`"errors":[`)) || bytes.Contains(body, []byte(`"message"`)) ||
		bytes.Contains(body, []byte(`"isSearchable":false`)) {
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

// bareHandler does the bare work for each request, and answers the same bytes to all: the least that an
// answer over HTTP can cost.
func bareHandler(answer []byte, bare func(context.Context) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if err := bare(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(answer)
	})
}

// request is the body of a GraphQL request.
func request(query string, variables map[string]any) []byte {
	b, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		panic(err)
	}
	return b
}
