package transport_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"goodpractice/graph/transport"
)

// marked runs an endpoint whose answers carry a mark while the switch is on.
func marked(t *testing.T) (*endpoint, *atomic.Bool) {
	t.Helper()
	on := new(atomic.Bool)
	on.Store(true)
	return start(t, func(o *transport.Options) {
		o.Extensions = func() map[string]any {
			if !on.Load() {
				return nil
			}
			return map[string]any{"mark": "here"}
		}
		o.Vary = []string{"Mark-Token"}
	}), on
}

func TestEveryResponseCarriesTheExtensions(t *testing.T) {
	t.Parallel()
	e, on := marked(t)
	for name, body := range map[string]string{
		"a query":           e.post(t, "{hello}").body,
		"a query by GET":    e.get(t, "{hello}").body,
		"a mutation":        e.post(t, "mutation{touch}").body,
		"a syntax error":    e.post(t, "{").body,
		"an unknown field":  e.post(t, "{nothing}").body,
		"an event stream":   e.post(t, "subscription{refused}", "Accept", "text/event-stream").body,
		"a query as events": e.post(t, "{hello}", "Accept", "text/event-stream").body,
	} {
		if got := strings.Count(body, `"mark":"here"`); got != 1 {
			t.Errorf("%s carries the mark %d times: %s", name, got, body)
		}
	}
	on.Store(false)
	if got := e.post(t, "{hello}").body; strings.Contains(got, "mark") {
		t.Errorf("there is nothing to carry, and the answer is %s", got)
	}
}

// TestAMarkThatEndsMeanwhile begins an operation while the mark is there, and ends it afterwards.
func TestAMarkThatEndsMeanwhile(t *testing.T) {
	t.Parallel()
	calls := 0
	e := start(t, func(o *transport.Options) {
		o.Extensions = func() map[string]any {
			if calls++; calls > 1 {
				return nil
			}
			return map[string]any{"mark": "here"}
		}
	})
	if got := e.get(t, "{hello}"); !strings.Contains(got.body, `"mark":"here"`) || got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v %s", got.header, got.body)
	}
	if got := e.get(t, "{hello}").body; strings.Contains(got, "mark") {
		t.Errorf("the next one is answered %s", got)
	}
}

func TestWhatIsMarkedIsNotCached(t *testing.T) {
	t.Parallel()
	e, on := marked(t)
	a := e.get(t, "{hello}")
	if a.header.Get("Cache-Control") != "no-store" || a.header.Get("ETag") != "" {
		t.Errorf("a marked answer may be cached: %v", a.header)
	}
	if !strings.HasSuffix(a.header.Get("Vary"), ", Mark-Token") {
		t.Errorf("Vary is %q", a.header.Values("Vary"))
	}
	on.Store(false)
	if a := e.get(t, "{hello}"); a.header.Get("ETag") == "" {
		t.Errorf("an answer without a mark may not be cached: %v", a.header)
	}
}
