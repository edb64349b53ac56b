package export

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Ask runs a GraphQL query on behalf of the reader in ctx and gives its data. Stale tells that it may be out of date. Errors
// that may be shown are *knowledge.Error; the path of one of kind Invalid begins with the variable at fault.
type Ask = func(ctx context.Context, document string, variables map[string]any) (data json.RawMessage, stale bool, err error)

// Options configures New. Ask, BaseURL, Log and Now are required.
type Options struct {
	Ask Ask
	// BaseURL is where the public reaches the site, such as "https://practices.example".
	BaseURL string
	// Publisher is who publishes the records; empty: the site by its host.
	Publisher string
	Log       *slog.Logger
	Now       func() time.Time
	// RequestID reads the id of the request, for the log and for error messages. Nil: they carry none.
	RequestID func(context.Context) string
	// Version tells which state of the records searches answer from; it changes with every change of them. False: it is not
	// known now. Nil: exports have no entity tags.
	Version func() (uint64, bool)
	// Charge is asked before each page of 100 records, of sitemaps too, with its cost in points. Refused before the first page,
	// the request is answered 429; later the export waits. Nil: nothing is charged.
	Charge func(ctx context.Context, points int) (refused bool, retryAfter time.Duration)
	// Caller tells who asks, as a short text that is the same for all requests of a client. Nil: all are one.
	Caller func(context.Context) string
	// Exports is how many exports run at once, 0 stands for 8, and ExportsPerCaller how many of one caller, 0 stands for 2.
	// More wait for a second, as many as may run, and are answered 503 then.
	Exports, ExportsPerCaller int
}

// exporter answers for everything of the package.
type exporter struct {
	Options

	base    *url.URL
	running *slots
}

const (
	defaultExports          = 8
	defaultExportsPerCaller = 2
)

// New returns the handler of everything that Paths lists. An error names what is missing in the options. It may be used
// concurrently.
func New(o Options) (http.Handler, error) {
	if o.Ask == nil || o.Log == nil || o.Now == nil {
		return nil, errors.New("export: an option is missing")
	}
	base, err := url.Parse(o.BaseURL)
	if err != nil || base.Host == "" {
		return nil, errors.New("export: the base address is no web address")
	}
	o.BaseURL = strings.TrimSuffix(o.BaseURL, "/")
	if o.Publisher == "" {
		o.Publisher = base.Hostname()
	}
	if o.Caller == nil {
		o.Caller = func(context.Context) string { return "" }
	}
	o.Exports = cmp.Or(o.Exports, defaultExports)
	o.ExportsPerCaller = min(cmp.Or(o.ExportsPerCaller, defaultExportsPerCaller), o.Exports)
	e := &exporter{Options: o, base: base, running: newSlots(o.Exports, o.ExportsPerCaller)}
	mux := http.NewServeMux()
	for _, f := range formats() {
		mux.Handle("GET "+f.path(), e.export(f))
	}
	mux.HandleFunc("GET "+DatasetPath, e.dataset)
	mux.HandleFunc("GET "+SitemapPath, e.sitemap)
	mux.HandleFunc("GET /sitemaps/{part}", e.sitemapPart)
	mux.HandleFunc("GET /robots.txt", e.robots)
	return mux, nil
}

// DatasetPath is where the description of the dataset is.
const DatasetPath = "/dataset.jsonld"

// SitemapPath is where the list of all addresses begins.
const SitemapPath = "/sitemap.xml"

// Paths lists the patterns of http.ServeMux that the handler of New answers.
func Paths() []string {
	paths := []string{DatasetPath, SitemapPath, "/sitemaps/", "/robots.txt"}
	for _, f := range formats() {
		paths = append(paths, f.path())
	}
	return paths
}

// id is the id of the request, "" where there is none.
func (e *exporter) id(ctx context.Context) string {
	if e.RequestID == nil {
		return ""
	}
	return e.RequestID(ctx)
}
