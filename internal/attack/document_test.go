package attack_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// soon is when every answer has to be there. It is far from the times that the attacks cost a server without limits (seconds
// to minutes), and far from what ours needs (milliseconds), so that a busy machine does not matter.
const soon = 2 * time.Second

// short is the longest answer to a hostile document, in bytes.
const short = 8 << 10

// document is a hostile document and what it is answered.
type document struct {
	row       string // Of docs/attacks.md.
	name      string
	text      string
	variables any
	code      string // The error's code; empty: an ordinary answer.
	limit     string // extensions.limit; empty: it is not over one.
	status    int    // 400 where it is not given.
}

// repeat joins n texts with their numbers in place of %d.
func repeat(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format+" ", i)
	}
	return b.String()
}

// bomb is a document whose fragments double n times.
func bomb(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "{ ...f%d } fragment f0 on Query { __typename } ", n)
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "fragment f%d on Query { ...f%d ...f%d } ", i, i-1, i-1)
	}
	return b.String()
}

// nest puts n pairs around something.
func nest(n int, before, inner, after string) string {
	return strings.Repeat(before, n) + inner + strings.Repeat(after, n)
}

// deepIntrospection asks for types of types.
func deepIntrospection() string {
	return "{ __schema { types { " + nest(3, "fields { type { ", "name", " } }") + " } } }"
}

// manyIDs are ids that nothing has.
func manyIDs(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("practice-%d", i)
	}
	return ids
}

const (
	invalid  = "GRAPHQL_VALIDATION_FAILED"
	unparsed = "GRAPHQL_PARSE_FAILED"
)

// documents lists the hostile documents.
func documents() []document {
	deepVariables := json.RawMessage(`{"filter": ` + nest(9000, `{"a":`, "1", "}") + `}`)
	return []document{
		{row: "token flood", name: "5,000 fields in 55 kB", text: "{" + strings.Repeat(" __typename", 5000) + "}", code: invalid, limit: "DOCUMENT_BYTES"},
		{row: "token flood", name: "as many as fit into the document", text: "{" + strings.Repeat(" a", 8000) + "}", code: unparsed},
		{row: "fragment bomb", name: "2^24", text: bomb(24), code: invalid, limit: "FIELDS"},
		{row: "fragment bomb", name: "2^48", text: bomb(48), code: invalid, limit: "FIELDS"},
		{row: "nested inline fragments", name: "2^12", text: inline(12), code: invalid, limit: "DOCUMENT_BYTES"},
		{row: "nested inline fragments", name: "2^8", text: inline(8), code: unparsed},
		{row: "alias flood", name: "1,000 names of one field", text: "{" + repeat(1000, "a%d: __typename") + "}", code: invalid, limit: "DOCUMENT_BYTES"},
		{row: "alias flood", name: "150 names of one field", text: "{ practices { nodes {" + repeat(150, "a%d: title") + "} } }", code: invalid, limit: "ALIASES"},
		{row: "alias flood", name: "20 searches of 100", text: "{" + repeat(20, `a%d: search(text: "housing", first: 100) { nodes { id title summary } }`) + "}", code: invalid, limit: "COST"},
		{row: "page size", name: "two thousand million", text: "{ practices(first: 2000000000) { nodes { id } } }", code: invalid, limit: "COST"},
		{row: "page size", name: "negative", text: "{ practices(first: -1) { nodes { id } } }", code: "BAD_USER_INPUT", status: http.StatusOK},
		{row: "page size", name: "larger than an integer", text: "{ practices(first: 99999999999999999999) { nodes { id } } }", code: invalid},
		{row: "page size", name: "lists in lists in lists", text: "{ practices(first: 100) { nodes { similar(first: 20) { node { id similar(first: 20) { node { id similar(first: 20) { node { id } } } } } } } } }", code: invalid, limit: "COST"},
		{row: "deep nesting", name: "60 fields", text: "{ practices { nodes { " + nest(60, "lessons { nodes { practices { nodes { ", "id", " } } } }") + " } } }", code: invalid, limit: "DEPTH"},
		{row: "deep literals", name: "20,000 braces", text: strings.Repeat("{a", 10000), code: invalid, limit: "DOCUMENT_BYTES"},
		{row: "deep literals", name: "1,900 braces", text: strings.Repeat("{a", 1900), code: unparsed},
		{row: "deep literals", name: "7,000 lists in an argument", text: "{ nodes(ids: " + nest(7000, "[", `"a"`, "]") + ") { id } }", code: unparsed},
		{row: "deep variables", name: "9,000 objects", text: "query ($filter: EntryFilter) { practices(filter: $filter) { nodes { id } } }", variables: deepVariables, code: "BAD_REQUEST"},
		{row: "circular fragments", name: "of themselves", text: "{ ...a } fragment a on Query { __typename ...a }", code: invalid},
		{row: "circular fragments", name: "of each other", text: "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", code: invalid},
		{row: "directive overload", name: "1,500 unknown ones", text: "{ __typename" + repeat(1500, "@a%d") + "}", code: unparsed},
		{row: "directive overload", name: "100 known ones", text: "{ __typename" + strings.Repeat(" @include(if: true)", 100) + "}", code: invalid, limit: "DIRECTIVES"},
		{row: "unknown fields", name: "400 of them", text: "{" + repeat(400, "unknown%d") + "}", code: invalid, limit: "ROOT_FIELDS"},
		{row: "many operations", name: "500 of them", text: repeat(500, "query q%d { __typename }"), code: unparsed},
		{row: "many operations", name: "50 of them", text: repeat(50, "query q%d { __typename }"), code: invalid, limit: "OPERATIONS"},
		{row: "many ids", name: "10,000", text: "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", variables: map[string]any{"ids": manyIDs(10000)}, code: invalid, limit: "COST"},
		{row: "introspection", name: "types of types of types", text: deepIntrospection(), code: invalid},
		{row: "introspection", name: "200 times", text: "{" + repeat(200, "a%d: __schema { types { name } }") + "}", code: invalid, limit: "FIELDS"},
		{row: "introspection", name: "3 times", text: "{" + repeat(3, "a%d: __schema { types { name } }") + "}", code: invalid, limit: "INTROSPECTIONS"},
		{row: "defer", name: "500 times", text: "{ " + strings.Repeat("... @defer { __typename } ", 500) + "}", code: unparsed},
		{row: "defer", name: "200 times", text: "{ " + strings.Repeat("... @defer { __typename } ", 200) + "}", code: invalid, limit: "ROOT_FIELDS"},
		{row: "defer", name: "once", text: "{ ... @defer { __typename } }", code: invalid},
		{row: "operators in variables", name: "$where in a filter", text: "query ($filter: EntryFilter) { practices(filter: $filter) { nodes { id } } }", variables: map[string]any{"filter": map[string]any{"$where": "sleep(5000)"}}, code: invalid},
		{row: "operators in variables", name: "an object for a text", text: "query ($slug: String!) { practice(slug: $slug) { id } }", variables: map[string]any{"slug": map[string]any{"$ne": nil}}, code: invalid},
		{row: "operators in variables", name: "an operator as an id", text: "query ($id: ID!) { node(id: $id) { id } }", variables: map[string]any{"id": `{"$gt":""}`}, code: "BAD_USER_INPUT", status: http.StatusOK},
	}
}

