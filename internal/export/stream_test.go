package export_test

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"goodpractice/internal/export"
	"goodpractice/internal/knowledge"
)

// idsOf reads the ids of a JSON Lines export, and the cursor of the last of them.
func idsOf(t *testing.T, body string) (ids []string, last string) {
	t.Helper()
	for line := range strings.Lines(body) {
		var record struct{ ID, Cursor string }
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatal(err)
		}
		ids, last = append(ids, record.ID), record.Cursor
	}
	return ids, last
}

// What is left in the middle and gone on with is the same as the whole, wherever it is left.
func TestResumedExportsAreTheWhole(t *testing.T) {
	t.Parallel()
	server := serve(t, &desk{records: 350, record: numbered}, nil)
	whole, _ := idsOf(t, get(t, server, "GET", "/export.jsonl").body)
	if len(whole) != 350 {
		t.Fatalf("%d records", len(whole))
	}
	for _, cut := range []string{"1", "99", "100", "101", "250", "349"} {
		first := get(t, server, "GET", query("/export.jsonl", "first", cut))
		ids, last := idsOf(t, first.body)
		rest, _ := idsOf(t, get(t, server, "GET", query("/export.jsonl", "after", last)).body)
		if diff := cmp.Diff(whole, append(ids, rest...)); diff != "" {
			t.Errorf("cut after %s (-whole +parts):\n%s", cut, diff)
		}
	}
	// One page says in its head where the next begins.
	page := get(t, server, "HEAD", query("/export.csv", "first", "100"))
	if link := strings.Join(page.header.Values("Link"), " "); !strings.Contains(link, `after=c99&first=100>; rel="next"`) || page.body != "" {
		t.Errorf("the links are %s", link)
	}
}

// A failure in the middle cuts the connection: nobody can take the part for the whole.
func TestAFailureCutsTheConnection(t *testing.T) {
	t.Parallel()
	for _, name := range names() {
		d := &desk{records: 500, record: numbered, failAt: 3, cause: errors.New("the disk is broken: secret")}
		got := get(t, serve(t, d, nil), "GET", query("/export."+name, "first", "500"))
		if got.status != http.StatusOK || got.err == nil {
			t.Errorf("%s: status %d, error %v", name, got.status, got.err)
		}
		if strings.Contains(got.body, "secret") {
			t.Errorf("%s tells what is broken", name)
		}
	}
	d := &desk{records: 500, record: numbered, failAt: 1, cause: errors.New("the disk is broken: secret")}
	got := get(t, serve(t, d, nil), "GET", "/export.csv")
	if got.status != http.StatusInternalServerError || strings.Contains(got.body, "secret") || got.header.Get("Content-Disposition") != "" {
		t.Errorf("at the beginning: %d %v %s", got.status, got.header, got.body)
	}
}

// Ten thousand records take no more memory than a page, and a client that reads slowly is waited for.
func TestMemoryIsBounded(t *testing.T) { //nolint:paralleltest // It measures the memory of the process.
	const n = 10_000
	for _, name := range names() {
		d := &desk{records: n, record: numbered}
		handler, err := export.New(export.Options{Ask: d.Ask, BaseURL: base, Log: nopLog(), Now: time.Now}) //nolint:forbidigo // As in serve.
		if err != nil {
			t.Fatal(err)
		}
		w := &meter{header: http.Header{}}
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		w.begin = before.HeapAlloc
		handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", query("/export."+name, "first", "10000"), http.NoBody))
		runtime.ReadMemStats(&after)
		if w.bytes < n*400 || d.pages != n/100 {
			t.Errorf("%s: %d bytes of %d pages", name, w.bytes, d.pages)
		}
		if w.most > 16<<20 {
			t.Errorf("%s: %d MB of memory for %d MB", name, w.most>>20, w.bytes>>20)
		}
		t.Logf("%s: %d kB in %d pages, %d kB of live memory at most, %d flushes", name, w.bytes>>10, d.pages, w.most>>10, w.flushes)
		if w.flushes < d.pages {
			t.Errorf("%s: %d flushes for %d pages", name, w.flushes, d.pages)
		}
	}
}

// meter counts what is written, and looks at the memory now and then.
type meter struct {
	header  http.Header
	bytes   int
	flushes int
	begin   uint64
	most    uint64
}

func (m *meter) Header() http.Header { return m.header }
func (m *meter) WriteHeader(int)     {}
func (m *meter) Write(b []byte) (int, error) {
	m.bytes += len(b)
	return len(b), nil
}

func (m *meter) Flush() {
	if m.flushes++; m.flushes%20 == 0 {
		runtime.GC()
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		m.most = max(m.most, now.HeapAlloc-min(now.HeapAlloc, m.begin))
	}
}

