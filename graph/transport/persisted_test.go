package transport_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"goodpractice/graph/transport"
)

// The trusted documents of the tests; one has an id that is no hash.
const (
	trustedText = "query Trusted { hello }"
	namedText   = "mutation Named { touch }"
	namedID     = "b2dd9f4e0b8c4b1f"
)

// hash is the SHA-256 of a text in hexadecimal digits.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// apq is the extensions of Apollo's protocol.
func apq(digest string) string {
	return fmt.Sprintf(`{"persistedQuery":{"version":1,"sha256Hash":"%s"}}`, digest)
}

// documents are the trusted ones.
func documents(id string) (string, bool) {
	text, ok := map[string]string{"sha256:" + hash(trustedText): trustedText, namedID: namedText}[id]
	return text, ok
}

// startTrusting is an endpoint with trusted documents; only tells whom it holds to them.
func startTrusting(t *testing.T, only func(context.Context) bool) *endpoint {
	t.Helper()
	return start(t, func(o *transport.Options) { o.Documents, o.TrustedOnly = documents, only })
}

func TestDocumentIsRegisteredWithItsHash(t *testing.T) {
	t.Parallel()
	const text = "query Q{hello}"
	const found = `{"data":{"hello":"hello"},`
	for name, steps := range map[string][]struct{ method, query, body, want string }{
		"by GET": {
			{"GET", "?extensions=" + url.QueryEscape(apq(hash(text))), "", "PERSISTED_QUERY_NOT_FOUND"},
			{"GET", "?query=" + url.QueryEscape(text) + "&extensions=" + url.QueryEscape(apq(hash(text))), "", ""},
			{"GET", "?extensions=" + url.QueryEscape(apq(hash(text))), "", ""},
			{"POST", "", `{"extensions":` + apq(hash(text)) + `}`, ""},
		},
		"by POST": {
			{"POST", "", `{"operationName":"Q","extensions":` + apq(hash(text)) + `}`, "PERSISTED_QUERY_NOT_FOUND"},
			{"POST", "", `{"query":"` + text + `","extensions":` + apq(hash(text)) + `}`, ""},
			{"POST", "", `{"operationName":"Q","extensions":` + apq(strings.ToUpper(hash(text))) + `}`, ""},
			{"GET", "?extensions=" + url.QueryEscape(apq(hash(text))), "", ""},
		},
		"with another hash": {
			{"POST", "", `{"query":"` + text + `","extensions":` + apq(hash("x")) + `}`, "PERSISTED_QUERY_MISMATCH"},
			{"POST", "", `{"extensions":` + apq(hash("x")) + `}`, "PERSISTED_QUERY_NOT_FOUND"},
			{"POST", "", `{"extensions":` + apq(hash(text)) + `}`, "PERSISTED_QUERY_NOT_FOUND"},
		},
		"that does not fit the schema": {
			{"POST", "", `{"query":"{nothing}","extensions":` + apq(hash("{nothing}")) + `}`, "GRAPHQL_VALIDATION_FAILED"},
			{"POST", "", `{"extensions":` + apq(hash("{nothing}")) + `}`, "PERSISTED_QUERY_NOT_FOUND"},
		},
		"that is over a limit": {
			{"POST", "", `{"query":"{` + strings.Repeat("hello ", 2500) + `}","extensions":` + apq(hash("{"+strings.Repeat("hello ", 2500)+"}")) + `}`, "GRAPHQL_PARSE_FAILED"},
			{"POST", "", `{"extensions":` + apq(hash("{"+strings.Repeat("hello ", 2500)+"}")) + `}`, "PERSISTED_QUERY_NOT_FOUND"},
		},
		"in a form that is none": {
			{"POST", "", `{"extensions":{"persistedQuery":{"version":2,"sha256Hash":"` + hash(text) + `"}}}`, "BAD_REQUEST"},
			{"POST", "", `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}`, "BAD_REQUEST"},
			{"POST", "", `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":7}}}`, "BAD_REQUEST"},
			{"POST", "", `{"extensions":{"persistedQuery":"` + hash(text) + `"}}`, "BAD_REQUEST"},
			{"POST", "", `{"query":"` + text + `","extensions":{"document":{"isTrusted":true},"persistedQuery":null}}`, ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, nil)
			for i, s := range steps {
				a := e.do(t, s.method, s.query, s.body)
				if a.status != 200 || a.code() != s.want || s.want == "" && !strings.HasPrefix(a.body, found) {
					t.Errorf("step %d: %d %s", i, a.status, a.body)
				}
				if s.want == "PERSISTED_QUERY_NOT_FOUND" && (a.errors()[0].Message != "PersistedQueryNotFound" || a.header.Get("Cache-Control") != "no-store") {
					t.Errorf("step %d: %s %v", i, a.body, a.header)
				}
			}
		})
	}
}

func TestUnknownHashIsAnsweredWith200(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	a := e.do(t, "POST", "", `{"extensions":`+apq(hash("x"))+`}`, "Accept", graphqlResponse)
	if a.status != 200 || a.code() != "PERSISTED_QUERY_NOT_FOUND" {
		t.Errorf("a client would not send the document: %d %s", a.status, a.body)
	}
}

