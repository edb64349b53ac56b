package transport_test

import (
	"context"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"goodpractice/graph/transport"
)

// purse is what a caller has: a fixed number of points that never come back.
type purse struct {
	mu     sync.Mutex
	points int
	asked  []int // What Charge was asked for, but for nothing.
	owed   []int
}

func (p *purse) charge(_ context.Context, points int) transport.Charge {
	p.mu.Lock()
	defer p.mu.Unlock()
	if points > 0 {
		p.asked = append(p.asked, points)
	}
	c := transport.Charge{Limit: 100, Window: 10 * time.Second}
	if p.points < points || p.points < 0 {
		c.Refused, c.RetryAfter = true, 2500*time.Millisecond
	} else {
		p.points -= points
	}
	c.Remaining = max(0, p.points)
	return c
}

func (p *purse) owe(_ context.Context, points int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.points -= points
	p.owed = append(p.owed, points)
}

// with makes an endpoint charge a purse.
func (p *purse) with(o *transport.Options) {
	o.Charge, o.Owe = p.charge, p.owe
	o.Limits.RefusalDelay = time.Millisecond
}

func TestAnOperationIsCharged(t *testing.T) {
	t.Parallel()
	p := &purse{points: 61}
	e := start(t, p.with)
	e.post(t, "{hello}") // Reads the document: 2 points, and 6 for the operation.
	a := e.post(t, "{hello}")
	if want := `"extensions":{"cost":{"limit":5000,"remaining":47,"requested":6}}`; a.status != 200 || !strings.Contains(a.body, want) {
		t.Errorf("got %d %s, want %s", a.status, a.body, want)
	}
	for name, want := range map[string]string{"RateLimit-Policy": `"points";q=100;w=10`, "RateLimit": `"points";r=47;t=6`} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if !slices.Equal(p.asked, []int{6, 6}) || !slices.Equal(p.owed, []int{2}) {
		t.Errorf("asked for %v, owed %v", p.asked, p.owed)
	}
}

func TestWhoeverHasNoPointsLeftIsToldWhenToComeBack(t *testing.T) {
	t.Parallel()
	for _, mediaType := range []string{"application/json", graphqlResponse} {
		p := &purse{points: 5}
		e := start(t, p.with)
		a := e.post(t, "mutation{touch}", "Accept", mediaType)
		if a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") != "3" || a.mediaType() != mediaType || a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("got %d, header %v", a.status, a.header)
		}
		errs := a.errors()
		if len(errs) != 1 || a.code() != transport.CodeRateLimited || errs[0].Extensions["retryAfter"] != 3.0 || strings.Contains(a.body, `"data"`) {
			t.Errorf("got %s", a.body)
		}
		if !strings.Contains(a.body, `"cost":{"limit":5000,"remaining":5,"requested":6}`) || a.header.Get("RateLimit") != `"points";r=5;t=10` {
			t.Errorf("got %s, header %v", a.body, a.header)
		}
		if e.schema.touched.Load() != 0 {
			t.Error("it was executed")
		}
	}
}

func TestDocumentsThatAreNotValidCostPointsToo(t *testing.T) {
	t.Parallel()
	p := &purse{points: 600}
	e := start(t, p.with)
	document := "{" + strings.Repeat("nothing ", 60) + "}" // 121 points to read, and 100 for its refusal.
	for range 3 {
		if a := e.post(t, document, "Accept", graphqlResponse); a.status != 400 {
			t.Errorf("got %d %s", a.status, a.body)
		}
	}
	a := e.post(t, document, "Accept", graphqlResponse) // In debt: it is not even read.
	if a.status != http.StatusTooManyRequests || a.code() != transport.CodeRateLimited || len(p.owed) != 3 {
		t.Errorf("got %d %s after %v", a.status, a.body, p.owed)
	}
}

func TestIDsOfNoDocumentCostPointsToo(t *testing.T) {
	t.Parallel()
	p := &purse{points: 250}
	e := start(t, p.with)
	ask := func(extension string) answer {
		return e.do(t, http.MethodPost, "", `{"extensions":{`+extension+`}}`, "Accept", graphqlResponse)
	}
	if a := ask(`"persistedQuery":{"version":1,"sha256Hash":"` + hash("nothing") + `"}`); a.code() != transport.CodePersistedQueryNotFound {
		t.Errorf("got %d %s", a.status, a.body)
	}
	for range 3 {
		if a := ask(`"documentId":"nothing"`); a.status != http.StatusBadRequest || a.code() != transport.CodeDocumentNotFound {
			t.Errorf("got %d %s", a.status, a.body)
		}
	}
	a := ask(`"documentId":"nothing"`) // In debt: it is not looked for.
	if a.status != http.StatusTooManyRequests || a.code() != transport.CodeRateLimited || a.header.Get("Retry-After") != "3" {
		t.Errorf("got %d %s", a.status, a.body)
	}
	if !slices.Equal(p.owed, []int{6, 100, 100, 100}) {
		t.Errorf("owed %v", p.owed)
	}
}

