package transport_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/klauspost/compress/zstd"

	"goodpractice/graph/transport"
)

// keeping is an endpoint that keeps answers.
type keeping struct {
	*endpoint

	version atomic.Uint64
	off     atomic.Bool
}

// headerKey is the context key of the header of an answer.
type headerKey struct{}

// languageKey is the context key of what the tests' middleware understood of Accept-Language.
type languageKey struct{}

func startKeeping(t *testing.T) *keeping {
	t.Helper()
	k := new(keeping)
	k.endpoint = start(t, func(o *transport.Options) {
		o.Vary, o.VaryExtensions = []string{"Consistency-Token"}, []string{"consistencyToken"}
		o.Version = func() (uint64, bool) { return k.version.Load(), !k.off.Load() }
		o.Variant = func(ctx context.Context) (string, bool) {
			understood, _ := ctx.Value(languageKey{}).(string)
			return understood, understood != "signed in"
		}
	})
	api := k.Config.Handler
	k.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		language, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ",")
		api.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), languageKey{}, language)))
	})
	return k
}

// executed tells how many operations were executed by ask.
func (k *keeping) executed(ask func()) int64 {
	before := k.schema.runs.Load()
	ask()
	return k.schema.runs.Load() - before
}

func TestSecondAnswerIsNotExecuted(t *testing.T) {
	t.Parallel()
	k := startKeeping(t)
	first := k.do(t, "GET", "?query={state}", "", "Accept-Encoding", "identity")
	tag := first.header.Get("ETag")
	for name, c := range map[string]struct {
		method  string
		headers []string
		status  int
		coding  string
	}{
		"again":               {"GET", []string{"Accept-Encoding", "identity"}, 200, ""},
		"packed by gzip":      {"GET", []string{"Accept-Encoding", "gzip, deflate, br"}, 200, "gzip"},
		"both alike":          {"GET", []string{"Accept-Encoding", "gzip, deflate, br, zstd"}, 200, "gzip"},
		"packed by zstd":      {"GET", []string{"Accept-Encoding", "zstd, gzip;q=0.9"}, 200, "zstd"},
		"gzip rather":         {"GET", []string{"Accept-Encoding", "gzip, zstd;q=0.5"}, 200, "gzip"},
		"no gzip":             {"GET", []string{"Accept-Encoding", "gzip;q=0"}, 200, ""},
		"only the header":     {"HEAD", []string{"Accept-Encoding", "identity"}, 200, ""},
		"the client has it":   {"GET", []string{"If-None-Match", tag}, 304, ""},
		"it has it, as HEAD":  {"HEAD", []string{"If-None-Match", tag}, 304, ""},
		"it has another":      {"GET", []string{"If-None-Match", `W/"x"`, "Accept-Encoding", "identity"}, 200, ""},
		"another origin":      {"GET", []string{"Origin", "https://partner.example", "Accept-Encoding", "identity"}, 200, ""},
		"a preferred article": {"GET", []string{"Accept", "*/*", "Accept-Encoding", "identity"}, 200, ""},
	} {
		var a answer
		if runs := k.executed(func() { a = k.do(t, c.method, "?query={state}", "", c.headers...) }); runs != 0 {
			t.Errorf("%s: executed %d times", name, runs)
		}
		h := a.header
		if a.status != c.status || h.Get("ETag") != tag || h.Get("Content-Encoding") != c.coding ||
			h.Get("Cache-Control") != first.header.Get("Cache-Control") || h.Get("Vary") != first.header.Get("Vary") {
			t.Errorf("%s: got %d %v", name, a.status, h)
		}
		body := unpack(t, a)
		if c.method == "GET" && c.status == 200 && (body != first.body || h.Get("Content-Type") != first.header.Get("Content-Type")) {
			t.Errorf("%s: got %q", name, body)
		}
		if (c.method == "HEAD" || c.status == 304) && a.body != "" {
			t.Errorf("%s: it has a body: %q", name, a.body)
		}
	}
}