func TestTrustedDocumentIsNamed(t *testing.T) {
	t.Parallel()
	e := startTrusting(t, nil)
	id := hash(trustedText)
	for name, c := range map[string]struct{ method, query, body, code, data string }{
		"by its id, GET":         {"GET", "?documentId=sha256:" + id, "", "", `{"hello":"hello"}`},
		"by its id, POST":        {"POST", "", `{"documentId":"sha256:` + id + `"}`, "", `{"hello":"hello"}`},
		"by the hash alone":      {"POST", "", `{"documentId":"` + strings.ToUpper(id) + `"}`, "", `{"hello":"hello"}`},
		"by another id":          {"POST", "", `{"documentId":"` + namedID + `"}`, "", `{"touch":"1"}`},
		"by Apollo's extension":  {"GET", "?extensions=" + url.QueryEscape(apq(id)), "", "", `{"hello":"hello"}`},
		"with its operation":     {"GET", "?operationName=Trusted&documentId=sha256:" + id, "", "", `{"hello":"hello"}`},
		"a mutation, GET":        {"GET", "?documentId=" + namedID, "", "METHOD_NOT_ALLOWED", ""},
		"one that is not there":  {"GET", "?documentId=sha256:" + hash("x"), "", "DOCUMENT_NOT_FOUND", ""},
		"and a document is sent": {"POST", "", `{"documentId":"sha256:` + id + `","query":"{hello}"}`, "BAD_REQUEST", ""},
		"by two names":           {"POST", "", `{"documentId":"sha256:` + id + `","extensions":` + apq(id) + `}`, "BAD_REQUEST", ""},
		"twice":                  {"GET", "?documentId=x&documentId=y", "", "BAD_REQUEST", ""},
		"by a number":            {"POST", "", `{"documentId":7}`, "BAD_REQUEST", ""},
		"by nothing":             {"POST", "", `{"documentId":null}`, "BAD_REQUEST", ""},
		"by a number inside":     {"POST", "", `{"extensions":{"documentId":7}}`, "BAD_REQUEST", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := e.do(t, c.method, c.query, c.body)
			if a.code() != c.code || c.data != "" && !strings.HasPrefix(a.body, `{"data":`+c.data+`,`) {
				t.Errorf("got %d %s", a.status, a.body)
			}
		})
	}
}

func TestOnlyTrustedDocumentsAreRun(t *testing.T) {
	t.Parallel()
	e := startTrusting(t, func(context.Context) bool { return true })
	id := hash(trustedText)
	for name, c := range map[string]struct{ body, code string }{
		"a trusted one":           {`{"documentId":"sha256:` + id + `"}`, ""},
		"a trusted one, by hash":  {`{"extensions":` + apq(id) + `}`, ""},
		"the text of one":         {`{"query":"` + trustedText + `"}`, ""},
		"the text with its hash":  {`{"query":"` + trustedText + `","extensions":` + apq(id) + `}`, ""},
		"almost the text of one":  {`{"query":"` + trustedText + ` "}`, "DOCUMENT_NOT_TRUSTED"},
		"another":                 {`{"query":"{hello}"}`, "DOCUMENT_NOT_TRUSTED"},
		"another that claims it":  {`{"query":"{hello}","extensions":{"document":{"id":"x","isTrusted":true}}}`, "DOCUMENT_NOT_TRUSTED"},
		"one to register":         {`{"query":"{hello}","extensions":` + apq(hash("{hello}")) + `}`, "DOCUMENT_NOT_TRUSTED"},
		"an unknown hash":         {`{"extensions":` + apq(hash("{hello}")) + `}`, "DOCUMENT_NOT_TRUSTED"},
		"another's text by a lie": {`{"query":"{hello}","extensions":` + apq(id) + `}`, "PERSISTED_QUERY_MISMATCH"},
		"introspection":           {`{"query":"{__schema{queryType{name}}}"}`, "DOCUMENT_NOT_TRUSTED"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if a := e.do(t, "POST", "", c.body); a.code() != c.code {
				t.Errorf("got %s", a.body)
			}
		})
	}
}

func TestOnlyTrustedDocumentsAreRunOverWebsockets(t *testing.T) {
	t.Parallel()
	e := startTrusting(t, func(context.Context) bool { return true })
	c := e.connect(t, `{"type":"connection_init"}`)
	c.expect(t, `{"type":"connection_ack"`)
	c.send(t, `{"id":"1","type":"subscribe","payload":{"query":"{hello}"}}`)
	if got := c.next(t); !strings.Contains(got, "DOCUMENT_NOT_TRUSTED") {
		t.Errorf("got %s", got)
	}
	c.expect(t, `{"id":"1","type":"complete"}`)
	c.send(t, `{"id":"2","type":"subscribe","payload":{"documentId":"sha256:`+hash(trustedText)+`"}}`)
	if got := c.next(t); !strings.Contains(got, `"data":{"hello":"hello"}`) {
		t.Errorf("got %s", got)
	}
}

func TestWhoIsNotHeldToTrustedDocumentsRunsOthers(t *testing.T) {
	t.Parallel()
	e := startTrusting(t, func(context.Context) bool { return false })
	if a := e.post(t, "{hello}"); a.code() != "" {
		t.Errorf("got %s", a.body)
	}
}