// The first page is on its way before the second is read.
func TestPagesAreSentAsTheyAreRead(t *testing.T) {
	t.Parallel()
	read, goOn := make(chan struct{}), make(chan struct{})
	d := &desk{records: 200, record: numbered}
	server := serve(t, d, func(o *export.Options) {
		o.Ask = func(ctx context.Context, document string, variables map[string]any) (json.RawMessage, bool, error) {
			if d.pages == 1 {
				close(read)
				<-goOn
			}
			return d.Ask(ctx, document, variables)
		}
	})
	r, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+"/export.csv", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	<-read
	reader := bufio.NewReader(response.Body)
	line, err := reader.ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "id,kind") {
		t.Errorf("the first line is %q, error %v", line, err)
	}
	close(goOn)
	rest, err := io.ReadAll(reader)
	if rows, csvErr := csv.NewReader(strings.NewReader(string(rest))).ReadAll(); err != nil || csvErr != nil || len(rows) != 200 {
		t.Errorf("%d rows, errors %v %v", len(rows), err, csvErr)
	}
}

func TestParametersAreThoseOfTheQuery(t *testing.T) {
	t.Parallel()
	d := &desk{records: 1, record: numbered}
	server := serve(t, d, nil)
	got := get(t, server, "GET", query("/export.csv", "text", "housing", "filter", `{"themes":["housing"],"yearFrom":2012}`,
		"orderBy", `{"field":"YEAR"}`, "languages", "es, en", "first", "7"))
	if got.status != 200 {
		t.Fatal(got.body)
	}
	want := map[string]any{
		"text": "housing", "filter": map[string]any{"themes": []any{"housing"}, "yearFrom": json.Number("2012")},
		"orderBy": map[string]any{"field": "YEAR"}, "first": 7,
	}
	if diff := cmp.Diff(want, d.asked[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if languages := d.readers[0].Languages; !slices.Equal(languages, []knowledge.LanguageTag{"es", "en"}) {
		t.Errorf("the languages are %v", languages)
	}
	get(t, server, "GET", "/export.atom")
	if order := d.asked[1]["orderBy"]; !cmp.Equal(order, map[string]any{"field": "UPDATED_AT", "direction": "DESC"}) {
		t.Errorf("a feed is in the order %v", order)
	}
}

func TestBadParametersAreNamed(t *testing.T) {
	t.Parallel()
	server := serve(t, &desk{records: 1, record: numbered}, nil)
	for _, test := range []struct{ query, parameter string }{
		{"filter=x", "filter"},
		{"filter=[]", "filter"},
		{"filter=null", "filter"},
		{"filter=%7B%7D%7B%7D", "filter"},
		{"orderBy=YEAR", "orderBy"},
		{"first=0", "first"},
		{"first=-1", "first"},
		{"first=1e3", "first"},
		{"first=99999999999", "first"},
		{"languages=english", "languages"},
		{"languages=en,,fr", "languages"},
		{"after=zzz", "after"},
		{"bogus=1", "bogus"},
		{"text=a&text=b", "text"},
		{"text=%ff", "text"},
		{"%3Cscript%3E=1", "script"},
		{"a;b", ""},
		{"%zz", ""},
	} {
		got := get(t, server, "GET", "/export.csv?"+test.query)
		var p struct{ Parameter, Detail, Code string }
		if err := json.Unmarshal([]byte(got.body), &p); err != nil || got.status != 400 || p.Parameter != test.parameter || p.Detail == "" ||
			got.header.Get("Content-Type") != "application/problem+json" || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %s", test.query, got.status, got.body)
		}
	}
	if got := get(t, server, "POST", "/export.csv"); got.status != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", got.status)
	}
}

