package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/http"
	"time"
)

// playgroundPageLimit bounds the page, in bytes, as it is unpacked. The page has about 1,500.
const playgroundPageLimit = 1 << 20

// The build leaves this tag for the server to write the endpoint into.
const (
	endpointTag   = `<meta name="graphql-endpoint" content="%s">`
	builtEndpoint = "/graphql"
)

// playgroundPage is the page as it is sent, with the tag by which a browser asks for changes.
type playgroundPage struct {
	content []byte
	etag    string
}

// readPlaygroundPage unpacks the page of build and writes endpoint into it. Where there is no
// build, the page is nil and the error is fs.ErrNotExist.
func readPlaygroundPage(build fs.FS, endpoint string) (*playgroundPage, error) {
	file, err := build.Open(playgroundIndex)
	if err != nil {
		return nil, fmt.Errorf("open playground page: %w", err)
	}
	defer file.Close() //nolint:errcheck // Nothing was written.

	unpacked, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("unpack playground page: %w", err)
	}
	content, err := io.ReadAll(io.LimitReader(unpacked, playgroundPageLimit))
	if err != nil {
		return nil, fmt.Errorf("unpack playground page: %w", err)
	}
	content, err = withEndpoint(content, endpoint)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(content)
	return &playgroundPage{content: content, etag: `W/"` + hex.EncodeToString(sum[:8]) + `"`}, nil
}

func withEndpoint(content []byte, endpoint string) ([]byte, error) {
	built := fmt.Appendf(nil, endpointTag, builtEndpoint)
	if bytes.Count(content, built) != 1 {
		return nil, fmt.Errorf("playground page has no tag %s: build it again", built)
	}
	return bytes.Replace(content, built,
		fmt.Appendf(nil, endpointTag, html.EscapeString(endpoint)), 1), nil
}

// serve sends the page. A browser may keep it but asks each time whether it has changed, since
// it names the files of one build.
func (p *playgroundPage) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-cache")
	header.Set("ETag", p.etag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(p.content))
}
