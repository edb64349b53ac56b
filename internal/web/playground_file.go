package web

import (
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// hashedForever is how long a browser keeps a file whose name carries a hash of its content: a
// year, the longest that RFC 9111 section 5.2.2.1 makes sense of, and without asking again.
const hashedForever = "public, max-age=31536000, immutable"

// contentType returns the media type by the ending of name. The table is complete for what the
// build makes and, unlike package mime, does not depend on the machine.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".ttf":
		return "font/ttf"
	case ".txt":
		return "text/plain; charset=utf-8"
	default:
		return "application/octet-stream"
	}
}

// serveFile sends the file called name of the build as it is stored, which is packed, or
// unpacked to the rare client that does not take gzip.
func (p *playground) serveFile(w http.ResponseWriter, r *http.Request, name string) {
	packed, size, err := p.open(name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer packed.Close() //nolint:errcheck // Nothing was written.

	header := w.Header()
	header.Set("Content-Type", contentType(name))
	header.Set("Vary", "Accept-Encoding")
	header.Set("Cache-Control", hashedForever)
	if path.Ext(name) == ".txt" { // The licences: their name carries no hash.
		header.Set("Cache-Control", "no-cache")
	}
	if acceptsGzip(r.Header.Values("Accept-Encoding")) {
		header.Set("Content-Encoding", "gzip")
		header.Set("Content-Length", strconv.FormatInt(size, 10))
		send(w, r, packed)
		return
	}
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		header.Set("Cache-Control", "no-store")
		http.Error(w, "the file is damaged: build the playground again",
			http.StatusInternalServerError)
		return
	}
	send(w, r, unpacked)
}

// open finds the packed file called name. A name with dots that lead elsewhere, a folder and a
// name that is not there are all fs.ErrNotExist.
func (p *playground) open(name string) (fs.File, int64, error) {
	if !fs.ValidPath(name) {
		return nil, 0, fs.ErrNotExist
	}
	file, err := p.build.Open(path.Join(playgroundFolder, name+".gz"))
	if err != nil {
		return nil, 0, fs.ErrNotExist
	}
	about, err := file.Stat()
	if err != nil || !about.Mode().IsRegular() {
		return nil, 0, errors.Join(fs.ErrNotExist, file.Close())
	}
	return file, about.Size(), nil
}

// send copies content to the client. A failed copy means that the client has gone, and there is
// nobody left to tell.
func send(w http.ResponseWriter, r *http.Request, content io.Reader) {
	if r.Method == http.MethodHead {
		return
	}
	_, _ = io.Copy(w, content)
}

// acceptsGzip reports whether Accept-Encoding allows gzip (RFC 9110 section 12.5.3).
func acceptsGzip(values []string) bool {
	others := false
	for choice := range strings.SplitSeq(strings.Join(values, ","), ",") {
		coding, parameter, _ := strings.Cut(choice, ";")
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			return !isZero(parameter)
		case "*":
			others = !isZero(parameter)
		}
	}
	return others
}

// isZero reports whether a parameter "q=..." says never.
func isZero(parameter string) bool {
	name, value, _ := strings.Cut(strings.TrimSpace(parameter), "=")
	weight, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	return strings.EqualFold(strings.TrimSpace(name), "q") && err == nil && weight == 0
}