// inline nests inline fragments that double n times.
func inline(n int) string {
	inner := "__typename"
	for range n {
		inner = "... on Query { " + inner + " } ... on Query { " + inner + " }"
		if len(inner) > 60<<10 {
			break
		}
	}
	return "{ " + inner + " }"
}

// attackDocuments sends every hostile document.
func attackDocuments(t *testing.T, s *target) {
	t.Helper()
	for i, attack := range documents() {
		t.Run(attack.row+", "+attack.name, func(t *testing.T) {
			client := from(fmt.Sprintf("127.0.1.%d", i+1))
			attack.judge(t, s.post(t, client, attack.text, attack.variables))
			s.stillFindsHousing(t)
		})
	}
}

// judge compares an answer with what the case asks for.
func (d document) judge(t *testing.T, got answer) {
	t.Helper()
	if got.took > soon {
		t.Errorf("took %s", got.took)
	}
	if len(got.body) > short {
		t.Errorf("the answer has %d bytes: %.200s", len(got.body), got.body)
	}
	told := decode(t, got.body)
	if len(told.Errors) > 5 {
		t.Errorf("%d errors", len(told.Errors))
	}
	if d.code == "" {
		if got.status != http.StatusOK || len(told.Errors) > 0 {
			t.Errorf("status %d, errors %+v", got.status, told.Errors)
		}
		return
	}
	if len(told.Errors) == 0 {
		t.Fatalf("status %d and no error: %.300s", got.status, got.body)
	}
	if told.Errors[0].Extensions.Code != d.code || got.status != cmp.Or(d.status, http.StatusBadRequest) {
		t.Errorf("status %d, errors %+v; want the code %s", got.status, told.Errors, d.code)
	}
	if told.Errors[0].Extensions.Limit != d.limit {
		t.Errorf("errors %+v; want the limit %s", told.Errors, d.limit)
	}
	for _, one := range told.Errors {
		if len(one.Message) > 400 || strings.Contains(one.Message, "Did you mean") {
			t.Errorf("the message tells too much: %q", one.Message)
		}
	}
}

// told is an answer taken apart.
type told struct {
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Extensions struct {
			Code, Limit string
		}
	}
}

func decode(t *testing.T, body []byte) told {
	t.Helper()
	var answer told
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatalf("no JSON: %.300s", body)
	}
	return answer
}
