package transport_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"goodpractice/graph/transport"
)

// pricedSDL has every form of price.
const pricedSDL = `
directive @cost(weight: Int!) on FIELD_DEFINITION | OBJECT
directive @listSize(assumedSize: Int, sizedFields: [String!]) on FIELD_DEFINITION
type Query {
	hello: String
	one: Thing
	search(text: String, first: Int, last: Int): Found!
	nodes(ids: [ID!]!): [Thing]!
	suggest(first: Int! = 8): [Thing!]! @cost(weight: 20)
	plain: [Thing!]!
	old: String @deprecated(reason: "Use hello.")
	older(of: Int @deprecated(reason: "Leave it out.")): String
}
type Found @cost(weight: 300) {
	edges: [Edge!]!
	nodes: [Thing!]!
	totalCount: Int!
	facets(fields: [Colour!], first: Int! = 50): [Facet!]! @cost(weight: 50) @listSize(assumedSize: 8, sizedFields: ["buckets"])
}
type Edge { node: Thing! marks: [Thing!]! @cost(weight: 10) @listSize(assumedSize: 2) }
type Facet { field: Colour! buckets: [Bucket!]! }
type Bucket @cost(weight: 0) { value: String! label: String! }
type Thing { id: ID! title: String names: [String!]! things(first: Int): Found! list: [Thing!]! oldest: String @deprecated }
enum Colour { RED GREEN }
`

// price is the cost that the answer to a document tells, or that its refusal tells.
func price(t *testing.T, document, variables string, change func(*transport.Options)) (int, answer) {
	t.Helper()
	e := startOn(t, pricedSDL, change)
	a := e.do(t, http.MethodPost, "", `{"query":`+strconv.Quote(document)+`,"variables":`+variables+`}`)
	return a.requested(), a
}

