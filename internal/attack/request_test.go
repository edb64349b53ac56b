package attack_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// marked is a text that no answer and no log may show again.
const marked = "quoteme-7f3a"

// request is a hostile request that is not about its document.
type request struct {
	row, name string
	method    string // POST where it is not given.
	query     string // Of the address.
	header    map[string]string
	body      func() io.Reader
	status    int
	code      string // The error's code; empty where no GraphQL was reached.
}

// of gives a text as a body.
func of(text string) func() io.Reader {
	return func() io.Reader { return strings.NewReader(text) }
}

// zeros is a body of many bytes that is never all in memory.
func zeros(n int64) func() io.Reader {
	return func() io.Reader { return io.LimitReader(nought{}, n) }
}

// nought is spaces without end.
type nought struct{}

// Read implements io.Reader.
func (nought) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// zipped is a small body that becomes a large one.
func zipped() io.Reader {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.CopyN(w, nought{}, 64<<20); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return &b
}

// uploads is a multipart request in the form of GraphQL file uploads: browsers send it across origins without asking.
func uploads(paths int) func() io.Reader {
	return func() io.Reader {
		mapped := make([]string, paths)
		for i := range mapped {
			mapped[i] = fmt.Sprintf(`"variables.files.%d.%s"`, i*1000000, marked)
		}
		return strings.NewReader(strings.Join([]string{
			"--x", `Content-Disposition: form-data; name="operations"`, "",
			`{"query":"mutation { createPractice(input: {language: \"en\", title: \"` + marked + `\"}) { userErrors { message } } }"}`,
			"--x", `Content-Disposition: form-data; name="map"`, "", `{"0":[` + strings.Join(mapped, ",") + `]}`,
			"--x", `Content-Disposition: form-data; name="0"; filename="a.txt"`, "", "a", "--x--", "",
		}, "\r\n"))
	}
}

const (
	plain     = `{"query":"{ __typename }"}`
	mutation  = `mutation { createPractice(input: {language: "en", title: "` + marked + `"}) { userErrors { message } } }`
	inJSON    = "application/json"
	multipart = "multipart/form-data; boundary=x"
)

