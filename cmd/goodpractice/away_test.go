package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// unreachable is the URI of a database at an address where nobody listens, with a password that must not be
// shown.
func unreachable(t *testing.T) string {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close() //nolint:errcheck // Nothing was written.
	return "mongodb://ana:s3cret@" + listener.Addr().String() + "/kb"
}

// A server whose database is away at the start answers all the same, says why it is of no use yet, and
// stops at once when it is told to.
func TestServeWaitsForItsDatabase(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	environment := append(os.Environ(), "GOODPRACTICE_STORE="+unreachable(t))
	s := launch(t, data, environment)
	s.wantStatus(t, "/healthz", 200, "ok")
	s.wantStatus(t, "/readyz", 503, "not ready: waiting for the database")
	for _, query := range []string{troubleSearch, `{ practices { totalCount } }`, `{ practice(slug: "any") { id } }`, killCreate} {
		a := s.operate(t, "", query, map[string]any{"input": map[string]any{"language": "en", "title": "Too early"}})
		if a.code() != "UNAVAILABLE" {
			t.Errorf("%s: %s", query, a)
		}
	}
	_, err := goodpractice(t, "health", "--url", s.url)
	if err == nil || !strings.Contains(err.Error(), "503 Service Unavailable: not ready: waiting for the database") {
		t.Errorf("health: %v", err)
	}
	began := time.Now()
	_, err = goodpractice(t, "check", "--data", data)
	if err == nil || !strings.Contains(explain(err), "does not answer") || time.Since(began) > reachWithin+2*time.Second {
		t.Errorf("check after %s: error %v", time.Since(began), err)
	}
	began = time.Now()
	if err := s.stop(); err != nil {
		t.Errorf("the server did not stop well: %v\n%s", err, s.stderr)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("the server took %s to stop", took)
	}
	log := s.stderr.String()
	if strings.Count(log, "waiting for the database") != 1 || strings.Contains(log, "s3cret") {
		t.Errorf("log:\n%s", log)
	}
}

// launch starts a server that may have to wait for its database.
func launch(t *testing.T, data string, environment []string, args ...string) *serving {
	t.Helper()
	s, err := launchServer(data, environment, args...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.kill()
		if t.Failed() {
			t.Logf("the log of the server:\n%s", s.stderr)
		}
	})
	return s
}

// wantStatus asks for a page that ends a probe of a load balancer.
func (s *serving) wantStatus(t *testing.T, path string, status int, text string) {
	t.Helper()
	if got, body := s.probe(t, path); got != status || !strings.HasPrefix(body, text) {
		t.Errorf("%s: status %d, %q; want %d, %q", path, got, body, status, text)
	}
}

func (s *serving) probe(t *testing.T, path string) (status int, body string) {
	t.Helper()
	response := s.get(t, s.url+path)
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Error(err)
	}
	return response.StatusCode, string(content)
}

// eventually looks until something holds, and fails where that takes too long. It gives how long it took.
func eventually(t *testing.T, what string, within time.Duration, holds func() bool) time.Duration {
	t.Helper()
	const lookEvery = 20 * time.Millisecond
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	began := time.Now()
	for !holds() {
		if pause(ctx, lookEvery) != nil {
			t.Fatalf("not within %s: %s", within, what)
		}
	}
	return time.Since(began)
}

// answered is what a GraphQL operation came to.
type answered struct {
	Status int
	Took   time.Duration
	Data   map[string]json.RawMessage
	Errors []struct {
		Message    string
		Extensions struct{ Code string }
	}
	Extensions struct {
		Stale *struct{ Since, Message string }
	}
}

// code is that of the first error; "" where there is none.
func (a answered) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

func (a answered) String() string {
	return fmt.Sprintf("status %d after %s, data %s, errors %+v, stale %t", a.Status, a.Took, a.Data, a.Errors, a.Extensions.Stale != nil)
}

// answerOf reads the answer to an operation. What is no answer has Status 0.
func answerOf(status int, body []byte, err error) answered {
	a := answered{Status: status}
	if err != nil || json.Unmarshal(body, &a) != nil {
		a.Status = 0
	}
	return a
}

// operate sends an operation and takes whatever comes of it.
func (s *serving) operate(t *testing.T, token, query string, variables any) answered {
	t.Helper()
	began := time.Now()
	status, body, err := s.post(t.Context(), token, query, variables)
	a := answerOf(status, body, err)
	if a.Took = time.Since(began); a.Status == 0 {
		t.Fatalf("%v: %s", err, body)
	}
	return a
}
