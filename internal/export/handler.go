package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"goodpractice/internal/knowledge"
)

const (
	// pageTimeout is how long a client may take to receive a page.
	pageTimeout = 30 * time.Second
	// pagePoints is what a page costs, which is about what a query for 100 whole records does.
	pagePoints = 30 * pageSize
	// maxWait is how long an export waits for points before it is given up.
	maxWait = time.Minute
	// bufferBytes holds a part of a page.
	bufferBytes = 32 << 10
)

// Values of Cache-Control.
const (
	cachePublic  = "public, max-age=60, stale-while-revalidate=600"
	cachePrivate = "private, no-cache"
	cacheNever   = "no-store"
)

// errPoints ends an export whose client has no points left for too long.
var errPoints = errors.New("the client had no points left")

// export answers for one format.
func (e *exporter) export(f format) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !e.enter(w, r) {
			return
		}
		defer e.running.give(e.Caller(r.Context()))
		asked, err := parse(r.URL.RawQuery, f)
		if err != nil {
			e.fail(w, r, err)
			return
		}
		ctx := r.Context()
		if asked.languages != nil {
			reader := knowledge.ReaderFrom(ctx)
			reader.Languages = asked.languages
			ctx = knowledge.WithReader(ctx, reader)
		}
		e.answer(w, r.WithContext(ctx), f, asked)
	})
}

// enter takes a slot for an export, or answers that there is none.
func (e *exporter) enter(w http.ResponseWriter, r *http.Request) bool {
	if e.running.take(r.Context(), e.Caller(r.Context())) {
		return true
	}
	e.busy(w, r, http.StatusServiceUnavailable, "OVERLOADED",
		"Too many exports are running, of yours or of all. Try again when one has ended.", busyAgain)
	return false
}

// busyAgain is when to try again where too many exports run.
const busyAgain = 5 * time.Second

// charged takes the points of the first page, or answers that there are not enough.
func (e *exporter) charged(w http.ResponseWriter, r *http.Request) bool {
	if e.Charge == nil {
		return true
	}
	refused, after := e.Charge(r.Context(), pagePoints)
	if refused {
		e.busy(w, r, http.StatusTooManyRequests, "RATE_LIMITED", "You have used up your points for now. Try again later.", after)
	}
	return !refused
}