func TestEachEventCostsPoints(t *testing.T) {
	t.Parallel()
	p := &purse{points: 25}
	e := start(t, p.with)
	s := e.open(t, http.MethodPost, "subscription{ticks}")
	for range 4 { // The document costs 5 points, and each event 6.
		e.schema.ticks <- "tick"
		if name, data := s.event(t); name != "next" || !strings.Contains(data, "tick") {
			t.Fatalf("got %q %q", name, data)
		}
	}
	if name, data := s.event(t); name != "next" || !strings.Contains(data, transport.CodeRateLimited) {
		t.Errorf("got %q %q", name, data)
	}
	if name, _ := s.event(t); name != "complete" {
		t.Errorf("then %q", name)
	}
}

func TestWhatOthersMayGetTellsNothingOfMyPoints(t *testing.T) {
	t.Parallel()
	p := &purse{points: 61}
	e := start(t, p.with)
	target := "?query=" + url.QueryEscape("{hello}")
	shared := e.do(t, http.MethodGet, target, "")
	if !strings.Contains(shared.header.Get("Cache-Control"), "public") || shared.header.Get("RateLimit") != "" ||
		shared.header.Get("RateLimit-Policy") != "" || strings.Contains(shared.body, "remaining") {
		t.Errorf("everybody: %v %s", shared.header, shared.body)
	}
	own := e.do(t, http.MethodGet, target, "", "Authorization", "Bearer x")
	if own.header.Get("RateLimit") == "" || !strings.Contains(own.body, "remaining") {
		t.Errorf("one alone: %v %s", own.header, own.body)
	}
	asked := len(p.asked)
	if a := e.do(t, http.MethodHead, target, ""); a.header.Get("RateLimit") != "" || len(p.asked) != asked+1 {
		t.Errorf("a head alone: %v", a.header)
	}
}

func TestALongAnswerCostsMore(t *testing.T) {
	t.Parallel()
	p := &purse{points: 100}
	e := start(t, p.with)
	name := strings.Repeat("x", 2000)
	a := e.do(t, http.MethodPost, "", `{"query":"query($n:String){hello(name:$n)}","variables":{"n":"`+name+`"}}`)
	if a.status != 200 || len(p.owed) != 2 || p.owed[1] != 14 { // 2,000 bytes are worth 20 points, of which 6 were taken.
		t.Errorf("got %d, owed %v", a.status, p.owed)
	}
}

func TestPointsAreToldOverWebsocketsAndStreams(t *testing.T) {
	t.Parallel()
	e := start(t, (&purse{points: 7}).with)
	c := e.connect(t, `{"type":"connection_init"}`)
	c.expect(t, `{"type":"connection_ack"`)
	c.send(t, `{"id":"a","type":"subscribe","payload":{"query":"{hello}"}}`)
	c.expect(t, `{"id":"a","type":"next","payload":{"data":{"hello":"hello"}`)
	c.expect(t, `{"id":"a","type":"complete"}`)
	c.send(t, `{"id":"b","type":"subscribe","payload":{"query":"{hello}"}}`)
	got := c.next(t)
	if !strings.Contains(got, `"code":"RATE_LIMITED","retryAfter":3`) {
		t.Errorf("got %s", got)
	}
	s := e.open(t, http.MethodPost, "subscription{ticks}")
	if name, data := s.event(t); name != "next" || !strings.Contains(data, transport.CodeRateLimited) {
		t.Errorf("got %q %q", name, data)
	}
	if name, _ := s.event(t); name != "complete" {
		t.Errorf("then %q", name)
	}
}

// What others may keep has nothing in it that concerns one client alone.
func TestWhatMayBeKeptTellsNobodysPoints(t *testing.T) {
	t.Parallel()
	e := start(t, (&purse{points: 1000}).with)
	first := e.get(t, "{hello}")
	if !strings.HasPrefix(first.header.Get("Cache-Control"), "public") || strings.Contains(first.body, "remaining") ||
		!strings.Contains(first.body, `"requested":6`) {
		t.Errorf("got %v %s", first.header, first.body)
	}
	mine := e.get(t, "{hello}", "Authorization", "Bearer x")
	if !strings.HasPrefix(mine.header.Get("Cache-Control"), "private") || !strings.Contains(mine.body, "remaining") {
		t.Errorf("got %v %s", mine.header, mine.body)
	}
	if mine.header.Get("ETag") != first.header.Get("ETag") {
		t.Error("the tag depends on the points that are left")
	}
	if a := e.get(t, "{hello}", "If-None-Match", first.header.Get("ETag")); a.status != http.StatusNotModified {
		t.Errorf("got %d", a.status)
	}
}

