package transport

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Cache-Control values of answers.
const (
	cachePublic  = "public, max-age=60, stale-while-revalidate=600" // Anonymous, by GET, without errors and without extensions but the cost.
	cachePrivate = "private, no-cache"                              // The same with a token.
	cacheNever   = "no-store"
)

// charsetSuffix follows the media type of every answer.
const charsetSuffix = "; charset=utf-8"

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
		case CodePersistedQueryNotFound:
			return http.StatusOK // As Apollo's protocol has it: this is a step of a conversation, and no failure.
		case CodeInternal:
			return http.StatusInternalServerError
		case CodeTimeout, CodeUnavailable, CodeOverloaded:
			return http.StatusServiceUnavailable
		case CodeRateLimited:
			return http.StatusTooManyRequests
		}
	}
	if mediaType == typeJSON {
		return http.StatusOK
	}
	return http.StatusBadRequest
}

// answer is a response as it is sent.
type answer struct {
	status    int
	mediaType string
	body      []byte
	tag       string // "" where the answer cannot be asked for again.
	cache     string // Cache-Control.

	retryAfter int // Seconds; 0 where it need not be asked again.
}

// answer makes of a response what is sent. The tag is of what was asked for alone: the same data have the same tag on every
// server, whatever else has changed.
func (e edge) answer(r *http.Request, mediaType string, response *graphql.Response) answer {
	a := answer{status: statusOf(mediaType, response), mediaType: mediaType, cache: cacheNever}
	a.retryAfter = retryAfter(a.status, response)
	if isGet(r) && a.status == http.StatusOK && len(response.Errors) == 0 && saysCostAlone(response) {
		a.tag, a.cache = entityTag(mediaType, response.Data), cachePrivate
		if r.Header.Get("Authorization") == "" {
			a.cache = cachePublic
			withoutRemaining(response)
		}
	}
	var err error
	if a.body, err = encode(response); err != nil {
		panic(err) // Extensions hold plain values only; rescue answers.
	}
	return a
}

// respond writes an answer that is not a stream.
func (e edge) respond(w http.ResponseWriter, r *http.Request, a answer) {
	header := w.Header()
	header.Set("Cache-Control", a.cache)
	if a.retryAfter > 0 {
		header.Set("Retry-After", strconv.Itoa(a.retryAfter))
	}
	if a.tag != "" {
		header.Set("ETag", a.tag)
		if matches(r.Header.Values("If-None-Match"), a.tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	header.Set("Content-Type", a.mediaType+charsetSuffix)
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // The client has left; there is nobody to tell.
}

// reject answers a request that is wrong as HTTP has it, which costs points like a document that is wrong. Whoever has none
// left is told so in its place.
func (e edge) reject(w http.ResponseWriter, r *http.Request, mediaType string, why *refused) {
	if err := e.charging.admit(r.Context()); err != nil {
		e.respond(w, r, e.answer(r, mediaType, &graphql.Response{Errors: gqlerror.List{err}}))
		return
	}
	e.charging.owes(r.Context(), refusalPoints)
	e.refuse(w, mediaType, why)
}

// refuse answers a request that is not executed.
func (e edge) refuse(w http.ResponseWriter, mediaType string, why *refused) {
	body, err := encode(&graphql.Response{Errors: gqlerror.List{refusal(why.code, why.message)}})
	if err != nil {
		panic(err) // Strings can always be encoded.
	}
	header := w.Header()
	header.Set("Content-Type", mediaType+charsetSuffix)
	header.Set("Cache-Control", cacheNever)
	header.Set("X-Content-Type-Options", "nosniff")
	if why.code == CodeOverloaded {
		header.Set("Retry-After", "5")
	}
	w.WriteHeader(why.status)
	_, _ = w.Write(body) // As above.
}

// entityTag names data. It is weak: a compressing middleware may change the bytes, and what goes with the data may change.
func entityTag(mediaType string, data []byte) string {
	digest := sha256.New()
	digest.Write([]byte(mediaType + "\n"))
	digest.Write(data)
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