func TestPriceOfAnOperation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		document  string
		variables string
		tenths    int // Beside the five points of every operation.
	}{
		"a value":                      {`{hello}`, "", 3},
		"a value under another name":   {`{a: hello b: hello}`, "", 6},
		"a type's name":                {`{__typename}`, "", 3},
		"an object":                    {`{one {id}}`, "", 10 + 3},
		"a list":                       {`{plain {id}}`, "", 5 * 13},
		"a list of values":             {`{one {names}}`, "", 10 + 5*3},
		"lists in lists":               {`{plain {list {id}}}`, "", 5 * (10 + 5*13)},
		"ids":                          {`{nodes(ids: ["a" "b" "c"]) {id}}`, "", 3 * 13},
		"one id":                       {`{nodes(ids: "a") {id}}`, "", 13},
		"no ids":                       {`{nodes(ids: []) {id}}`, "", 0},
		"ids from a variable":          {`query($i: [ID!]!) {nodes(ids: $i) {id}}`, `{"i": ["a", "b"]}`, 2 * 13},
		"a field's weight":             {`{suggest {id}}`, "", 200 + 8*13},
		"a weight and a length":        {`{suggest(first: 2) {id}}`, "", 200 + 2*13},
		"a type's weight":              {`{search {totalCount}}`, "", 3000 + 3},
		"a page of the usual length":   {`{search {nodes {id}}}`, "", 3000 + 20*13},
		"a page":                       {`{search(first: 50) {nodes {id}}}`, "", 3000 + 50*13},
		"a last page":                  {`{search(last: 50) {nodes {id}}}`, "", 3000 + 50*13},
		"first and last":               {`{search(first: 10, last: 50) {nodes {id}}}`, "", 3000 + 50*13},
		"a page without length":        {`{search(first: null) {nodes {id}}}`, "", 3000 + 20*13},
		"a page of nothing":            {`{search(first: 0) {nodes {id}}}`, "", 3000},
		"a negative page":              {`{search(first: -7) {nodes {id}}}`, "", 3000},
		"a page from a variable":       {`query($n: Int) {search(first: $n) {nodes {id}}}`, `{"n": 50}`, 3000 + 50*13},
		"a page from a default":        {`query($n: Int = 3) {search(first: $n) {nodes {id}}}`, `{}`, 3000 + 3*13},
		"a page from no variable":      {`query($n: Int) {search(first: $n) {nodes {id}}}`, `{}`, 3000 + 20*13},
		"a page from null":             {`query($n: Int = 3) {search(first: $n) {nodes {id}}}`, `{"n": null}`, 3000 + 20*13},
		"pages in pages":               {`{search(first: 3) {nodes {things(first: 4) {nodes {id}}}}}`, "", 3000 + 3*(10+3000+4*13)},
		"a list of a fixed length":     {`{search(first: 2) {edges {marks {id}}}}`, "", 3000 + 2*(10+100+2*13)},
		"facets":                       {`{search {facets {field}}}`, "", 3000 + 500 + 8*13},
		"facets by name":               {`{search {facets(fields: [RED]) {field}}}`, "", 3000 + 500 + 13},
		"facets with their values":     {`{search {facets(fields: [RED, GREEN], first: 7) {buckets {value label}}}}`, "", 3000 + 500 + 2*(10+7*6)},
		"a fragment":                   {`{search(first: 4) {...F}} fragment F on Found {nodes {id}}`, "", 3000 + 4*13},
		"a fragment on two pages":      {`{a: search(first: 4) {...F} b: search(first: 9) {...F}} fragment F on Found {nodes {id}}`, "", 6000 + 13*13},
		"an inline fragment":           {`{search(first: 4) {... on Found {nodes {id}}}}`, "", 3000 + 4*13},
		"what is skipped":              {`query($y: Boolean! = true) {hello @skip(if: $y) one @include(if: false) {id} ...F @skip(if: true)} fragment F on Query {plain {id}}`, "", 0},
		"what is not skipped":          {`query($n: Boolean! = false) {hello @skip(if: $n) b: hello @include(if: true)}`, "", 6},
		"the second of two operations": {`query A {plain {id}} query B {hello}`, "B", 3},
		"a fragment within fragments":  {`{...A} fragment A on Query {...B ...B} fragment B on Query {hello}`, "", 6},
		"one type":                     {`{__type(name: "Thing") {name fields {name}}}`, "", 1000},
		"the schema":                   {`{__schema {types {name}}}`, "", 30000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := startOn(t, pricedSDL, func(o *transport.Options) { o.Limits.Cost = 1 << 20 })
			body := `{"query":` + strconv.Quote(c.document)
			switch {
			case c.variables == "B":
				body += `,"operationName":"B"`
			case c.variables != "":
				body += `,"variables":` + c.variables
			}
			a := e.do(t, http.MethodPost, "", body+"}")
			if want := (50 + c.tenths + 9) / 10; a.requested() != want || a.code() != "" {
				t.Errorf("it costs %d, want %d: %s", a.requested(), want, a.body)
			}
		})
	}
}

func TestAnOperationThatCostsTooMuchIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		document, variables string
	}{
		"thirty long pages":   {"{" + repeat(30, "a%d: search(first: 50) {nodes {id}} ") + "}", "{}"},
		"a very long page":    {`{search(first: 2000000000) {nodes {id}}}`, "{}"},
		"a longer page":       {`{search(first: 9999999999999999999) {nodes {id}}}`, "{}"},
		"by a variable":       {`query($n: Int) {search(first: $n) {nodes {id}}}`, `{"n": 2000000000}`},
		"pages in pages":      {`{search(first: 100) {nodes {things(first: 100) {nodes {things(first: 100) {nodes {id}}}}}}}`, "{}"},
		"more than there are": {`{plain {list {list {list {list {list {list {list {id}}}}}}}}}`, "{}"},
		"too many searches":   {"{" + repeat(17, "a%d: search {totalCount} ") + "}", "{}"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requested, a := price(t, c.document, c.variables, func(o *transport.Options) { o.Limits.RootFields = 100 })
			if name == "a longer page" { // It is no Int, which validation finds first.
				if a.code() != transport.CodeValidationFailed {
					t.Errorf("got %s", a.body)
				}
				return
			}
			limit := 0.0
			if errs := a.errors(); len(errs) == 1 && errs[0].Extensions["limit"] == "COST" {
				limit, _ = errs[0].Extensions["max"].(float64)
			}
			if limit != transport.DefaultCost || requested <= transport.DefaultCost {
				t.Errorf("requested %d: %s", requested, a.body)
			}
			if strings.Contains(a.body, `"data"`) {
				t.Error("it was executed")
			}
		})
	}
}