func TestExecutedOperationsAreReported(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var reported []transport.Executed
	e := startOn(t, pricedSDL, func(o *transport.Options) {
		o.Executed = func(_ context.Context, x transport.Executed) {
			mu.Lock()
			defer mu.Unlock()
			reported = append(reported, x)
		}
	})
	long := strings.Repeat("n", 150)
	for _, document := range []string{
		"{hello}", "query " + long + "{hello}", "query Old {old a: old older(of: 1) one {...F}} fragment F on Thing {oldest}",
		"{nothing}", "query{search(first: 100) {nodes {things(first: 100) {nodes {id}}}}}",
	} {
		e.post(t, document)
	}
	want := []transport.Executed{
		{Points: 6},
		{Operation: long[:100], Points: 6},
		{Operation: "Old", Points: 8, Deprecated: []string{"Query.old", "Query.older(of:)", "Thing.oldest"}},
	}
	mu.Lock()
	defer mu.Unlock()
	if !reflect.DeepEqual(reported, want) {
		t.Errorf("got %+v, want %+v", reported, want)
	}
}

func TestFailuresAndSubscriptionsAreReported(t *testing.T) {
	t.Parallel()
	reported := make(chan transport.Executed, 2)
	e := start(t, func(o *transport.Options) {
		o.Executed = func(_ context.Context, x transport.Executed) { reported <- x }
	})
	e.post(t, "query Q {fail}")
	if x := <-reported; x.Operation != "Q" || !x.Failed {
		t.Errorf("got %+v", x)
	}
	e.open(t, http.MethodPost, "subscription S {ticks}")
	if x := <-reported; x.Operation != "S" || x.Failed { // Before there is any event.
		t.Errorf("got %+v", x)
	}
}

// malformed are requests that are no GraphQL over HTTP, or ask for what their method or headers do not allow.
func malformed() map[string]struct {
	method, query, body string
	headers             []string
	status              int
} {
	type request = struct {
		method, query, body string
		headers             []string
		status              int
	}
	return map[string]request{
		"a method":                  {"PUT", "", "x", nil, 405},
		"a mutation by get":         {"GET", "?query=mutation{touch}", "", nil, 405},
		"a type":                    {"POST", "", "<a/>", []string{"Content-Type", "application/xml"}, 415},
		"an encoding":               {"POST", "", "x", []string{"Content-Encoding", "gzip"}, 415},
		"JSON that is broken":       {"POST", "", `{"query":`, nil, 400},
		"JSON that is no object":    {"POST", "", `[]`, nil, 400},
		"no query":                  {"POST", "", `{}`, nil, 400},
		"no query by get":           {"GET", "", "", nil, 400},
		"variables that are broken": {"GET", "?query={hello}&variables={", "", nil, 400},
		"a query twice":             {"GET", "?query={hello}&query={hello}", "", nil, 400},
		"a body that is too large":  {"POST", "", strings.Repeat(" ", 300<<10), nil, 413},
		"a query string too long":   {"GET", "?query={hello}&x=" + strings.Repeat("x", 300<<10), "", nil, 414},
		"an Accept":                 {"POST", "", `{"query":"{hello}"}`, []string{"Accept", "text/html"}, 406},
		"a subscription by post":    {"POST", "", `{"query":"subscription{ticks}"}`, nil, 406},
		"half a websocket":          {"GET", "", "", []string{"Upgrade", "websocket", "Connection", "Upgrade"}, 400},
		"an id of nothing":          {"POST", "", `{"documentId":"nothing"}`, []string{"Accept", graphqlResponse}, 400},
	}
}

func TestMalformedRequestsCostPoints(t *testing.T) {
	t.Parallel()
	for name, bad := range malformed() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &purse{points: 90}
			e := start(t, p.with)
			if a := e.do(t, bad.method, bad.query, bad.body, bad.headers...); a.status != bad.status {
				t.Errorf("got %d %s, want %d", a.status, a.body, bad.status)
			}
			if owed := sum(p.owed); owed < 100 || owed > 110 || len(p.asked) > 0 {
				t.Errorf("owed %v, asked for %v", p.owed, p.asked)
			}
			a := e.do(t, bad.method, bad.query, bad.body, bad.headers...)
			if a.status != http.StatusTooManyRequests || a.code() != transport.CodeRateLimited || a.header.Get("Retry-After") != "3" || a.header.Get("Cache-Control") != "no-store" {
				t.Errorf("in debt: %d %v %s", a.status, a.header, a.body)
			}
			if len(p.owed) > 2 {
				t.Errorf("more was taken from one in debt: %v", p.owed)
			}
		})
	}
}

// What HTTP asks beforehand costs nothing.
func TestQuestionsAboutTheEndpointCostNothing(t *testing.T) {
	t.Parallel()
	p := &purse{points: 90}
	e := start(t, p.with)
	if a := e.do(t, http.MethodOptions, "", ""); a.status != http.StatusNoContent || len(p.owed) > 0 {
		t.Errorf("got %d, owed %v", a.status, p.owed)
	}
}

func sum(numbers []int) (total int) {
	for _, n := range numbers {
		total += n
	}
	return total
}