// unpack undoes the content coding.
func unpack(t *testing.T, a answer) string {
	t.Helper()
	var from io.Reader = strings.NewReader(a.body)
	var err error
	switch a.header.Get("Content-Encoding") {
	case "gzip":
		from, err = gzip.NewReader(from)
	case "zstd":
		var decoder *zstd.Decoder
		decoder, err = zstd.NewReader(from)
		if err == nil {
			defer decoder.Close()
		}
		from = decoder
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAnswerIsKeptForTheQuestionAlone(t *testing.T) {
	t.Parallel()
	const hello = "?query=query($n:String){hello(name:$n)}&variables=%7B%22n%22%3A%22x%22%7D"
	for name, c := range map[string]struct {
		method, query, body string
		headers             []string
	}{
		"other variables":     {"GET", strings.Replace(hello, "%22x", "%22y", 1), "", nil},
		"another operation":   {"GET", hello + "&operationName=", "", nil},
		"another media type":  {"GET", hello, "", []string{"Accept", graphqlResponse}},
		"another language":    {"GET", hello, "", []string{"Accept-Language", "de"}},
		"a token":             {"GET", hello, "", []string{"Authorization", "Bearer x"}},
		"not anonymous":       {"GET", hello, "", []string{"Accept-Language", "signed in"}},
		"a consistency token": {"GET", hello, "", []string{"Consistency-Token", "x"}},
		"by POST":             {"POST", "", `{"query":"query($n:String){hello(name:$n)}","variables":{"n":"x"}}`, nil},
		"an event stream":     {"GET", hello, "", []string{"Accept", "text/event-stream"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := startKeeping(t)
			k.do(t, "GET", hello, "")
			if runs := k.executed(func() { k.do(t, c.method, c.query, c.body, c.headers...) }); runs != 1 {
				t.Errorf("executed %d times", runs)
			}
		})
	}
}

func TestWhatIsNotForEverybodyIsNotKept(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		query   string
		headers []string
	}{
		"an error of a field": {"?query={fail%20hello}", nil},
		"a crash":             {"?query={crash}", nil},
		"with a token":        {"?query={hello}", []string{"Authorization", "Bearer x"}},
		"not anonymous":       {"?query={hello}", []string{"Accept-Language", "signed in"}},
		"a consistency token": {"?query={hello}", []string{"Consistency-Token", "x"}},
		"one in extensions":   {"?query={hello}&extensions={%22consistencyToken%22:%22x%22}", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := startKeeping(t)
			if runs := k.executed(func() {
				k.do(t, "GET", c.query, "", c.headers...)
				k.do(t, "GET", c.query, "", c.headers...)
			}); runs != 2 {
				t.Errorf("two requests were executed %d times", runs)
			}
		})
	}
	k := startKeeping(t)
	k.off.Store(true)
	if runs := k.executed(func() { k.get(t, "{hello}"); k.get(t, "{hello}") }); runs != 2 {
		t.Errorf("without a version two requests were executed %d times", runs)
	}
	k.off.Store(false)
	k.get(t, "{hello}")
	k.off.Store(true)
	if runs := k.executed(func() { k.get(t, "{hello}") }); runs != 1 {
		t.Error("a kept answer is given although nothing may be kept now")
	}
}

func TestAnswerIsKeptForOneVersion(t *testing.T) {
	t.Parallel()
	k := startKeeping(t)
	before := k.get(t, "{state}")
	k.version.Add(1)
	var same, changed answer
	if runs := k.executed(func() { same = k.get(t, "{state}", "If-None-Match", before.header.Get("ETag")) }); runs != 1 {
		t.Errorf("at the next version it was executed %d times", runs)
	}
	if same.status != http.StatusNotModified {
		t.Errorf("the tag of what has not changed is gone: %d", same.status)
	}
	k.schema.state.Add(1)
	k.version.Add(1)
	if changed = k.get(t, "{state}", "If-None-Match", before.header.Get("ETag")); changed.status != 200 || changed.body == before.body {
		t.Errorf("got %d %.60s", changed.status, changed.body)
	}
}

func TestEqualRequestsInHandAreExecutedOnce(t *testing.T) {
	t.Parallel()
	k := startKeeping(t)
	const clients = 8
	var bodies sync.Map
	runs := k.executed(func() {
		var wg sync.WaitGroup
		for i := range clients {
			wg.Go(func() { bodies.Store(i, k.get(t, "{slow}").body) })
		}
		<-k.schema.entered
		// One that came too late for the slot finds the answer: nobody is executed again.
		k.schema.release <- struct{}{}
		wg.Wait()
	})
	if runs != 1 {
		t.Errorf("executed %d times", runs)
	}
	bodies.Range(func(_, body any) bool {
		if text, _ := body.(string); !strings.HasPrefix(text, `{"data":{"slow":"at last"},`) {
			t.Errorf("got %s", body)
		}
		return true
	})
}