// answer writes the head of an answer, and then the records unless only the head was asked for.
func (e *exporter) answer(w http.ResponseWriter, r *http.Request, f format, asked request) {
	ctx := r.Context()
	header := w.Header()
	header.Set("Vary", "Accept-Language, Authorization, Accept-Encoding, Origin")
	tag, isTagged := e.tag(ctx, f, r.URL.RawQuery)
	if isTagged && matches(r.Header.Values("If-None-Match"), tag) {
		header.Set("ETag", tag)
		header.Set("Cache-Control", caching(ctx))
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if !e.charged(w, r) {
		return
	}
	size := pageSize
	if asked.first > 0 {
		size = min(size, asked.first)
	}
	first, err := e.read(ctx, asked, size, asked.after)
	if err != nil {
		e.fail(w, r, err)
		return
	}
	header.Set("Content-Type", f.mediaType)
	header.Set("Cache-Control", caching(ctx))
	if isTagged && !first.stale {
		header.Set("ETag", tag)
	}
	if first.stale {
		header.Set("Cache-Control", cacheNever)
	}
	if !f.isFeed {
		header.Set("Content-Disposition", `attachment; filename="good-practices.`+f.name+`"`)
	}
	header.Add("Link", `<`+LicenceURL(knowledge.DefaultLicence)+`>; rel="license"`)
	header.Add("Link", `<`+e.BaseURL+DatasetPath+`>; rel="describedby"; type="application/ld+json"`)
	if asked.first > 0 && asked.first <= pageSize && first.next() != "" {
		header.Add("Link", `<`+e.address(r, first.next())+`>; rel="next"`)
	}
	if r.Method == http.MethodHead {
		return
	}
	if err := e.stream(w, r, f, asked, first); err != nil {
		e.cut(ctx, err)
	}
}

// cut ends the connection in the middle of an answer, so that the client cannot take it for the whole.
func (e *exporter) cut(ctx context.Context, err error) {
	if ctx.Err() == nil {
		e.Log.WarnContext(ctx, "an export was cut off", "request_id", e.id(ctx), "err", err)
	}
	panic(http.ErrAbortHandler)
}

// stream writes the records, page by page.
func (e *exporter) stream(w http.ResponseWriter, r *http.Request, f format, asked request, p page) error {
	ctx := r.Context()
	connection := http.NewResponseController(w)
	buffer := bufio.NewWriterSize(w, bufferBytes)
	head := about{
		self: e.BaseURL + r.URL.RequestURI(), base: e.BaseURL, host: e.base.Hostname(), publisher: e.Publisher,
		updated: latest(p.records, e.Now()),
	}
	out := f.open(buffer, head)
	if err := out.begin(); err != nil {
		return err
	}
	for written := 0; ; {
		deadline(connection, e.Now().Add(pageTimeout))
		for i := range p.records {
			if err := out.record(&p.records[i]); err != nil {
				return err
			}
		}
		if err := errors.Join(buffer.Flush(), connection.Flush()); err != nil {
			return fmt.Errorf("send a page: %w", err)
		}
		written += len(p.records)
		if p.next() == "" || asked.first > 0 && written >= asked.first {
			break
		}
		if err := e.pay(ctx); err != nil {
			return err
		}
		size := pageSize
		if asked.first > 0 {
			size = min(size, asked.first-written)
		}
		var err error
		if p, err = e.read(ctx, asked, size, p.next()); err != nil {
			return err
		}
	}
	next := ""
	if p.next() != "" {
		next = e.address(r, p.next())
	}
	if err := out.end(next); err != nil {
		return err
	}
	err := errors.Join(buffer.Flush(), connection.Flush())
	deadline(connection, time.Time{}) // The connection may serve further requests.
	return err
}

// deadline sets until when the client must have received what is sent. A writer without one is a test's.
func deadline(connection *http.ResponseController, at time.Time) { _ = connection.SetWriteDeadline(at) }

// pay waits until the next page is paid for.
func (e *exporter) pay(ctx context.Context) error {
	if e.Charge == nil {
		return nil
	}
	for waited := time.Duration(0); ; {
		refused, after := e.Charge(ctx, pagePoints)
		if !refused {
			return nil
		}
		after = max(after, 100*time.Millisecond)
		if waited += after; waited > maxWait {
			return errPoints
		}
		timer := time.NewTimer(after)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}

// latest is when the newest of the records was saved; now where there is none.
func latest(records []Record, now time.Time) time.Time {
	newest := time.Time{}
	for i := range records {
		if records[i].UpdatedAt.After(newest) {
			newest = records[i].UpdatedAt
		}
	}
	if newest.IsZero() {
		return now.UTC()
	}
	return newest
}

// address is where the request goes on after a cursor.
func (e *exporter) address(r *http.Request, after string) string {
	values := r.URL.Query()
	values.Set("after", after)
	return e.BaseURL + r.URL.Path + "?" + values.Encode()
}

// caching tells who may keep an answer.
func caching(ctx context.Context) string {
	if knowledge.ReaderFrom(ctx).Actor.Role == knowledge.RoleAnonymous {
		return cachePublic
	}
	return cachePrivate
}

// tag names the answer to a request by what it is made of; false where that is not known. It is weak: a proxy may compress.
func (e *exporter) tag(ctx context.Context, f format, query string) (string, bool) {
	if e.Version == nil {
		return "", false
	}
	version, known := e.Version()
	if !known {
		return "", false
	}
	reader := knowledge.ReaderFrom(ctx)
	values, _ := url.ParseQuery(query) // It was parsed before.
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\n%s\n%s\n%s\n%v", version, f.name, values.Encode(), reader.Actor.ID, reader.Languages))
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`, true
}

// matches tells whether an If-None-Match header has the tag (RFC 9110 section 8.8.3.2, weak comparison).
func matches(values []string, tag string) bool {
	for candidate := range strings.SplitSeq(strings.Join(values, ","), ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
