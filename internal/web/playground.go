package web

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
)

// PlaygroundPath is where the playground lives. Its files are below it, so a server mounts the
// handler at PlaygroundPath and at PlaygroundPath + "/", without stripping the prefix.
const PlaygroundPath = "/playground"

// The build as pack.js of web/playground leaves it: the page, and a folder with all the rest.
const (
	playgroundIndex  = "index.html.gz"
	playgroundFolder = "playground"
)

// The folder holds what "make playground" put there; a clean clone has only its .gitignore.
//
//go:embed all:assets/playground
var playgroundBuild embed.FS

// Playground returns the handler of the embedded playground, whose page sends its operations to
// endpoint, an absolute path such as "/graphql". Subscriptions go to the same path by WebSocket.
// A program built without the playground gets a page that says how to build it, with status 503.
// An error means that the embedded build is damaged.
func Playground(endpoint string) (http.Handler, error) {
	build, err := fs.Sub(playgroundBuild, "assets/playground")
	if err != nil {
		return nil, fmt.Errorf("open embedded playground: %w", err)
	}
	return PlaygroundFrom(build, endpoint)
}

// PlaygroundFrom is Playground with the build taken from build instead of the program: every
// file is there as NAME.gz, index.html.gz at the top and all others in a folder "playground".
// The handler is safe for concurrent use.
func PlaygroundFrom(build fs.FS, endpoint string) (http.Handler, error) {
	page, err := readPlaygroundPage(build, endpoint)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return &playground{build: build, page: page}, nil
}

// playground serves one build. It holds the page in its final form, because the endpoint is
// written into it; the other files are read from build as they are asked for.
type playground struct {
	build fs.FS
	page  *playgroundPage // Nil where there is no build.
}

// ServeHTTP answers GET and HEAD: the page at PlaygroundPath, its files below it.
func (p *playground) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	setPlaygroundHeaders(w.Header(), r.Host)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are possible here", http.StatusMethodNotAllowed)
		return
	}
	name, below := strings.CutPrefix(r.URL.Path, PlaygroundPath+"/")
	switch {
	case r.URL.Path == PlaygroundPath && p.page == nil:
		serveMissingPlayground(w, r)
	case r.URL.Path == PlaygroundPath:
		p.page.serve(w, r)
	case below && name == "":
		redirectToPlayground(w, r)
	case below:
		p.serveFile(w, r, name)
	default:
		http.NotFound(w, r)
	}
}

// redirectToPlayground leads .../playground/ to .../playground, keeping a query to prefill. The
// target is relative, so that it holds behind a proxy that adds a prefix.
func redirectToPlayground(w http.ResponseWriter, r *http.Request) {
	target := ".." + PlaygroundPath
	if r.URL.RawQuery != "" {
		target += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", target)
	w.WriteHeader(http.StatusPermanentRedirect)
}
