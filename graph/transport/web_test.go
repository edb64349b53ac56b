package transport_test

import (
	"net/http"
	"strings"
	"testing"
)

const graphqlResponse = "application/graphql-response+json"

func TestRequestIsAnsweredWithTheStatusOfTheSpecification(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	deep := strings.Repeat("[", 40) + strings.Repeat("]", 40)
	for name, c := range map[string]struct {
		method, query, body string
		headers             []string
		status              int
		code                string
	}{
		"post":                     {"POST", "", `{"query":"{hello}"}`, nil, 200, ""},
		"post with null members":   {"POST", "", `{"query":"{hello}","operationName":null,"variables":null,"extensions":null}`, nil, 200, ""},
		"post with unknown member": {"POST", "", `{"query":"{hello}","x":"x"}`, nil, 200, ""},
		"post with charset":        {"POST", "", `{"query":"{hello}"}`, []string{"Content-Type", "application/json; charset=UTF-8"}, 200, ""},
		"brackets in a text":       {"POST", "", `{"query":"{hello}","variables":{"x":"\"` + strings.Repeat("[", 40) + `"}}`, nil, 200, ""},
		"get":                      {"GET", "?query={hello}", "", nil, 200, ""},
		"get with variables":       {"GET", "?query=query($n:String){hello(name:$n)}&variables=%7B%22n%22%3A%22x%22%7D", "", nil, 200, ""},
		"field error":              {"POST", "", `{"query":"{fail}"}`, []string{"Accept", graphqlResponse}, 200, "INTERNAL"},

		"syntax error, newer type":     {"POST", "", `{"query":"{"}`, []string{"Accept", graphqlResponse}, 400, "GRAPHQL_PARSE_FAILED"},
		"syntax error, older type":     {"POST", "", `{"query":"{"}`, nil, 200, "GRAPHQL_PARSE_FAILED"},
		"invalid document, newer type": {"POST", "", `{"query":"{nothing}"}`, []string{"Accept", graphqlResponse}, 400, "GRAPHQL_VALIDATION_FAILED"},
		"invalid document, older type": {"POST", "", `{"query":"{nothing}"}`, nil, 200, "GRAPHQL_VALIDATION_FAILED"},
		"invalid variable, newer type": {"POST", "", `{"query":"query($b:By){find(by:$b){id}}","variables":{"b":{"title":"x"}}}`, []string{"Accept", graphqlResponse}, 400, "GRAPHQL_VALIDATION_FAILED"},
		"invalid variable, older type": {"POST", "", `{"query":"query($b:By){find(by:$b){id}}","variables":{"b":7}}`, nil, 200, "GRAPHQL_VALIDATION_FAILED"},
		"unknown operation":            {"POST", "", `{"query":"{hello}","operationName":"x"}`, []string{"Accept", graphqlResponse}, 400, "GRAPHQL_VALIDATION_FAILED"},
		"only fragments":               {"POST", "", `{"query":"fragment F on Query{hello}"}`, []string{"Accept", graphqlResponse}, 400, "GRAPHQL_VALIDATION_FAILED"},

		"no body":              {"POST", "", "", []string{"Content-Type", "application/json"}, 400, "BAD_REQUEST"},
		"broken JSON":          {"POST", "", `{"query":"{hello}"`, nil, 400, "BAD_REQUEST"},
		"trailing data":        {"POST", "", `{"query":"{hello}"} {}`, nil, 400, "BAD_REQUEST"},
		"batch":                {"POST", "", `[{"query":"{hello}"}]`, nil, 400, "BAD_REQUEST"},
		"invalid UTF-8":        {"POST", "", "{\"query\":\"{hello(name:\\\"\xff\\\")}\"}", nil, 400, "BAD_REQUEST"},
		"member given twice":   {"POST", "", `{"query":"{hello}","query":"{fail}"}`, nil, 400, "BAD_REQUEST"},
		"member in other case": {"POST", "", `{"Query":"{hello}"}`, nil, 400, "BAD_REQUEST"},
		"no query":             {"POST", "", `{}`, nil, 400, "BAD_REQUEST"},
		"empty query":          {"POST", "", `{"query":""}`, nil, 400, "BAD_REQUEST"},
		"query is a number":    {"POST", "", `{"query":7}`, nil, 400, "BAD_REQUEST"},
		"query is an object":   {"POST", "", `{"query":{}}`, nil, 400, "BAD_REQUEST"},
		"name is a number":     {"POST", "", `{"query":"{hello}","operationName":7}`, nil, 400, "BAD_REQUEST"},
		"variables is a text":  {"POST", "", `{"query":"{hello}","variables":"x"}`, nil, 400, "BAD_REQUEST"},
		"variables is a list":  {"POST", "", `{"query":"{hello}","variables":[]}`, nil, 400, "BAD_REQUEST"},
		"extensions is a text": {"POST", "", `{"query":"{hello}","extensions":"x"}`, nil, 400, "BAD_REQUEST"},
		"deep JSON":            {"POST", "", `{"query":"{hello}","variables":{"x":` + deep + `}}`, nil, 400, "BAD_REQUEST"},

		"get without query":         {"GET", "", "", nil, 400, "BAD_REQUEST"},
		"get with query twice":      {"GET", "?query={hello}&query={fail}", "", nil, 400, "BAD_REQUEST"},
		"get with broken escape":    {"GET", "?query={hello}&x=%zz", "", nil, 400, "BAD_REQUEST"},
		"get with broken variables": {"GET", "?query={hello}&variables={", "", nil, 400, "BAD_REQUEST"},
		"get with deep variables":   {"GET", "?query={hello}&variables={%22x%22:" + deep + "}", "", nil, 400, "BAD_REQUEST"},
		"get with long query":       {"GET", "?query={hello}&x=" + strings.Repeat("a", 300<<10), "", nil, 414, "PAYLOAD_TOO_LARGE"},
		"get mutation":              {"GET", "?query=mutation{touch}", "", nil, 405, "METHOD_NOT_ALLOWED"},

		"form":              {"POST", "", `query={hello}`, []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"text":              {"POST", "", `{"query":"{hello}"}`, []string{"Content-Type", "text/plain"}, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"graphql":           {"POST", "", `{hello}`, []string{"Content-Type", "application/graphql"}, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"multipart":         {"POST", "", `x`, []string{"Content-Type", "multipart/form-data; boundary=x"}, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"no type":           {"POST", "", `{"query":"{hello}"}`, []string{"Content-Type", ""}, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"other charset":     {"POST", "", `{"query":"{hello}"}`, []string{"Content-Type", "application/json; charset=utf-16"}, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"compressed":        {"POST", "", `{"query":"{hello}"}`, []string{"Content-Encoding", "gzip"}, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"2 MiB":             {"POST", "", `{"query":"` + strings.Repeat(" ", 2<<20) + `"}`, nil, 413, "PAYLOAD_TOO_LARGE"},
		"put":               {"PUT", "", `{"query":"{hello}"}`, nil, 405, "METHOD_NOT_ALLOWED"},
		"delete":            {"DELETE", "", "", nil, 405, "METHOD_NOT_ALLOWED"},
		"html":              {"GET", "?query={hello}", "", []string{"Accept", "text/html"}, 406, "NOT_ACCEPTABLE"},
		"subscription":      {"POST", "", `{"query":"subscription{ticks}"}`, nil, 406, "NOT_ACCEPTABLE"},
		"crash":             {"POST", "", `{"query":"{crash}"}`, nil, 500, "INTERNAL"},
		"defer":             {"POST", "", `{"query":"{...@defer{hello}}"}`, nil, 200, "GRAPHQL_VALIDATION_FAILED"},
		"upgrade to HTTP/2": {"GET", "?query={hello}", "", []string{"Upgrade", "h2c"}, 200, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := e.do(t, c.method, c.query, c.body, c.headers...)
			if a.status != c.status || a.code() != c.code {
				t.Errorf("got %d %q, want %d %q; body %.300s", a.status, a.code(), c.status, c.code, a.body)
			}
			if want := "nosniff"; a.header.Get("X-Content-Type-Options") != want {
				t.Errorf("X-Content-Type-Options is %q", a.header.Get("X-Content-Type-Options"))
			}
			if a.status != 200 && strings.Contains(a.body, `"data"`) {
				t.Errorf("a request that was not executed has data: %s", a.body)
			}
			if c.code != "" && a.header.Get("Cache-Control") != "no-store" {
				t.Errorf("Cache-Control is %q", a.header.Get("Cache-Control"))
			}
		})
	}
}

func TestMutationByGetIsNotExecuted(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	a := e.get(t, "mutation{touch}")
	if a.status != http.StatusMethodNotAllowed || a.header.Get("Allow") != "POST" {
		t.Errorf("got %d, Allow %q", a.status, a.header.Get("Allow"))
	}
	if e.schema.touched.Load() != 0 {
		t.Error("it was executed")
	}
	if a := e.post(t, "mutation{touch}"); a.status != 200 || a.header.Get("ETag") != "" || e.schema.touched.Load() != 1 {
		t.Errorf("by POST: %d %s, ETag %q", a.status, a.body, a.header.Get("ETag"))
	}
}

func TestOptionsAndForeignMethodsSayWhatIsAllowed(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	for method, status := range map[string]int{"OPTIONS": 204, "PUT": 405} {
		if a := e.do(t, method, "", ""); a.status != status || a.header.Get("Allow") != "GET, HEAD, POST, OPTIONS" {
			t.Errorf("%s: %d, Allow %q", method, a.status, a.header.Get("Allow"))
		}
	}
}

func TestRefusalsQuoteNothingOfTheRequest(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	for _, body := range []string{
		`{"query":"{hello}" "canary"}`, `["canary"]`, `canary`, `{"query":{"canary":1}}`, `{"canary":1}`, `{"canary":1,"canary":2}`,
		`{"query":"{hello}","variables":"canary"}`,
	} {
		if a := e.do(t, "POST", "", body); a.status != 400 || strings.Contains(a.body, "canary") {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
	if strings.Contains(e.logs.String(), "canary") {
		t.Errorf("the log quotes: %s", e.logs)
	}
}

func TestAcceptHeaderIsNegotiated(t *testing.T) {
	t.Parallel()
	const plain = "application/json"
	e := start(t, nil)
	for accept, want := range map[string]string{
		"":                                   plain,
		"*/*":                                plain,
		"application/*":                      plain,
		plain:                                plain,
		graphqlResponse:                      graphqlResponse,
		graphqlResponse + ", " + plain:       graphqlResponse,
		plain + ", " + graphqlResponse:       graphqlResponse,
		graphqlResponse + ";q=0.5, " + plain: plain,
		graphqlResponse + ", " + plain + ";q=0.9":  graphqlResponse,
		graphqlResponse + ";q=0, */*":              plain,
		plain + ";q=0, */*":                        graphqlResponse,
		"*/*;q=0.1, " + graphqlResponse + ";q=0.2": graphqlResponse,
		"text/html, */*;q=0.1":                     plain,
		"text/html, image/png":                     "406",
		plain + ";q=0":                             "406",
		"*/*;q=0":                                  "406",
		"nonsense":                                 "406",
		"APPLICATION/JSON; charset=utf-8":          plain,
		graphqlResponse + ", " + plain + ", text/event-stream, multipart/mixed": graphqlResponse,
		"text/event-stream":          "text/event-stream",
		"text/event-stream;q=0":      "406",
		"text/event-stream, */*;q=0": "text/event-stream",
	} {
		t.Run(accept, func(t *testing.T) {
			t.Parallel()
			a := e.post(t, "{hello}", "Accept", accept)
			got := a.mediaType()
			if a.status == 406 {
				got = "406"
			} else if !strings.HasSuffix(a.header.Get("Content-Type"), "; charset=utf-8") {
				t.Errorf("Content-Type is %q", a.header.Get("Content-Type"))
			}
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
