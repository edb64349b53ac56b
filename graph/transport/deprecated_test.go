package transport_test

import (
	"context"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"goodpractice/graph/transport"
)

func TestDeprecation(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: `
		type Query {
			new(by: By, of: Colour, old: Int @deprecated(reason: "Use of. Removed after 2027-03-01.")): String
			old: String @deprecated(reason: "Use new. Goes after 2027-02-28.")
			bare: String @deprecated
		}
		input By { new: Int old: Int @deprecated(reason: "Use new, soon.") }
		enum Colour { RED OLD_RED @deprecated(reason: "Use RED. Removed after 2027-01-31, not before.") }
	`})
	for coordinate, want := range map[string][2]string{
		"Query.new":         {"", ""},
		"Query.old":         {"Use new. Goes after 2027-02-28.", "2027-02-28"},
		"Query.bare":        {"No longer supported", ""},
		"Query.new(old:)":   {"Use of. Removed after 2027-03-01.", "2027-03-01"},
		"Query.new(of:)":    {"", ""},
		"By.old":            {"Use new, soon.", ""},
		"Colour.OLD_RED":    {"Use RED. Removed after 2027-01-31, not before.", "2027-01-31"},
		"Query.gone":        {"", ""},
		"Query.gone(old:)":  {"", ""},
		"Query.new(gone:)":  {"", ""},
		"Gone.old":          {"", ""},
		"":                  {"", ""},
		"Query":             {"", ""},
		"Query.new(old:)x(": {"", ""},
	} {
		reason, day := transport.Deprecation(schema, coordinate)
		if got := [2]string{reason, day}; got != want {
			t.Errorf("%s: %q, want %q", coordinate, got, want)
		}
	}
}

// deprecatedSDL has fields that are deprecated in every way that a reason says when.
const deprecatedSDL = `
type Query {
	hello: String
	both: String @deprecated(reason: "Use hello. Deprecated since 2026-12-01. Removed after 2027-03-15.")
	later: String @deprecated(reason: "Use hello. Deprecated since 2026-12-02. Removed after 2027-06-30.")
	removed(of: Int @deprecated(reason: "Leave it out. Removed after 2027-03-14.")): String
	since: String @deprecated(reason: "Use hello. Deprecated since 2026-11-30.")
	short: String @deprecated(reason: "Removed after 2027-05-31.")
	bare: String @deprecated
	wrong: String @deprecated(reason: "Deprecated since 2026-02-30. Removed after 2026-13-01.")
}
type Mutation { touch: String }
type Subscription { ticks: String @deprecated(reason: "Deprecated since 2026-12-01. Removed after 2027-03-15.") }
`

// at is a day at midnight as the header Deprecation has it.
func at(day string) string {
	parsed, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err) // The text is in this file.
	}
	return "@" + strconv.FormatInt(parsed.Unix(), 10)
}

func TestAnswersTellWhatIsDeprecated(t *testing.T) {
	t.Parallel()
	e := startOn(t, deprecatedSDL, nil)
	for document, want := range map[string][2]string{
		"{hello}":              {"", ""},
		"{both}":               {at("2026-12-01"), "Mon, 15 Mar 2027 23:59:59 GMT"},
		"{later both}":         {at("2026-12-01"), "Mon, 15 Mar 2027 23:59:59 GMT"},
		"{removed}":            {"", ""},
		"{removed(of: 1)}":     {at("2026-12-14"), "Sun, 14 Mar 2027 23:59:59 GMT"},
		"{removed(of:1) both}": {at("2026-12-01"), "Sun, 14 Mar 2027 23:59:59 GMT"},
		"{since}":              {at("2026-11-30"), ""},
		"{short}":              {at("2027-02-28"), "Mon, 31 May 2027 23:59:59 GMT"},
		"{bare wrong}":         {"", ""},
		"mutation{touch}":      {"", ""},
	} {
		if a := e.post(t, document); [2]string{a.header.Get("Deprecation"), a.header.Get("Sunset")} != want {
			t.Errorf("%s: %d %v, want %v", document, a.status, a.header, want)
		}
	}
}

// Also an answer from memory, an answer that says that nothing changed, and an event stream tell it; and a request that is not
// executed does not.
func TestEverySortOfAnswerTellsWhatIsDeprecated(t *testing.T) {
	t.Parallel()
	e := startOn(t, deprecatedSDL, func(o *transport.Options) {
		o.Version = func() (uint64, bool) { return 1, true }
		o.Variant = func(context.Context) (string, bool) { return "", true }
	})
	tells := func(what string, header http.Header) {
		t.Helper()
		if got := header.Get("Deprecation"); got != at("2026-12-01") || header.Get("Sunset") != "Mon, 15 Mar 2027 23:59:59 GMT" {
			t.Errorf("%s: %v", what, header)
		}
	}
	first := e.get(t, "{both}")
	tells("a get", first.header)
	tells("a get from memory", e.get(t, "{both}").header)
	if e.schema.runs.Load() != 1 {
		t.Error("the second answer did not come from memory: the test tests nothing")
	}
	tells("what the client has", e.get(t, "{both}", "If-None-Match", first.header.Get("ETag")).header)
	tells("a head", e.do(t, http.MethodHead, "?query={both}", "").header)
	tells("a stream of one", e.open(t, http.MethodPost, "{both}").response.Header)
	tells("a subscription", e.open(t, http.MethodPost, "subscription{ticks}").response.Header)
	if a := e.post(t, "{both nothing}"); a.header.Get("Deprecation") != "" {
		t.Errorf("it was not executed: %v", a.header)
	}
}
