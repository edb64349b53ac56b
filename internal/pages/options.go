package pages

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"goodpractice/internal/knowledge"
)

//go:embed assets/page.html
var pageSource string

//go:embed assets/page.css
var styles embed.FS

// StylePath is where the style sheet of the pages is.
const StylePath = "/page.css"

// Options configures New. All but Charge, Publisher and RequestID are required.
type Options struct {
	// Ask runs a GraphQL query on behalf of the reader in ctx, as package export has it.
	Ask func(ctx context.Context, document string, variables map[string]any) (data json.RawMessage, stale bool, err error)
	// Charge is asked before each question, with its cost in points. Refused, the request is answered 429. Nil: nothing is
	// charged.
	Charge func(ctx context.Context, points int) (refused bool, retryAfter time.Duration)
	// IsGone tells whether a record was public under the slug, and is not any more.
	IsGone func(ctx context.Context, kind knowledge.Kind, slug string) (bool, error)
	// BaseURL is where the public reaches the site; permalinks begin with it.
	BaseURL string
	// Publisher is shown at the head of each page; empty: what the site holds.
	Publisher string
	// Playground is the path of the playground, such as "/playground".
	Playground string
	Log        *slog.Logger
	RequestID  func(context.Context) string
}

// site is what all pages share.
type site struct {
	Options

	page *template.Template
}

// Site is the pages. Its handlers may be used concurrently.
type Site struct {
	Records map[string]http.Handler // By pattern of http.ServeMux, with the style sheet.
	Missing http.Handler            // Answers 404 for an address at which the site has nothing.
}

// New returns all pages. An error names what is missing in the options.
func New(o Options) (*Site, error) {
	base, err := url.Parse(o.BaseURL)
	if err != nil || base.Host == "" || o.Ask == nil || o.IsGone == nil || o.Log == nil || o.Playground == "" {
		return nil, errors.New("pages: an option is missing")
	}
	o.BaseURL = strings.TrimSuffix(o.BaseURL, "/")
	if o.Publisher == "" {
		o.Publisher = "Good practices of cities and regions"
	}
	if o.RequestID == nil {
		o.RequestID = func(context.Context) string { return "" }
	}
	page, err := template.New("page").Parse(pageSource)
	if err != nil {
		return nil, err
	}
	s := &site{o, page}
	handlers := map[string]http.Handler{"GET " + StylePath: http.HandlerFunc(s.style)}
	for _, n := range nouns() {
		handlers["GET /"+n.path+"/{slug...}"] = s.record(n)
	}
	return &Site{Records: handlers, Missing: http.HandlerFunc(s.nothing)}, nil
}
