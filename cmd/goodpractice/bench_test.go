package main

import (
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"text/tabwriter"
	"time"

	"goodpractice/internal/admin"
	"goodpractice/internal/config"
	"goodpractice/internal/knowledge"
)

var (
	benchSizes   = flag.String("bench-sizes", "", "sizes of the stores for TestBenchTable, such as 1000,100000; empty skips it")
	benchStores  = flag.String("bench-stores", "bbolt,MongoDB", "the stores to measure; MongoDB needs GOODPRACTICE_TEST_MONGODB")
	benchOnly    = flag.String("bench-only", "", "the operations to measure, such as create,one record; empty for all")
	benchSeconds = flag.Float64("bench-seconds", 2, "seconds that each row of TestBenchTable runs")
	benchDir     = flag.String("bench-dir", "", "where to keep the filled stores for the next run, which then measures no filling")
)

// TestBenchTable prints the tables of docs/benchmarks.md. It measures through the product's own path:
// real files, the real handler, real connections.
func TestBenchTable(t *testing.T) {
	if *benchSizes == "" {
		t.Skip("make bench runs this")
	}
	for name := range strings.SplitSeq(*benchStores, ",") {
		s := benchStore(t, strings.TrimSpace(name))
		if s == nil {
			t.Logf("%s is left out: GOODPRACTICE_TEST_MONGODB does not name a server", name)
			continue
		}
		for text := range strings.SplitSeq(*benchSizes, ",") {
			size, err := strconv.Atoi(strings.TrimSpace(text))
			if err != nil {
				t.Fatal(err)
			}
			benchSize(t, s, size)
		}
	}
}

// benchSize measures everything at one size on one store.
func benchSize(t *testing.T, s *stored, size int) {
	t.Helper()
	b := newBench(t, s, size)
	b.settings = config.Serve{PointsPerMinute: math.MaxInt32, TokenPointsPerMinute: math.MaxInt32} // It is the rest that is measured.
	once := b.table("records\tstore\twhat\tresult\t\n")
	b.fill(once)
	b.reopen(once)
	if err := once.Flush(); err != nil {
		t.Fatal(err)
	}
	rows := b.table("records\tstore\toperation\tpath\tclients\truns\tp50 ms\tp95 ms\tp99 ms\tCPU ms\tallocs\tp50 / floor\tp99 / p50\t\n")
	last := b.table("records\tstore\twhat\tresult\t\n")
	b.requests(rows)
	b.kept(last)
	if s.isShared {
		b.replicas(last, rows)
	}
	if err := rows.Flush(); err != nil {
		t.Fatal(err)
	}
	b.close()
	b.process(last)
	if err := last.Flush(); err != nil {
		t.Fatal(err)
	}
}

// newBench is a knowledge base that is not filled yet.
func newBench(t *testing.T, s *stored, size int) *bench {
	t.Helper()
	b := &bench{t: t, stored: s, size: size, dir: filepath.Join(t.TempDir(), "data")}
	if *benchDir != "" && s.canBeKept {
		b.dir = filepath.Join(*benchDir, fmt.Sprintf("%s-%d", s.name, size))
	}
	b.address = s.address(t)
	return b
}

// bench is a knowledge base of one size on one store, with what is asked of it.
type bench struct {
	t       *testing.T
	stored  *stored
	address string // of the store
	size    int
	records int // the seed included
	dir     string

	app      *app
	settings config.Serve
	server   *httptest.Server
	site     http.Handler
	secret   string
	ids      []knowledge.ID // of practices, spread over the whole store
	posts    atomic.Int64
}

// table begins a table.
func (b *bench) table(head string) *tabwriter.Writer {
	b.t.Helper()
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	b.write(out, "%s", head)
	return out
}

// write adds to a table.
func (b *bench) write(out io.Writer, format string, args ...any) {
	b.t.Helper()
	if _, err := fmt.Fprintf(out, format, args...); err != nil {
		b.t.Fatal(err)
	}
}

// tell adds a figure to a table.
func (b *bench) tell(out io.Writer, what, format string, args ...any) {
	b.t.Helper()
	b.write(out, "%d\t%s\t%s\t%s\t\n", b.size, b.stored.name, what, fmt.Sprintf(format, args...))
}

// must ends the measurement where something fails.
func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// open opens the knowledge base without following the store.
func (b *bench) open() {
	b.t.Helper()
	var err error
	b.app, err = b.openAt(b.dir)
	b.must(err)
}

// follow starts to follow the store and waits until everything can be found.
func (b *bench) follow() {
	b.t.Helper()
	b.app.follow(b.t.Context(), func(err error) { b.t.Error(err) })
	b.must(b.app.awaitIndex(b.t.Context()))
}

// serve answers requests as the program does.
func (b *bench) serve() {
	b.t.Helper()
	written, err := os.Create(filepath.Join(b.t.TempDir(), "log"))
	b.must(err)
	b.t.Cleanup(func() { _ = written.Close() })
	log := slog.New(slog.NewTextHandler(written, nil))
	listener, err := listen(b.t.Context(), "127.0.0.1:0")
	b.must(err)
	p := &program{log: log, now: time.Now, stdout: io.Discard, stderr: io.Discard}
	s := &server{program: p, app: b.app, listener: listener, settings: &b.settings}
	b.site, err = s.public(b.t.Context())
	b.must(err)
	b.server = &httptest.Server{Listener: listener, Config: &http.Server{Handler: b.site}} //nolint:gosec // Loopback only.
	b.server.Start()
	_, b.secret, err = tokens{b.app}.Create(b.t.Context(), admin.TokenDraft{Name: "Benchmark", Role: knowledge.RoleEditor})
	b.must(err)
}

// close ends the server and closes the files.
func (b *bench) close() {
	b.t.Helper()
	if b.server != nil {
		b.server.Close()
		b.server = nil
	}
	if b.app != nil {
		b.must(b.app.close())
		b.app = nil
	}
}
