package transport_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"goodpractice/graph/transport"
)

const eventStream = "text/event-stream"

// stream is an open event stream.
type stream struct {
	response *http.Response
	lines    *bufio.Reader
	leave    context.CancelFunc
}

// open begins a stream by GET or POST.
func (e *endpoint) open(t *testing.T, method, document string, headers ...string) stream {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	target, body := e.URL+"/graphql", request(document)
	if method == http.MethodGet {
		target, body = target+"?query="+url.QueryEscape(document), ""
	}
	r, err := http.NewRequestWithContext(ctx, method, target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", eventStream)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := e.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = response.Body.Close()
	})
	return stream{response, bufio.NewReader(response.Body), cancel}
}

// event reads the next event, passing over comments: its name and its data. At the end the name is "".
func (s stream) event(t *testing.T) (name, data string) {
	t.Helper()
	for {
		line, err := s.lines.ReadString('\n')
		if err != nil {
			return "", ""
		}
		line = strings.TrimSuffix(line, "\n")
		switch {
		case line == "" && name != "":
			return name, withoutCost(data)
		case strings.HasPrefix(line, "event: "):
			name = strings.TrimPrefix(line, "event: ")
		case strings.HasPrefix(line, "data:"):
			data += strings.TrimPrefix(strings.TrimPrefix(line, "data:"), " ")
		case line != "" && line != ":":
			t.Fatalf("unexpected line %q", line)
		}
	}
}

func TestSubscriptionIsStreamed(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			e := start(t, nil)
			s := e.open(t, method, "subscription{ticks}", "Accept", "application/json, "+eventStream)
			if s.response.StatusCode != 200 || !strings.HasPrefix(s.response.Header.Get("Content-Type"), eventStream) ||
				s.response.Header.Get("Cache-Control") != "no-store" {
				t.Fatalf("got %d %v", s.response.StatusCode, s.response.Header)
			}
			for _, text := range []string{"one", "two"} {
				e.schema.ticks <- text
				if name, data := s.event(t); name != "next" || data != `{"data":{"ticks":"`+text+`"}}` {
					t.Errorf("got %q %q", name, data)
				}
			}
			close(e.schema.ticks)
			if name, data := s.event(t); name != "complete" || data != "" {
				t.Errorf("got %q %q", name, data)
			}
			if name, _ := s.event(t); name != "" {
				t.Errorf("after complete came %q", name)
			}
		})
	}
}

func TestQueryOfAClientThatTakesOnlyEventsIsOneEvent(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	for document, want := range map[string]string{
		"{hello}":               `{"data":{"hello":"hello"}}`,
		"{panic}":               "internal error",
		"{nothing}":             "GRAPHQL_VALIDATION_FAILED",
		"subscription{refused}": "Subscriptions need a token.",
		"subscription{panic}":   "internal error",
	} {
		s := e.open(t, http.MethodPost, document)
		name, data := s.event(t)
		if name != "next" || !strings.Contains(data, want) || strings.Contains(data, "secret") {
			t.Errorf("%s: %q %q", document, name, data)
		}
		if name, _ := s.event(t); name != "complete" {
			t.Errorf("%s: then %q", document, name)
		}
	}
	if a := e.get(t, "mutation{touch}", "Accept", eventStream); a.status != 405 || a.mediaType() != "application/json" {
		t.Errorf("mutation by GET: %d %s", a.status, a.body)
	}
}

func TestPanicInAStreamIsItsLastEvent(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	s := e.open(t, http.MethodGet, "subscription{ticks}")
	e.schema.ticks <- "crash"
	if name, data := s.event(t); name != "next" || !strings.Contains(data, "internal error") || strings.Contains(data, "secret") {
		t.Errorf("got %q %q", name, data)
	}
	if name, _ := s.event(t); name != "complete" {
		t.Errorf("then %q", name)
	}
	if !strings.Contains(e.logs.String(), "secret") {
		t.Errorf("the log is %s", e.logs)
	}
}

