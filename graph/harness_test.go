package graph_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"goodpractice/graph"
	"goodpractice/graph/transport"
	"goodpractice/internal/catalog"
	"goodpractice/internal/indexsync"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/knowledgetest"
	"goodpractice/internal/storetest"
	"goodpractice/internal/web"
)

// site is the whole server but its network, over a store in a temporary folder.
type site struct {
	handler http.Handler
	store   storetest.Engine
	catalog *catalog.Catalog
	loads   atomic.Int64 // calls of the store's Load by the catalog
	saves   atomic.Uint64
	// version is graph.Options.Version; the answers to GETs are kept by it.
	version func() (uint64, bool)
	speak   string // the Accept-Language header of requests
	failure error  // what the store's Load answers the catalog; nil for the records
	// awaited, where it is not nil, answers in the place of the follower whether a state can be found.
	awaited func(id knowledge.ID, revision knowledge.Revision) bool
	// away is since when the database is said not to answer, whatever the store says; behind since when the index is.
	away, behind *time.Time
	follower     *indexsync.Follower
	// stopFollowing leaves the index as it is.
	stopFollowing func()
}

// base is where the permalinks of the tests lead.
const base = "https://practices.example"

// secretOf is the secret of a token of the tests.
func secretOf(name string) string {
	sum := sha256.Sum256([]byte(name))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// tokenOf is a token whose secret is secretOf its name.
func tokenOf(name string, role knowledge.Role, authorities ...string) *knowledge.Token {
	token := knowledgetest.Token(secretOf(name), role, authorities...)
	token.Name = name
	token.Slug = strings.ReplaceAll(strings.ToLower(string(token.ID)), "_", "-")
	return token
}

// longestRequest is enough for a busy machine and the race detector.
const longestRequest = 2 * time.Minute

// newSite serves the records from a new store. Without limits the defaults hold.
func newSite(tb testing.TB, on storage, limits transport.Limits, records ...knowledge.Entity) *site {
	tb.Helper()
	store := on(tb)
	if err := store.Save(tb.Context(), records...); err != nil {
		tb.Fatal(err)
	}
	return serve(tb, store, limits)
}

// serve is a server over a store, which others may serve too.
func serve(tb testing.TB, store storetest.Engine, limits transport.Limits) *site {
	tb.Helper()
	return serveGathering(tb, store, limits, 0)
}

// serveGathering is serve with graph.Options.Gather.
func serveGathering(tb testing.TB, store storetest.Engine, limits transport.Limits, gather time.Duration) *site {
	tb.Helper()
	return serveChanged(tb, store, limits, func(o *graph.Options) { o.Gather = gather })
}

// serveChanged is serve with other options.
func serveChanged(tb testing.TB, store storetest.Engine, limits transport.Limits, change func(*graph.Options)) *site {
	tb.Helper()
	log := slog.New(slog.NewTextHandler(tb.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	s := &site{store: store}
	authenticate := s.build(tb, log)
	limits.RequestTimeout = cmp.Or(limits.RequestTimeout, longestRequest)
	sign := web.SignIn(authenticate)
	options := graph.Options{
		Catalog: s.catalog, BaseURL: base, Logger: log,
		Now:       time.Now, //nolint:forbidigo // Deadlines of connections are measured against the real clock.
		RequestID: web.RequestID, Authenticate: sign, Limits: limits, Away: s.isAway, Behind: s.isBehind, Version: s.version,
	}
	change(&options)
	api, err := graph.New(tb.Context(), options)
	if err != nil {
		tb.Fatal(err)
	}
	s.handler, err = web.New(web.Options{
		GraphQL: api, Playground: http.NotFoundHandler(), Ready: func() error { return nil },
		Authenticate: authenticate, Log: log, Now: now,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// isAway is graph.Options.Away.
func (s *site) isAway() (time.Time, bool) {
	if s.away != nil {
		return *s.away, true
	}
	if store, may := s.store.(interface{ Away() (time.Time, bool) }); may {
		return store.Away()
	}
	return time.Time{}, false
}

// isBehind is graph.Options.Behind.
func (s *site) isBehind() (time.Time, bool) {
	if s.behind != nil {
		return *s.behind, true
	}
	return s.follower.Behind()
}

// marks are the extensions of an answer without its cost, which every answer has.
type marks map[string]map[string]string

func (m *marks) UnmarshalJSON(text []byte) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	delete(all, "cost")
	for name, one := range all {
		var values map[string]string
		if err := json.Unmarshal(one, &values); err != nil {
			return err
		}
		if *m == nil {
			*m = make(marks, len(all))
		}
		(*m)[name] = values
	}
	return nil
}

// reply is what a request was answered.
type reply struct {
	status int
	header http.Header
	body   []byte
	Data   json.RawMessage `json:"data"`
	Errors []fault         `json:"errors"`

	Extensions marks `json:"extensions"`
}

// fault is an error of an answer.
type fault struct {
	Message    string `json:"message"`
	Path       []any  `json:"path"`
	Extensions struct {
		Code      string   `json:"code"`
		Path      []string `json:"path"`
		RequestID string   `json:"requestId"`
	} `json:"extensions"`
}

// ask sends an operation as the holder of the token with the name; "" for nobody.
func (s *site) ask(t *testing.T, as, query string, variables any) reply {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	return s.send(t, as, body)
}

// send posts a body.
func (s *site) send(t *testing.T, as string, body []byte) reply {
	t.Helper()
	return s.sendWith(t, as, body, http.Header{})
}

// sendWith posts a body with more headers.
func (s *site) sendWith(t *testing.T, as string, body []byte, header http.Header) reply {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, web.GraphQLPath, bytes.NewReader(body))
	r.Header = header
	r.Header.Set("Content-Type", "application/json")
	return s.do(t, as, r)
}

// do sends a request.
func (s *site) do(t *testing.T, as string, r *http.Request) reply {
	t.Helper()
	r.Header.Set("Accept", "application/graphql-response+json")
	r.Header.Set("Accept-Language", s.speak)
	if as != "" {
		r.Header.Set("Authorization", "Bearer "+secretOf(as))
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	answer := reply{status: w.Code, header: w.Header(), body: w.Body.Bytes()}
	if err := json.Unmarshal(answer.body, &answer); err != nil {
		t.Fatalf("%d %s: %v", w.Code, answer.body, err)
	}
	return answer
}

// get asks and decodes the data; errors fail the test.
func get[T any](t *testing.T, s *site, as, query string, variables any) T {
	t.Helper()
	answer := s.ask(t, as, query, variables)
	if len(answer.Errors) > 0 {
		t.Fatalf("%s\n%.2000s", query, answer.body)
	}
	var data T
	if err := json.Unmarshal(answer.Data, &data); err != nil {
		t.Fatalf("%s: %v", answer.Data, err)
	}
	return data
}

// follow subscribes over an event stream and gives each event's data. It returns once the stream is open.
func (s *site) follow(t *testing.T, as, query string) <-chan string {
	t.Helper()
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	body, _ := json.Marshal(map[string]any{"query": query})
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL+web.GraphQLPath, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	if as != "" {
		r.Header.Set("Authorization", "Bearer "+secretOf(as))
	}
	response, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(response.Body)
		t.Fatalf("%d %s", response.StatusCode, text)
	}
	return events(response.Body)
}

// events splits a stream into the data of its events.
func events(body io.ReadCloser) <-chan string {
	out := make(chan string, 100)
	go func() {
		defer close(out)
		defer func() { _ = body.Close() }()
		reader := json.NewDecoder(dataOnly(body))
		for {
			var event json.RawMessage
			if reader.Decode(&event) != nil {
				return
			}
			out <- string(event)
		}
	}()
	return out
}

// save stores records and waits until they can be found.
func (s *site) save(t *testing.T, records ...knowledge.Entity) {
	t.Helper()
	if err := s.store.Save(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
	for _, e := range records {
		if !s.catalog.Await(t.Context(), e.Head().ID, e.Head().Revision) {
			t.Fatalf("%s cannot be found", e.Head().ID)
		}
	}
}