func TestWhoWaitsForAnotherIsNotHarmedByIt(t *testing.T) {
	t.Parallel()
	k := startKeeping(t)
	ctx, leave := context.WithCancel(t.Context())
	first, err := http.NewRequestWithContext(ctx, http.MethodGet, k.URL+"/graphql?query={slow}", nil)
	if err != nil {
		t.Fatal(err)
	}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		if response, err := k.Client().Do(first); err == nil {
			_ = response.Body.Close()
		}
	}()
	<-k.schema.entered
	second := make(chan answer)
	go func() { second <- k.get(t, "{slow}") }()
	leave() // Whoever worked it out has left: the other does it again.
	<-gone
	<-k.schema.entered
	k.schema.release <- struct{}{}
	if a := <-second; a.status != 200 || !strings.Contains(a.body, "at last") {
		t.Errorf("got %d %s", a.status, a.body)
	}
}

// TestNobodyWaitsForTheEndOfAStream opens one stream twice, as clients do that take both forms of answers.
func TestNobodyWaitsForTheEndOfAStream(t *testing.T) {
	t.Parallel()
	k := startKeeping(t)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			k.do(t, "GET", "?query="+url.QueryEscape("subscription{ticks}"), "", "Accept", "application/json, text/event-stream")
		})
	}
	for range 2 { // Both run.
		<-k.schema.entered
	}
	close(k.schema.ticks)
	wg.Wait()
}

// TestNoAnswerIsOlderThanWhatWasPublished has writers publish states while readers ask: whoever asks after a state was
// published gets it or a later one.
func TestNoAnswerIsOlderThanWhatWasPublished(t *testing.T) {
	t.Parallel()
	k := startKeeping(t)
	var published atomic.Int64
	var stopped atomic.Bool
	var writer, readers sync.WaitGroup
	writer.Go(func() {
		for state := int64(1); !stopped.Load(); state++ {
			k.schema.state.Store(state)
			k.version.Add(1)
			published.Store(state)
			if state%64 == 0 { // Let answers be kept now and then.
				k.get(t, "{hello}")
			}
		}
	})
	var kept atomic.Int64
	for range 4 {
		readers.Go(func() {
			for range 300 {
				least := published.Load()
				before := k.schema.runs.Load()
				a := k.get(t, "{state}", "Accept-Encoding", "identity")
				if k.schema.runs.Load() == before {
					kept.Add(1)
				}
				var got struct{ Data struct{ State string } }
				err := json.Unmarshal([]byte(a.body), &got)
				if state, _ := strconv.ParseInt(strings.TrimSpace(got.Data.State), 10, 64); err != nil || state < least {
					t.Errorf("state %d was published, the answer is %.60s", least, a.body)
					return
				}
			}
		})
	}
	readers.Wait()
	stopped.Store(true)
	writer.Wait()
	t.Logf("%d states, %d answers from memory", published.Load(), kept.Load())
}

func TestKeptAnswersAreToldOfAndCostNothing(t *testing.T) {
	t.Parallel()
	told := make(chan transport.Executed, 10)
	charged := 0
	e := start(t, func(o *transport.Options) {
		o.Version = func() (uint64, bool) { return 1, true }
		o.Variant = func(context.Context) (string, bool) { return "", true }
		o.Documents = documents
		o.Charge = func(_ context.Context, points int) transport.Charge {
			charged += points
			return transport.Charge{Limit: 100, Remaining: 100 - charged}
		}
		o.Executed = func(ctx context.Context, x transport.Executed) {
			if header, ok := ctx.Value(headerKey{}).(http.Header); ok {
				header.Set("Announced", "soon")
			}
			told <- x
		}
	})
	api := e.Config.Handler
	e.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		api.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), headerKey{}, w.Header())))
	})
	target := "?documentId=sha256:" + hash(trustedText)
	first := e.do(t, "GET", target, "")
	want := <-told
	before := charged
	second := e.do(t, "GET", target, "")
	got := <-told
	if want.Points == 0 || want.Operation != "Trusted" || want.DocumentID != "sha256:"+hash(trustedText) {
		t.Errorf("the first is told as %+v", want)
	}
	if want.Points = 0; got.Operation != want.Operation || got.DocumentID != want.DocumentID || got.Points != 0 || charged != before {
		t.Errorf("the second is told as %+v, and %d points were charged", got, charged-before)
	}
	if second.header.Get("Announced") == "" {
		t.Error("what is told of an operation cannot announce anything in the header of a kept answer")
	}
	if second.body != first.body || strings.Contains(second.body, "remaining") || second.header.Get("RateLimit") != "" {
		t.Errorf("got %v %s", second.header, second.body)
	}
}
