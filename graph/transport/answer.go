package transport

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Cache-Control values of answers.
const (
	cachePublic  = "public, max-age=60, stale-while-revalidate=600" // Anonymous, by GET, without errors and extensions.
	cachePrivate = "private, no-cache"                              // The same with a token.
	cacheNever   = "no-store"
)

// encode writes a response. A response without data has no "data" key: that is how a client tells a request that was not
// executed from one whose data is null. Data is what gqlgen wrote, JSON already.
func encode(r *graphql.Response) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	if len(r.Errors) > 0 {
		text, err := json.Marshal(r.Errors)
		if err != nil {
			return nil, err
		}
		b.WriteString(`"errors":`)
		b.Write(text)
	}
	if len(r.Data) > 0 {
		separate(&b)
		b.WriteString(`"data":`)
		b.Write(r.Data)
	}
	if len(r.Extensions) > 0 {
		text, err := json.Marshal(r.Extensions)
		if err != nil {
			return nil, err
		}
		separate(&b)
		b.WriteString(`"extensions":`)
		b.Write(text)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func separate(b *bytes.Buffer) {
	if b.Len() > 1 {
		b.WriteByte(',')
	}
}

// statusOf is the HTTP status of a response, by the GraphQL-over-HTTP specification: a request that was executed is 200
// whatever its errors; one that was not is 400 for the newer media type and 200 for application/json, where an
// intermediary's 400 could not be told from ours.
func statusOf(mediaType string, r *graphql.Response) int {
	if len(r.Data) > 0 {
		return http.StatusOK
	}
	for _, e := range r.Errors {
		switch e.Extensions["code"] {
		case CodeInternal:
			return http.StatusInternalServerError
		case CodeTimeout, CodeUnavailable:
			return http.StatusServiceUnavailable
		}
	}
	if mediaType == typeJSON {
		return http.StatusOK
	}
	return http.StatusBadRequest
}

// respond writes a response that is not a stream.
func (e edge) respond(w http.ResponseWriter, r *http.Request, mediaType string, response *graphql.Response) {
	body, err := encode(response)
	if err != nil {
		panic(err) // Extensions hold plain values only; rescue answers.
	}
	header := w.Header()
	header.Set("Content-Type", mediaType+"; charset=utf-8")
	header.Set("Cache-Control", cacheNever)
	status := statusOf(mediaType, response)
	if status == http.StatusServiceUnavailable {
		header.Set("Retry-After", "1")
	}
	if r.Method == http.MethodGet && status == http.StatusOK && len(response.Errors) == 0 && len(response.Extensions) == 0 {
		tag := entityTag(mediaType, body)
		header.Set("ETag", tag)
		header.Set("Cache-Control", cachePublic)
		if r.Header.Get("Authorization") != "" {
			header.Set("Cache-Control", cachePrivate)
		}
		if matches(r.Header.Values("If-None-Match"), tag) {
			header.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) // The client has left; there is nobody to tell.
}

// refuse answers a request that is not executed.
func (e edge) refuse(w http.ResponseWriter, mediaType string, why *refused) {
	body, err := encode(&graphql.Response{Errors: gqlerror.List{refusal(why.code, why.message)}})
	if err != nil {
		panic(err) // Strings can always be encoded.
	}
	header := w.Header()
	header.Set("Content-Type", mediaType+"; charset=utf-8")
	header.Set("Cache-Control", cacheNever)
	header.Set("X-Content-Type-Options", "nosniff")
	if why.code == CodeOverloaded {
		header.Set("Retry-After", "5")
	}
	w.WriteHeader(why.status)
	_, _ = w.Write(body) // As above.
}

// entityTag names a body. It is weak: a compressing middleware may change the bytes.
func entityTag(mediaType string, body []byte) string {
	digest := sha256.New()
	digest.Write([]byte(mediaType + "\n"))
	digest.Write(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(digest.Sum(nil)[:18]) + `"`
}

// matches reports whether an If-None-Match header has a tag, by the weak comparison of RFC 9110 section 8.8.3.2.
func matches(values []string, tag string) bool {
	tag = strings.TrimPrefix(tag, "W/")
	for candidate := range strings.SplitSeq(strings.Join(values, ","), ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == tag {
			return true
		}
	}
	return false
}

// vary adds the request headers on which an answer depends, unless a middleware has named them already.
func vary(h http.Header, more []string) {
	named := strings.Split(strings.ToLower(strings.Join(h.Values("Vary"), ",")), ",")
	for i := range named {
		named[i] = strings.TrimSpace(named[i])
	}
	for _, name := range append([]string{"Accept", "Accept-Language", "Accept-Encoding", "Authorization", "Origin"}, more...) {
		if !slices.Contains(named, strings.ToLower(name)) {
			h.Add("Vary", name)
		}
	}
}
