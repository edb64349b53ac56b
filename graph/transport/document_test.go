package transport_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"goodpractice/graph/transport"
	"goodpractice/internal/stopwatch"
)

// bomb is a short document whose fragments double n times.
func bomb(n int) string {
	var b strings.Builder
	b.WriteString("{node{...F0}}")
	for i := range n {
		fmt.Fprintf(&b, "fragment F%d on Node{...F%d ...F%d}", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment F%d on Node{id}", n)
	return b.String()
}

// nest puts n fields below each other.
func nest(n int) string {
	return "{" + strings.Repeat("node{", n-1) + "id" + strings.Repeat("}", n)
}

// repeat joins n numbered copies of a format.
func repeat(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func TestDocumentOverALimitIsRefusedBeforeValidation(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	for name, c := range map[string]struct{ document, limit string }{
		"as deep as allowed":        {nest(10), ""},
		"too deep":                  {nest(11), "DEPTH"},
		"very deep":                 {nest(60), "DEPTH"},
		"deep through fragments":    {"{node{node{node{node{node{node{...F}}}}}}}fragment F on Node{node{node{node{node{id}}}}}", "DEPTH"},
		"deep inline fragments":     {"{" + strings.Repeat("...{", 300) + "hello" + strings.Repeat("}", 301), ""},
		"fragment bomb":             {bomb(24), "FIELDS"},
		"bigger fragment bomb":      {bomb(45), "FIELDS"},
		"small fragment bomb":       {bomb(4), ""},
		"many fields":               {"{node{" + strings.Repeat("id ", 500) + "}}", "FIELDS"},
		"many empty spreads":        {"{node{" + strings.Repeat("...F ", 300) + "}}fragment F on Node{id}", "FIELDS"},
		"many inline fragments":     {"{node{" + strings.Repeat("...{id} ", 260) + "}}", "FIELDS"},
		"root fields":               {"{" + repeat(21, "a%d:hello ") + "}", "ROOT_FIELDS"},
		"root fields in a fragment": {"{...F}fragment F on Query{" + repeat(21, "a%d:hello ") + "}", "ROOT_FIELDS"},
		"twenty root fields":        {"{" + repeat(20, "a%d:hello ") + "}", ""},
		"alias flood":               {"{node{" + repeat(101, "a%d:id ") + "}}", "ALIASES"},
		"hundred aliases":           {"{node{" + repeat(100, "a%d:id ") + "}}", ""},
		"directives":                {"{hello" + strings.Repeat(" @x", 51) + "}", "DIRECTIVES"},
		"directives of operation":   {"query" + strings.Repeat(" @x", 51) + "{hello}", "DIRECTIVES"},
		"fragments":                 {"{...F0}" + repeat(51, "fragment F%d on Query{hello}"), "FRAGMENTS"},
		"operations":                {repeat(11, "query Q%d{hello}"), "OPERATIONS"},
		"second operation too deep": {"query A{hello}query B" + nest(11), "DEPTH"},
		"introspection three times": {"{a:__schema{description}b:__schema{description}c:__type(name:\"Node\"){name}}", "INTROSPECTIONS"},
		"introspection in fragment": {"{...F...G}fragment F on Query{a:__schema{description}b:__schema{description}}fragment G on Query{c:__schema{description}}", "INTROSPECTIONS"},
		"deep introspection":        {"{__type(name:\"Node\"){" + strings.Repeat("ofType{", 20) + "name" + strings.Repeat("}", 22), "DEPTH"},
		"long document":             {"{hello} #" + strings.Repeat("x", 17<<10), "DOCUMENT_BYTES"},
		"long cached document":      {"{hello} #" + strings.Repeat("x", 15<<10), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, took := e.measured(t, c.document)
			errs := a.errors()
			if c.limit == "" {
				if a.status != 200 || len(errs) > 0 {
					t.Errorf("refused: %d %.300s", a.status, a.body)
				}
				return
			}
			if a.status != 400 || a.code() != transport.CodeValidationFailed || errs[0].Extensions["limit"] != c.limit {
				t.Errorf("got %d %.300s, want limit %s", a.status, a.body, c.limit)
			}
			if len(errs) != 1 || errs[0].Extensions["max"] == nil {
				t.Errorf("errors are %v", errs)
			}
			if took > 2*time.Second { // TestFragmentBombIsRefusedAtOnce is exact.
				t.Errorf("it took %s", took)
			}
		})
	}
}

func TestTokenFloodIsRefusedByTheParser(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	a := e.post(t, "{"+strings.Repeat("a ", 2500)+"}", "Accept", graphqlResponse)
	if a.status != 400 || a.code() != transport.CodeParseFailed || !strings.Contains(a.body, "token limit") {
		t.Errorf("got %d %s", a.status, a.body)
	}
}

// measured sends a document to the handler itself, and gives the processor time that it takes: a document is read, judged and
// refused in the goroutine that asks.
func (e *endpoint) measured(t *testing.T, document string) (answer, time.Duration) {
	t.Helper()
	body := `{"query":` + string(quoted(document)) + `}`
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", graphqlResponse)
	w := httptest.NewRecorder()
	took := stopwatch.Processor(func() { e.Config.Handler.ServeHTTP(w, r) })
	return answer{w.Code, w.Header(), w.Body.String()}, took
}

func TestFragmentBombIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	best := time.Hour
	for range 5 { // The collector of garbage takes a part now and then.
		a, took := e.measured(t, bomb(24))
		if a.code() != transport.CodeValidationFailed {
			t.Fatalf("got %d %s", a.status, a.body)
		}
		best = min(best, took)
	}
	if best > 50*time.Millisecond {
		t.Errorf("it took %s", best)
	}
}

func TestCyclicFragmentsAreRefusedByValidation(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	a := e.post(t, "{node{...A}}fragment A on Node{node{...B}}fragment B on Node{node{...A}}", "Accept", graphqlResponse)
	if a.status != 400 || a.code() != transport.CodeValidationFailed {
		t.Errorf("got %d %s", a.status, a.body)
	}
}

func TestIntrospectionOfThePlaygroundPasses(t *testing.T) {
	t.Parallel()
	document, err := os.ReadFile("testdata/introspection.graphql")
	if err != nil {
		t.Fatal(err)
	}
	e := start(t, nil)
	if a := e.post(t, string(document)); a.status != 200 || a.code() != "" {
		t.Errorf("got %d %.500s", a.status, a.body)
	}
	closed := start(t, func(o *transport.Options) { o.Introspection = false })
	if a := closed.post(t, string(document), "Accept", graphqlResponse); a.status != 400 || a.code() != transport.CodeValidationFailed {
		t.Errorf("switched off: %d %s", a.status, a.body)
	}
	if a := closed.post(t, "{node{__typename}}"); a.code() != "" {
		t.Errorf("__typename: %s", a.body)
	}
}

func TestErrorsAboutADocumentAreFewAndSuggestNothing(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	a := e.post(t, "{"+repeat(15, "helo%d ")+"}")
	if got := len(a.errors()); got != transport.DefaultErrors {
		t.Errorf("%d errors", got)
	}
	for _, document := range []string{
		"{helo}", "{hello(nam:\"x\")}", "{find(by:{id:1,titel:\"x\"}){id}}", "{colour(of:RAD)}", "{...on Nod{id}}", "{node}",
		"query($x:Colur){colour(of:$x)}",
	} {
		if a := e.post(t, document); a.code() != transport.CodeValidationFailed || strings.Contains(a.body, "Did you mean") {
			t.Errorf("%s: %d %s", document, a.status, a.body)
		}
	}
	long := e.post(t, "{hello"+strings.Repeat("o", 5000)+"}")
	if got := len(long.errors()[0].Message); got > 310 {
		t.Errorf("a message has %d bytes", got)
	}
}

func BenchmarkFragmentBomb(b *testing.B) {
	e := startBenchmark(b)
	body := request(bomb(24))
	for b.Loop() {
		e.serve(b, body)
	}
}

func BenchmarkCachedDocument(b *testing.B) {
	e := startBenchmark(b)
	body := request("query($n:String){hello(name:$n)}")
	for b.Loop() {
		e.serve(b, body)
	}
}