func TestEntityTagsFollowTheVersion(t *testing.T) {
	t.Parallel()
	version, known := uint64(1), true
	d := &desk{records: 3, record: numbered}
	server := serve(t, d, func(o *export.Options) { o.Version = func() (uint64, bool) { return version, known } })
	first := get(t, server, "GET", "/export.csv").header.Get("ETag")
	if first == "" {
		t.Fatal("no tag")
	}
	if got := get(t, server, "GET", "/export.csv", "If-None-Match", first); got.status != http.StatusNotModified || d.pages != 1 {
		t.Errorf("the same again: %d after %d pages", got.status, d.pages)
	}
	for name, address := range map[string]string{"another format": "/export.jsonl", "another filter": "/export.csv?text=x"} {
		if got := get(t, server, "GET", address, "If-None-Match", first); got.status != http.StatusOK {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	version++
	if got := get(t, server, "GET", "/export.csv", "If-None-Match", first); got.status != http.StatusOK {
		t.Errorf("after a change: %d", got.status)
	}
	known = false
	if got := get(t, server, "GET", "/export.csv"); got.header.Get("ETag") != "" {
		t.Error("a tag although the version is not known")
	}
}

// Whoever has no points is refused at first and made to wait later; too many exports are refused.
func TestExportsAreBounded(t *testing.T) {
	t.Parallel()
	left := 0
	d := &desk{records: 250, record: numbered}
	server := serve(t, d, func(o *export.Options) {
		o.Charge = func(_ context.Context, points int) (bool, time.Duration) {
			left -= points
			return left < 0, time.Millisecond
		}
	})
	if got := get(t, server, "GET", "/export.csv"); got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") != "1" {
		t.Errorf("without points: %d %v", got.status, got.header)
	}
	left = 3000
	if got := get(t, server, "HEAD", "/export.csv"); got.status != http.StatusOK {
		t.Errorf("with points: %d", got.status)
	}
	left = 9000
	if got := get(t, server, "GET", "/export.csv"); got.err != nil || strings.Count(got.body, "\r\n") != 251 {
		t.Errorf("with enough points: %v", got.err)
	}

	hold := make(chan struct{})
	entered := make(chan struct{}, 1)
	busy := serve(t, d, func(o *export.Options) {
		o.Exports = 1
		o.Ask = func(context.Context, string, map[string]any) (json.RawMessage, bool, error) {
			entered <- struct{}{}
			<-hold
			return nil, false, &knowledge.Error{Kind: knowledge.Unavailable, Message: "Later."}
		}
	})
	done := make(chan reply, 1)
	go func() { done <- get(t, busy, "GET", "/export.csv") }()
	<-entered
	if got := get(t, busy, "GET", "/export.jsonl"); got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" {
		t.Errorf("a second one: %d", got.status)
	}
	close(hold)
	if got := <-done; got.status != http.StatusServiceUnavailable {
		t.Errorf("while the database is away: %d %s", got.status, got.body)
	}
}

// No caller has all the slots: what one has more is refused, and others still get theirs.
func TestExportsOfOneCallerAreFew(t *testing.T) {
	t.Parallel()
	type callerKey struct{}
	hold, entered := make(chan struct{}), make(chan struct{}, 8)
	handler, err := export.New(export.Options{
		BaseURL: base, Log: nopLog(), Now: time.Now, //nolint:forbidigo // Deadlines of connections are measured against the real clock.
		Caller: func(ctx context.Context) string { return ctx.Value(callerKey{}).(string) },
		Ask: func(context.Context, string, map[string]any) (json.RawMessage, bool, error) {
			entered <- struct{}{}
			<-hold
			return nil, false, &knowledge.Error{Kind: knowledge.Unavailable, Message: "Later."}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(caller, path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		ctx := context.WithValue(t.Context(), callerKey{}, caller)
		handler.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, path, http.NoBody))
		return w
	}
	var running sync.WaitGroup
	for _, caller := range []string{"a", "a", "b"} {
		running.Go(func() { ask(caller, "/export.csv") })
		<-entered
	}
	for _, path := range []string{"/export.csv", "/export.atom", "/sitemaps/practices-1.xml"} {
		if got := ask("a", path); got.Code != http.StatusServiceUnavailable || got.Header().Get("Retry-After") != "5" {
			t.Errorf("a third of one caller, %s: %d %v", path, got.Code, got.Header())
		}
	}
	for _, caller := range []string{"b", "c", "c", "d", "d"} { // Eight of all.
		running.Go(func() { ask(caller, "/export.csv") })
		<-entered
	}
	if got := ask("e", "/export.csv"); got.Code != http.StatusServiceUnavailable {
		t.Errorf("a ninth: %d", got.Code)
	}
	close(hold)
	running.Wait()
	if got := ask("a", "/export.csv"); got.Header().Get("Retry-After") == "5" {
		t.Error("the slots were not given back")
	}
}

// What is not the export itself asks queries, too, and costs points.
func TestMapsAndDescriptionsCostPoints(t *testing.T) {
	t.Parallel()
	d := &desk{records: 3, record: numbered}
	server := serve(t, d, func(o *export.Options) {
		o.Charge = func(context.Context, int) (bool, time.Duration) { return true, 1500 * time.Millisecond }
	})
	for _, path := range []string{"/sitemap.xml", "/sitemaps/practices-1.xml", export.DatasetPath} {
		got := get(t, server, "GET", path)
		if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") != "2" || got.header.Get("Cache-Control") != "no-store" || d.pages > 0 {
			t.Errorf("%s: %d %v after %d queries", path, got.status, got.header, d.pages)
		}
	}
}
