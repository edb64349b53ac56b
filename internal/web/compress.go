package web

import (
	"fmt"
	"net/http"

	"github.com/klauspost/compress/gzhttp"
)

// leastCompressed is the length in bytes from which on an answer is compressed: a shorter one fits into one packet of the
// network anyway.
const leastCompressed = 1 << 10

// compressedTypes are the media types that are compressed. Event streams are not among them: what is compressed waits for
// more. Nor is what is compressed already, such as fonts.
func compressedTypes() []string {
	return []string{
		graphQLType, jsonType, "application/ld+json", "application/geo+json", "application/jsonl", "application/x-ndjson",
		"application/atom+xml", "application/xml", "image/svg+xml",
		"text/html", "text/plain", "text/css", "text/csv", "text/javascript", "text/xml",
	}
}

// compressed packs answers by gzip or zstd for clients that take it: by gzip where a client likes both alike, because some say
// that they read zstd and cannot, such as graphql-codegen on Node before 22.15. An answer that has a Content-Encoding is left as it is,
// and so is a connection that becomes a websocket. Entity tags are left alone: behind it they must be weak, because the bytes
// of one answer differ by its coding.
func compressed(next http.Handler) (http.Handler, error) {
	wrap, err := gzhttp.NewWrapper(
		gzhttp.MinSize(leastCompressed), gzhttp.ContentTypes(compressedTypes()), gzhttp.SetContentType(false), gzhttp.PreferZstd(false),
	)
	if err != nil {
		return nil, fmt.Errorf("web: set up compression: %w", err)
	}
	packing := wrap(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.Header["Upgrade"]) > 0 || len(r.Header["Accept-Encoding"]) == 0 {
			w.Header().Add("Vary", "Accept-Encoding")
			next.ServeHTTP(w, r)
			return
		}
		packing(w, r)
	}), nil
}