// The cost of a document in which each fragment spreads the next one twice is counted in no time, and no number overflows.
func TestFragmentBombIsPricedAtOnce(t *testing.T) {
	t.Parallel()
	const most = 1 << 30
	e := startOn(t, pricedSDL, func(o *transport.Options) {
		o.Limits = transport.Limits{Fields: most, Aliases: most, RootFields: most, Depth: most, Fragments: most, RequestTimeout: time.Minute}
	})
	document := "{...F0}" + repeat(40, "fragment F%d on Query {...G ...G} ")
	for i := range 40 {
		document = strings.Replace(document, "...G ...G", "...F"+strconv.Itoa(i+1)+" ...F"+strconv.Itoa(i+1), 1)
	}
	begin := time.Now() //nolint:forbidigo // The time it takes is what is tested.
	a := e.post(t, document+"fragment F40 on Query {search(first: 100) {nodes {things(first: 100) {nodes {id}}}}}")
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
	if a.code() != transport.CodeValidationFailed || a.errors()[0].Extensions["limit"] != "COST" {
		t.Errorf("got %s", a.body)
	}
}

func TestAPriceThatIsNoNumberIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`directive @cost(weight: Int!) on FIELD_DEFINITION type Query {a: Int @cost(weight: -1)}`,
		`directive @cost(weight: Int!) on OBJECT type Query {a: T} type T @cost(weight: -1) {a: Int}`,
		`directive @listSize(assumedSize: Int) on FIELD_DEFINITION type Query {a: [Int] @listSize(assumedSize: -1)}`,
	} {
		es := &schema{parsed: transport.WithoutDefer(gqlparser.MustLoadSchema(&ast.Source{Input: text}))}
		o := transport.Options{Log: slog.New(slog.DiscardHandler), Now: time.Now} //nolint:forbidigo // Never called.
		if _, err := transport.New(t.Context(), es, o); err == nil || !strings.Contains(err.Error(), "Query.a: ") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// FuzzPrice looks for documents and variables whose price is below that of an operation, or that make counting fail.
func FuzzPrice(f *testing.F) {
	for _, seed := range [][2]string{
		{`{search(first: 50) {nodes {id}}}`, `{}`},
		{`query($n: Int) {search(first: $n) {...F}} fragment F on Found {nodes {id things(first: $n) {...F}}}`, `{"n": 7}`},
		{`query($i: [ID!]!) {nodes(ids: $i) {id list {id}}}`, `{"i": ["a"]}`},
		{`query($s: Boolean!) {hello @skip(if: $s) older(of: 3)}`, `{"s": true}`},
		{`{__schema {types {name}}}`, `{"x": null}`},
	} {
		f.Add(seed[0], seed[1])
	}
	parsed := transport.WithoutDefer(gqlparser.MustLoadSchema(&ast.Source{Input: pricedSDL}))
	handler, err := transport.New(f.Context(), &schema{parsed: parsed}, transport.Options{
		Log: slog.New(slog.DiscardHandler), Now: time.Now, Introspection: true, //nolint:forbidigo // Deadlines.
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, document, variables string) {
		body := `{"query":` + string(quoted(document)) + `,"variables":` + variables + `}`
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		a := answer{w.Code, w.Header(), w.Body.String()}
		switch requested := a.requested(); {
		case w.Code >= http.StatusInternalServerError:
			t.Errorf("%d: %s", w.Code, w.Body)
		case strings.Contains(a.body, `"data"`) && (requested < 5 || requested > transport.DefaultCost):
			t.Errorf("%d points: %s", requested, w.Body)
		}
	})
}