func TestIdleStreamShowsSignsOfLife(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) { o.Limits.KeepAlive = 5 * time.Millisecond })
	s := e.open(t, http.MethodGet, "subscription{ticks}")
	for range 3 {
		for _, want := range []string{":\n", "\n"} {
			if line, err := s.lines.ReadString('\n'); err != nil || line != want {
				t.Fatalf("got %q %v", line, err)
			}
		}
	}
}

func TestStreamsAreBounded(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) { o.Limits.Streams = 1 })
	first := e.open(t, http.MethodGet, "subscription{ticks}")
	<-e.schema.entered
	a := e.get(t, "subscription{ticks}", "Accept", eventStream)
	if a.status != 503 || a.code() != transport.CodeOverloaded || a.header.Get("Retry-After") == "" {
		t.Fatalf("got %d %s", a.status, a.body)
	}
	first.leave()
	for a.status == 503 { // Until the server has seen that the client left.
		second := e.open(t, http.MethodGet, "subscription{ticks}")
		a.status = second.response.StatusCode
	}
	if a.status != 200 {
		t.Errorf("got %d", a.status)
	}
}

func TestShutdownEndsStreamsAndRefusesNewOnes(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	s := e.open(t, http.MethodGet, "subscription{ticks}")
	<-e.schema.entered
	e.stop()
	if name, _ := s.event(t); name != "" {
		t.Errorf("got %q, which tells the client not to come back", name)
	}
	if a := e.get(t, "subscription{ticks}", "Accept", eventStream); a.status != 503 {
		t.Errorf("a new one: %d %s", a.status, a.body)
	}
	if a := e.get(t, "{hello}"); a.status != 200 {
		t.Errorf("a query: %d %s", a.status, a.body)
	}
}

// raw opens a connection and writes a text.
func (e *endpoint) raw(t *testing.T, text string) net.Conn {
	t.Helper()
	connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", e.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	if err := connection.SetDeadline(time.Now().Add(10 * time.Second)); err != nil { //nolint:forbidigo // A real deadline.
		t.Fatal(err)
	}
	if _, err := io.WriteString(connection, text); err != nil {
		t.Fatal(err)
	}
	return connection
}

func TestSlowBodyIsRefusedAndTheConnectionClosed(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) { o.Limits.BodyTimeout = 50 * time.Millisecond })
	connection := e.raw(t, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"query\":")
	text, err := io.ReadAll(connection) // Until the server closes.
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(text), "HTTP/1.1 408 ") || !strings.Contains(string(text), transport.CodeTimeout) {
		t.Errorf("got %s", text)
	}
}

func TestStreamOutlivesTheDeadlineOfItsBody(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) {
		o.Limits.BodyTimeout = 200 * time.Millisecond
		o.Limits.KeepAlive = 10 * time.Millisecond
	})
	s := e.open(t, http.MethodPost, "subscription{ticks}")
	for range 60 { // Signs of life for 300 ms.
		if _, err := s.lines.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	e.schema.ticks <- "late"
	if name, data := s.event(t); name != "next" || !strings.Contains(data, "late") {
		t.Errorf("got %q %q", name, data)
	}
}

func TestClientThatDoesNotReadItsStreamIsDropped(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) {
		o.Limits.WriteTimeout = 50 * time.Millisecond
		o.Limits.Streams = 1
	})
	e.raw(t, "GET /graphql?query=subscription{flood} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n")
	<-e.schema.entered // The place is taken, then free again.
	for deadline := time.After(time.Minute); ; {
		select {
		case <-deadline:
			t.Fatal("the stream is still there")
		default:
		}
		s := e.open(t, http.MethodGet, "subscription{refused}")
		status := s.response.StatusCode
		s.leave()
		if status == 200 {
			return
		}
	}
}

func TestOperationOutlivesTheDeadlineOfItsBody(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) {
		o.Limits.BodyTimeout = 200 * time.Millisecond
		o.Limits.RequestTimeout = 400 * time.Millisecond
	})
	if a := e.post(t, "{hang}"); a.code() != transport.CodeTimeout {
		t.Errorf("got %d %s", a.status, a.body)
	}
}
