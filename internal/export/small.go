package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"time"
)

// small answers with what fits into memory, named by its content.
func (e *exporter) small(w http.ResponseWriter, r *http.Request, mediaType string, stale bool, content []byte) {
	header := w.Header()
	header.Set("Content-Type", mediaType)
	header.Set("Cache-Control", cachePublic)
	if stale {
		header.Set("Cache-Control", cacheNever)
	}
	sum := sha256.Sum256(content)
	header.Set("ETag", `W/"`+base64.RawURLEncoding.EncodeToString(sum[:18])+`"`)
	connection := http.NewResponseController(w)
	deadline(connection, e.Now().Add(pageTimeout))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	_ = connection.Flush()
	deadline(connection, time.Time{})
}

// bare is a media type without its parameters.
func bare(mediaType string) string {
	name, _, _ := strings.Cut(mediaType, ";")
	return name
}