// requests lists the hostile requests.
func requests() []request {
	typed := func(contentType string) map[string]string { return map[string]string{"Content-Type": contentType} }
	return []request{
		{row: "batching", name: "an array of operations", header: typed(inJSON), body: of("[" + strings.Repeat(plain+",", 100) + plain + "]"), status: http.StatusBadRequest, code: "BAD_REQUEST"},
		{row: "huge body", name: "64 MB", header: typed(inJSON), body: zeros(64 << 20), status: http.StatusRequestEntityTooLarge, code: "PAYLOAD_TOO_LARGE"},
		{row: "huge body", name: "3 MB of ids", header: typed(inJSON), body: of(`{"query":"{ __typename }","variables":{"ids":["` + strings.Repeat(`a","`, 1<<20) + `"]}}`), status: http.StatusRequestEntityTooLarge, code: "PAYLOAD_TOO_LARGE"},
		{row: "huge body", name: "an address of 300 kB", method: http.MethodGet, query: "query=" + strings.Repeat("a", 300<<10), status: http.StatusRequestHeaderFieldsTooLarge},
		{row: "compressed body", name: "64 MB in 64 kB", header: map[string]string{"Content-Type": inJSON, "Content-Encoding": "gzip"}, body: zipped, status: http.StatusUnsupportedMediaType, code: "UNSUPPORTED_MEDIA_TYPE"},
		{row: "forged writes", name: "a mutation by GET", method: http.MethodGet, query: url.Values{"query": {mutation}}.Encode(), status: http.StatusMethodNotAllowed, code: "METHOD_NOT_ALLOWED"},
		{row: "forged writes", name: "text/plain", header: typed("text/plain"), body: of(`{"query":"mutation { x }"}`), status: http.StatusUnsupportedMediaType, code: "UNSUPPORTED_MEDIA_TYPE"},
		{row: "forged writes", name: "a form", header: typed("application/x-www-form-urlencoded"), body: of(url.Values{"query": {mutation}}.Encode()), status: http.StatusUnsupportedMediaType, code: "UNSUPPORTED_MEDIA_TYPE"},
		{row: "forged writes", name: "application/graphql", header: typed("application/graphql"), body: of(mutation), status: http.StatusUnsupportedMediaType, code: "UNSUPPORTED_MEDIA_TYPE"},
		{row: "forged writes", name: "no type at all", body: of(`{"query":"mutation { x }"}`), status: http.StatusUnsupportedMediaType, code: "UNSUPPORTED_MEDIA_TYPE"},
		{row: "forged writes by upload", name: "a form with files", header: typed(multipart), body: uploads(1), status: http.StatusUnsupportedMediaType, code: "UNSUPPORTED_MEDIA_TYPE"},
		{row: "crafted uploads", name: "paths into nothing", header: typed(multipart), body: uploads(3), status: http.StatusUnsupportedMediaType, code: "UNSUPPORTED_MEDIA_TYPE"},
		{row: "crafted uploads", name: "100,000 paths", header: typed(multipart), body: uploads(100000), status: http.StatusUnsupportedMediaType, code: "UNSUPPORTED_MEDIA_TYPE"},
		{row: "crafted uploads", name: "20 MB", header: typed(multipart), body: zeros(20 << 20), status: http.StatusUnsupportedMediaType, code: "UNSUPPORTED_MEDIA_TYPE"},
		{row: "wrong method", name: "PUT", method: http.MethodPut, header: typed(inJSON), body: of(plain), status: http.StatusMethodNotAllowed, code: "METHOD_NOT_ALLOWED"},
		{row: "wrong method", name: "DELETE", method: http.MethodDelete, status: http.StatusMethodNotAllowed, code: "METHOD_NOT_ALLOWED"},
		{row: "wrong media type", name: "an answer in HTML", header: map[string]string{"Content-Type": inJSON, "Accept": "text/html"}, body: of(plain), status: http.StatusNotAcceptable, code: "NOT_ACCEPTABLE"},
		{row: "wrong media type", name: "another character set", header: typed("application/json; charset=utf-16"), body: of(plain), status: http.StatusUnsupportedMediaType, code: "UNSUPPORTED_MEDIA_TYPE"},
		{row: "broken json", name: "a text that is no object", header: typed(inJSON), body: of(`"` + marked + `"`), status: http.StatusBadRequest, code: "BAD_REQUEST"},
		{row: "broken json", name: "something after the object", header: typed(inJSON), body: of(plain + marked), status: http.StatusBadRequest, code: "BAD_REQUEST"},
		{row: "broken json", name: "a key given twice", header: typed(inJSON), body: of(`{"query":"{ __typename }","query":"` + marked + `"}`), status: http.StatusBadRequest, code: "BAD_REQUEST"},
		{row: "broken json", name: "not UTF-8", header: typed(inJSON), body: of("{\"query\":\"\xff" + marked + "\"}"), status: http.StatusBadRequest, code: "BAD_REQUEST"},
		{row: "log injection", name: "line breaks in the body", header: map[string]string{"Content-Type": inJSON, "Accept": "text/event-stream"}, body: of("{\"query\":\"\\n" + "level=ERROR msg=" + marked + "\\n"), status: http.StatusBadRequest, code: "BAD_REQUEST"},
		{row: "log injection", name: "line breaks in the name of an operation", header: typed(inJSON), body: of(`{"query":"query a { x }","operationName":"\nlevel=ERROR msg=` + marked + `"}`), status: http.StatusOK, code: "GRAPHQL_VALIDATION_FAILED"},
		{row: "stored documents", name: "a hash that is not of the text", header: typed(inJSON), body: of(`{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + strings.Repeat("0", 64) + `"}}}`), status: http.StatusOK, code: "PERSISTED_QUERY_MISMATCH"},
		{row: "stored documents", name: "a hash of a text over the limits", header: typed(inJSON), body: of(`{"query":"` + strings.Repeat("a", 100<<10) + `","extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + strings.Repeat("0", 64) + `"}}}`), status: http.StatusOK, code: "PERSISTED_QUERY_MISMATCH"},
	}
}

// attackRequests sends every hostile request.
func attackRequests(t *testing.T, s *target) {
	t.Helper()
	for i, attack := range requests() {
		t.Run(attack.row+", "+attack.name, func(t *testing.T) {
			got := attack.send(t, from(fmt.Sprintf("127.0.2.%d", i+1)), s.url)
			if got.status != attack.status || got.took > soon || len(got.body) > short {
				t.Errorf("status %d after %s, %d bytes: %.200s", got.status, got.took, len(got.body), got.body)
			}
			if attack.code != "" {
				if told := decode(t, got.body); len(told.Errors) != 1 || told.Errors[0].Extensions.Code != attack.code || len(told.Data) > 0 {
					t.Errorf("want the code %s and nothing else: %.300s", attack.code, got.body)
				}
			}
			if bytes.Contains(got.body, []byte(marked)) {
				t.Errorf("the answer quotes the request: %.300s", got.body)
			}
			if got.header.Get("X-Content-Type-Options") != "nosniff" && got.status != http.StatusRequestHeaderFieldsTooLarge {
				t.Error("a browser may guess at the type")
			}
			s.stillFindsHousing(t)
		})
	}
	forgedNothing(t, s)
}

// send sends the request. Servers may close the connection before they have read all of a body that they refuse; a client
// that still writes may then see that before the answer. It is tried again a few times.
func (r request) send(t *testing.T, client *http.Client, address string) answer {
	t.Helper()
	method, body := r.method, io.Reader(nil)
	if method == "" {
		method = http.MethodPost
	}
	for try := 0; ; try++ {
		if r.body != nil {
			body = r.body()
		}
		got, err := attempt(t, client, method, address+"?"+r.query, r.header, body)
		if err == nil {
			return got
		}
		if try == 5 {
			t.Fatal(err)
		}
	}
}

// forgedNothing holds that no forged request has written.
func forgedNothing(t *testing.T, s *target) {
	t.Helper()
	got := s.asEditor(t, `{ practices(filter: {statuses: [DRAFT, SUBMITTED, PUBLISHED]}, first: 100, orderBy: {field: UPDATED_AT}) { nodes { title } } }`)
	if bytes.Contains(got.body, []byte(marked)) || !bytes.Contains(got.body, []byte(`"nodes"`)) {
		t.Errorf("forged, or not to be told: %.300s", got.body)
	}
}
