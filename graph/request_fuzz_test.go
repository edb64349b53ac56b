package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"goodpractice/graph/transport"
	"goodpractice/internal/web"
)

// slowestBody is how long a hostile request may take at most under a fuzzer that uses all processors.
const slowestBody = 2 * time.Second

// FuzzRequest sends bodies as they come: documents, variables, ids, cursors and all that is decoded of them. Every answer is JSON,
// has a status of the specification, comes in time, and is never "internal error".
func FuzzRequest(f *testing.F) {
	s := newSite(f, embedded, transport.Limits{}, library(20)...)
	for _, body := range requestSeeds() {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, web.GraphQLPath, bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/graphql-response+json")
		w := httptest.NewRecorder()
		began := time.Now() //nolint:forbidigo // It is real time that a request costs.
		s.handler.ServeHTTP(w, r)
		if took := time.Since(began); took > slowestBody {
			t.Errorf("took %s", took)
		}
		switch w.Code {
		case http.StatusOK, http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusNotAcceptable, http.StatusRequestEntityTooLarge:
		default:
			t.Errorf("status %d: %.300s", w.Code, w.Body)
		}
		if !json.Valid(w.Body.Bytes()) {
			t.Errorf("no JSON: %.300s", w.Body)
		}
		if strings.Contains(w.Body.String(), transport.CodeInternal) && strings.Contains(w.Body.String(), "internal error") {
			t.Errorf("an internal error: %.300s", w.Body)
		}
	})
}

// requestSeeds are requests of every sort that is decoded.
func requestSeeds() []string {
	return []string{
		`{"query":"{ search(text: \"housing OR -\\\"x y\\\" year:2010..2020 (a\", first: 3, explain: true) { totalCount pageInfo { endCursor } edges { cursor } } }"}`,
		`{"query":"query ($after: String) { search(text: \"housing\", after: $after) { nodes { id } } }","variables":{"after":"AAECAwQFBgc"}}`,
		`{"query":"query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }","variables":{"ids":["PR_aaaaaaaaaaaaaaaaaaaaaaaaaa","","x","TK_1"]}}`,
		`{"query":"query ($f: EntryFilter) { practices(filter: $f, last: 2, before: \"AA\") { nodes { slug } } }","variables":{"f":{"countries":["ES"],"yearFrom":2000,"updatedSince":"2012-12-17T09:30:00.000Z","languages":["sr-Cyrl"]}}}`,
		`{"query":"mutation ($i: CreatePracticeInput!) { createPractice(input: $i) { userErrors { path code } } }","variables":{"i":{"language":"en","title":"a","period":{"start":"2012-12-17"}}}}`,
		`{"query":"query a { __typename } query b { viewer { name } }","operationName":"b","extensions":{"consistencyToken":"PR_a.1"}}`,
		`{"query":"{ changesSince(cursor: \"AAAA\", first: 5) { changes { id } nextCursor hasMore } }"}`,
		`{"query":"{ suggest(prefix: \"hou\", first: 3) { text } statistics(by: [COUNTRY, THEME]) { cells { count } } }"}`,
		`{"query":"fragment f on Query { __typename ...f } { ...f @include(if: true) }"}`,
		`{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + strings.Repeat("0", 64) + `"}}}`,
		`{"documentId":"sha256:` + strings.Repeat("0", 64) + `","variables":{"a":[[[]]]}}`,
		`[{"query":"{ __typename }"}]`, `{"query":"{ __schema { types { name } } }"}`, "{\"query\":\"\xff\"}", `{`,
	}
}
