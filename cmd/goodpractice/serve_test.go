package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"goodpractice/internal/config"
)

// sampled is a data directory with the sample records that no server has open, and the token of its first start. To save
// and index them takes a server by far the most time, so it is done once; what a first start does is in testdata/serve.
var sampled = sync.OnceValues(func() (_ sampleData, err error) {
	dir, err := os.MkdirTemp("", "goodpractice-sample-")
	if err != nil {
		return sampleData{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := startServer(dir, append(os.Environ(), "GOODPRACTICE_STORE="))
	if err != nil {
		return sampleData{}, err
	}
	if err := s.stop(); err != nil {
		return sampleData{}, fmt.Errorf("stop: %w: %s", err, s.stderr)
	}
	files := make(map[string][]byte)
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err == nil {
			files[name], err = os.ReadFile(path)
		}
		return err
	})
	return sampleData{files, s.token}, err
})

// sampleData are the files of a data directory by their paths in it, and the token of its first start.
type sampleData struct {
	files map[string][]byte
	token string
}

// sample is a server with the sample records, on a directory of its own.
func sample(t *testing.T, args ...string) *serving {
	t.Helper()
	from, err := sampled()
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "data")
	for name, content := range from.files {
		path := filepath.Join(data, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := startServer(data, append(os.Environ(), "GOODPRACTICE_STORE="), args...)
	if err != nil {
		t.Fatal(err)
	}
	s.token = from.token
	t.Cleanup(func() { _ = s.kill() })
	return s
}

// get sends a request without following redirects.
func (s *serving) get(t *testing.T, address string, header ...string) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	return response
}

// The permalink of a record is a page that leads to the playground with a query that the schema understands and that
// finds the record.
func TestPermalinksAreAnswered(t *testing.T) {
	t.Parallel()
	s := sample(t)
	for _, list := range []string{
		"practices", "lessons", "recommendations", "authorities", "countries", "themes", "targetGroups",
		"events", "studies", "organisations",
	} {
		var listed struct {
			Data map[string]struct {
				Nodes []struct{ ID, Permalink string }
			}
		}
		s.query(t, "{ "+list+"(first: 1) { nodes { id permalink } } }", nil, &listed)
		if len(listed.Data[list].Nodes) != 1 {
			t.Errorf("%s: no record", list)
			continue
		}
		record := listed.Data[list].Nodes[0]
		page, err := io.ReadAll(s.get(t, record.Permalink).Body)
		if err != nil {
			t.Fatal(err)
		}
		_, address, _ := strings.Cut(string(page), `<a class="button" href="`)
		address, _, _ = strings.Cut(address, `"`)
		location, err := url.Parse(html.UnescapeString(address))
		if err != nil || location.Path != "/playground" {
			t.Errorf("%s leads to %v, error %v", record.Permalink, location, err)
			continue
		}
		var variables map[string]string
		if err := json.Unmarshal([]byte(location.Query().Get("variables")), &variables); err != nil {
			t.Error(err)
		}
		var found struct {
			Data map[string]*struct{ ID string }
		}
		s.query(t, location.Query().Get("query"), variables, &found)
		for field, one := range found.Data {
			if one == nil || one.ID != record.ID {
				t.Errorf("%s: %s is %+v, want %s", record.Permalink, field, one, record.ID)
			}
		}
	}
}

// query sends a query that has to be answered without errors.
func (s *serving) query(t *testing.T, query string, variables, answer any) {
	t.Helper()
	status, body, err := s.post(t.Context(), s.token, query, variables)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, answer); err != nil || status != 200 || strings.Contains(string(body), `"errors":`) {
		t.Fatalf("%s\nstatus %d, error %v, answer %s", query, status, err, body)
	}
}

func TestServeAnswersAtTheEdge(t *testing.T) {
	t.Parallel()
	s := sample(t)
	if got := s.get(t, s.url+"/readyz").StatusCode; got != 200 {
		t.Errorf("readyz: status %d", got)
	}
	if got := s.get(t, s.url+"/").Header.Get("Location"); got != "/playground" {
		t.Errorf("the front page leads to %q", got)
	}
	status, body, err := s.post(t.Context(), "wrong", "{ viewer { name } }", nil)
	if err != nil || status != 401 || !strings.Contains(string(body), `"UNAUTHENTICATED"`) {
		t.Errorf("a wrong token: status %d, answer %s, error %v", status, body, err)
	}
	status, _, err = s.post(t.Context(), s.token, "{ viewer { name } }", nil)
	if err != nil || status != 200 {
		t.Errorf("the first token: status %d, error %v", status, err)
	}
	elsewhere := s.get(t, s.url+"/graphql?query={viewer{name}}", "Authorization", "Bearer "+s.token,
		"X-Forwarded-For", "192.0.2.1").StatusCode
	if elsewhere != 401 {
		t.Errorf("the first token through a proxy: status %d", elsewhere)
	}
}

// A stream would go on for ever: it ends when the server stops, and does not hold it up.
func TestServeStopsInGoodOrder(t *testing.T) {
	t.Parallel()
	s := sample(t)
	stream := s.get(t, s.url+"/graphql?query="+url.QueryEscape("subscription { entryPublished { id } }"),
		"Accept", "text/event-stream")
	if stream.StatusCode != 200 {
		t.Fatalf("status %d", stream.StatusCode)
	}
	first, err := bufio.NewReader(stream.Body).ReadString('\n')
	if err != nil {
		t.Fatalf("the stream begins with %q, error %v", first, err)
	}
	began := time.Now()
	if err := s.stop(); err != nil {
		t.Errorf("stop: %v\n%s", err, s.stderr)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the server took %s to stop", took)
	}
	if _, err := io.Copy(io.Discard, stream.Body); err != nil {
		t.Errorf("the stream ended with %v", err)
	}
	if !strings.Contains(s.stderr.String(), "msg=stopped") || strings.Contains(s.stderr.String(), "level=WARN") {
		t.Errorf("log:\n%s", s.stderr)
	}
}

// addressed is a listener of which only the address matters.
type addressed struct {
	net.Listener
	net.TCPAddr
}

func (a *addressed) Addr() net.Addr { return &a.TCPAddr }

func TestServerKnowsWhereItIs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		settings config.Serve
		ip       string
		local    string
		base     string
		loopback bool
	}{
		"this machine": {config.Serve{Addr: "127.0.0.1:0"}, "127.0.0.1", "http://127.0.0.1:7", "http://127.0.0.1:7", true},
		"by name":      {config.Serve{Addr: "localhost:0"}, "127.0.0.1", "http://localhost:7", "http://localhost:7", true},
		"IPv6":         {config.Serve{Addr: "[::1]:0"}, "::1", "http://[::1]:7", "http://[::1]:7", true},
		"everywhere":   {config.Serve{Addr: ":7"}, "::", "http://localhost:7", "http://localhost:7", false},
		"all of IPv4":  {config.Serve{Addr: "0.0.0.0:7"}, "0.0.0.0", "http://localhost:7", "http://localhost:7", false},
		"published": {
			config.Serve{Addr: ":7", BaseURL: "https://practices.example/eu"},
			"::", "http://localhost:7",
			"https://practices.example/eu", false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &server{
				listener: &addressed{TCPAddr: net.TCPAddr{IP: net.ParseIP(test.ip), Port: 7}}, settings: &test.settings,
			}
			if s.local() != test.local || s.baseURL() != test.base || s.isLoopback() != test.loopback {
				t.Errorf("local %s, base %s, loopback %t", s.local(), s.baseURL(), s.isLoopback())
			}
		})
	}
}
