package transport_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"goodpractice/graph/transport"
)

// client is a websocket's other end.
type client struct {
	*websocket.Conn
}

// dial opens a websocket; the header may be nil.
func (e *endpoint) dial(t *testing.T, header http.Header, subprotocols ...string) (client, *http.Response, error) {
	t.Helper()

	connection, response, err := websocket.Dial(t.Context(), strings.Replace(e.URL, "http", "ws", 1)+"/graphql",
		&websocket.DialOptions{Subprotocols: subprotocols, HTTPHeader: header})
	if err == nil {
		connection.SetReadLimit(1 << 20)
		t.Cleanup(func() { _ = connection.CloseNow() })
	}
	return client{connection}, response, err
}

// connect opens a websocket and sends messages.
func (e *endpoint) connect(t *testing.T, messages ...string) client {
	t.Helper()
	c, _, err := e.dial(t, nil, "graphql-transport-ws")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		c.send(t, m)
	}
	return c
}

func (c client) send(t *testing.T, text string) {
	t.Helper()
	if err := c.Write(t.Context(), websocket.MessageText, []byte(text)); err != nil {
		t.Fatal(err)
	}
}

// expect reads messages until one is not a ping, and compares.
func (c client) expect(t *testing.T, want string) {
	t.Helper()
	if got := c.next(t); !strings.HasPrefix(got, want) {
		t.Fatalf("got %s, want %s", got, want)
	}
}

// next reads a message that is not a ping, or why there is none.
func (c client) next(t *testing.T) string {
	t.Helper()
	for {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		_, text, err := c.Read(ctx)
		cancel()
		if closed, ok := errors.AsType[websocket.CloseError](err); ok {
			return "closed " + string(must(json.Marshal(closed.Code))) + " " + closed.Reason
		}
		if err != nil {
			return err.Error()
		}
		if string(text) != `{"type":"ping"}` {
			return withoutCost(string(text))
		}
	}
}

func must(text []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return text
}

// Messages of a client, and the first answer to it.
const (
	hello = `{"type":"connection_init"}`
	ack   = `{"type":"connection_ack"}`
)

// subscribe is a message.
func subscribe(id, document string) string {
	return `{"id":"` + id + `","type":"subscribe","payload":` + request(document) + `}`
}

func TestBrokenProtocolClosesTheWebsocketWithItsCode(t *testing.T) {
	t.Parallel()
	ticks := subscribe("1", "subscription{ticks}")
	for name, c := range map[string]struct {
		messages []string
		want     string
	}{
		"not JSON":                    {[]string{"x"}, "closed 4400 Invalid message received"},
		"not an object":               {[]string{"[]"}, "closed 4400"},
		"no type":                     {[]string{`{}`}, "closed 4400"},
		"unknown type":                {[]string{`{"type":"start"}`}, "closed 4400"},
		"message of the server":       {[]string{hello, `{"type":"next","id":"1"}`}, "closed 4400"},
		"type is a number":            {[]string{`{"type":1}`}, "closed 4400"},
		"init payload is a text":      {[]string{`{"type":"connection_init","payload":"x"}`}, "closed 4400"},
		"subscribe without id":        {[]string{hello, `{"type":"subscribe","payload":{"query":"{hello}"}}`}, "closed 4400"},
		"subscribe without payload":   {[]string{hello, `{"type":"subscribe","id":"1"}`}, "closed 4400"},
		"subscribe with list payload": {[]string{hello, `{"type":"subscribe","id":"1","payload":[]}`}, "closed 4400"},
		"subscribe with number query": {[]string{hello, `{"type":"subscribe","id":"1","payload":{"query":1}}`}, "closed 4400"},
		"complete without id":         {[]string{hello, `{"type":"complete"}`}, "closed 4400"},
		"deep JSON":                   {[]string{`{"type":"ping","payload":{"a":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}}`}, "closed 4400"},
		"subscribe before init":       {[]string{ticks}, "closed 4401 Unauthorized"},
		"second init":                 {[]string{hello, hello}, "closed 4429 Too many initialisation requests"},
		"id in use":                   {[]string{hello, ticks, ticks}, "closed 4409 Subscriber for this id already exists"},
		"no init":                     {nil, "closed 4408 Connection initialisation timeout"},
		"only pings":                  {[]string{`{"type":"pong"}`}, "closed 4408 Connection initialisation timeout"},
		"message over 64 kB":          {[]string{hello, `{"type":"ping","payload":{"x":"` + strings.Repeat("x", 65<<10) + `"}}`}, "closed 1009"},
		"wrong token":                 {[]string{`{"type":"connection_init","payload":{"Authorization":"Bearer wrong"}}`}, "closed 4403 Forbidden"},
		"wrong token, small letter":   {[]string{`{"type":"connection_init","payload":{"authorization":"Bearer wrong"}}`}, "closed 4403 Forbidden"},
		"token is a number":           {[]string{`{"type":"connection_init","payload":{"Authorization":7}}`}, "closed 4403 Forbidden"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(o *transport.Options) {
				o.Authenticate = authenticate
				if strings.HasPrefix(c.want, "closed 4408") {
					o.Limits.InitTimeout = 100 * time.Millisecond
				}
			})
			got := ""
			for s := e.connect(t, c.messages...); !strings.HasPrefix(got, "closed"); {
				if got = s.next(t); strings.HasPrefix(got, "failed") {
					break
				}
			}
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestBinaryMessageIsInvalid(t *testing.T) {
	t.Parallel()
	c := start(t, nil).connect(t)
	if err := c.Write(t.Context(), websocket.MessageBinary, []byte(hello)); err != nil {
		t.Fatal(err)
	}
	c.expect(t, "closed 4400")
}

func TestOnlyTheOneSubprotocolIsSpoken(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	for _, offered := range [][]string{nil, {"graphql-ws"}, {"x"}} {
		c, _, err := e.dial(t, nil, offered...)
		if err != nil {
			t.Fatal(err)
		}
		c.expect(t, "closed 4406 Subprotocol not acceptable")
	}
	c, _, err := e.dial(t, nil, "graphql-ws", "graphql-transport-ws")
	if err != nil {
		t.Fatal(err)
	}
	c.send(t, hello)
	c.expect(t, ack)
}

func TestOperationsRunOnOneWebsocket(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	c := e.connect(t, `{"type":"ping","payload":{"early":true}}`)
	c.expect(t, `{"type":"pong","payload":{"early":true}}`)
	c.send(t, hello)
	c.expect(t, ack)
	c.send(t, `{"type":"ping","payload":{"a":1}}`)
	c.expect(t, `{"type":"pong","payload":{"a":1}}`)

	c.send(t, subscribe("q", "{hello}"))
	c.expect(t, `{"id":"q","type":"next","payload":{"data":{"hello":"hello"}}}`)
	c.expect(t, `{"id":"q","type":"complete"}`)
	c.send(t, subscribe("q", "mutation{touch}"))
	c.expect(t, `{"id":"q","type":"next","payload":{"data":{"touch":"1"}}}`)
	c.expect(t, `{"id":"q","type":"complete"}`)

	c.send(t, subscribe("s", "subscription{ticks}"))
	e.schema.ticks <- "one"
	c.expect(t, `{"id":"s","type":"next","payload":{"data":{"ticks":"one"}}}`)
	c.send(t, `{"id":"s","type":"complete"}`)
	c.send(t, `{"id":"s","type":"complete"}`) // The client may not know that it is over.
	c.send(t, subscribe("s", "{hello}"))      // The id is free at once.
	c.expect(t, `{"id":"s","type":"next","payload":{"data":{"hello":"hello"}}}`)
	c.expect(t, `{"id":"s","type":"complete"}`)
}

func TestRefusedOperationIsAnErrorMessageAndNothingFollows(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	c := e.connect(t, hello)
	c.expect(t, ack)
	for document, want := range map[string]string{
		"{":                   transport.CodeParseFailed,
		"{nothing}":           transport.CodeValidationFailed,
		nest(11):              `"limit":"DEPTH"`,
		bomb(24):              `"limit":"FIELDS"`,
		"subscription{panic}": "internal error",
	} {
		c.send(t, subscribe("1", document))
		got := c.next(t)
		if !strings.HasPrefix(got, `{"id":"1","type":"error","payload":[{"message":`) || !strings.Contains(got, want) {
			t.Errorf("%.20s: %s", document, got)
		}
		c.send(t, `{"type":"ping"}`)
		c.expect(t, `{"type":"pong"}`) // No complete comes after an error.
	}
	c.send(t, subscribe("1", "{fail}"))
	if got := c.next(t); !strings.Contains(got, "internal error") || strings.Contains(got, "password") {
		t.Errorf("got %s", got)
	}
}

func TestOperationsOfOneWebsocketAreBounded(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) { o.Limits.SocketOperations = 2 })
	c := e.connect(t, hello)
	c.expect(t, ack)
	for _, id := range []string{"1", "2"} {
		c.send(t, subscribe(id, "subscription{ticks}"))
		<-e.schema.entered
	}
	c.send(t, subscribe("3", "{hello}"))
	if got := c.next(t); !strings.HasPrefix(got, `{"id":"3","type":"error"`) || !strings.Contains(got, transport.CodeOverloaded) {
		t.Errorf("got %s", got)
	}
	e.schema.ticks <- "still here"
	if got := c.next(t); !strings.Contains(got, "still here") {
		t.Errorf("got %s", got)
	}
}

func TestSlowOperationOnAWebsocketIsEnded(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) { o.Limits.RequestTimeout = 30 * time.Millisecond })
	c := e.connect(t, hello, subscribe("1", "{hang}"))
	c.expect(t, ack)
	if got := c.next(t); !strings.Contains(got, transport.CodeTimeout) {
		t.Errorf("got %s", got)
	}
}

func TestCompletedOperationSaysNothingMore(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) { o.Limits.SocketOperations = 1 })
	c := e.connect(t, hello, subscribe("1", "{hang}"))
	c.expect(t, ack)
	<-e.schema.entered
	c.send(t, `{"id":"1","type":"complete"}`)
	got := ""
	for strings.HasPrefix(got, `{"id":"1","type":"error"`) || got == "" { // Until the operation has ended.
		c.send(t, subscribe("1", "{hello}"))
		got = c.next(t)
	}
	if got != `{"id":"1","type":"next","payload":{"data":{"hello":"hello"}}}` {
		t.Errorf("got %s", got)
	}
	c.expect(t, `{"id":"1","type":"complete"}`)
	c.send(t, `{"type":"ping"}`)
	c.expect(t, `{"type":"pong"}`)
}

type actorKey struct{}

// authenticate knows one token.
func authenticate(ctx context.Context, authorization string) (context.Context, error) {
	if authorization != "Bearer right" {
		return nil, errors.New("unknown token")
	}
	return context.WithValue(ctx, actorKey{}, "editor"), nil
}

func TestTokenOfConnectionInitReachesTheOperations(t *testing.T) {
	t.Parallel()
	actors := make(chan any, 2)
	e := start(t, func(o *transport.Options) {
		o.Authenticate = authenticate
		o.RequestID = func(ctx context.Context) string {
			actors <- ctx.Value(actorKey{})
			return ""
		}
	})
	for init, want := range map[string]any{
		`{"type":"connection_init","payload":{"Authorization":"Bearer right"}}`: "editor",
		`{"type":"connection_init","payload":{"authorization":"Bearer right"}}`: "editor",
		`{"type":"connection_init","payload":{"other":1}}`:                      nil,
		hello: nil,
	} {
		c := e.connect(t, init)
		c.expect(t, ack)
		c.send(t, subscribe("1", "{fail}")) // Its error asks for the request's id, twice.
		if got := <-actors; got != want {
			t.Errorf("%s: actor is %v", init, got)
		}
		<-actors
	}
}

func TestForeignOriginsNeedPermission(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) { o.Origins = []string{"https://partner.example", "http://localhost:*"} })
	for origin, status := range map[string]int{
		"https://partner.example": 101, "http://localhost:5173": 101, e.URL: 101,
		"http://partner.example": 403, "https://evil.example": 403, "https://partner.example.evil.example": 403, "null": 403,
	} {
		_, response, err := e.dial(t, http.Header{"Origin": {origin}}, "graphql-transport-ws")
		if response == nil || response.StatusCode != status {
			t.Errorf("%s: %v", origin, err)
		}
	}
}

func TestBadUpgradeIsRefusedWithoutQuotingIt(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	upgrade := []string{"Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", "canary"}
	for name, c := range map[string]struct {
		method  string
		headers []string
		status  int
	}{
		"bad key":       {"GET", upgrade, 400},
		"by POST":       {"POST", upgrade, 405},
		"old version":   {"GET", append(upgrade[:4:4], "Sec-WebSocket-Version", "canary"), 400},
		"no connection": {"GET", append([]string{"Connection", "canary"}, upgrade[2:]...), 426},
		"bad origin":    {"GET", append(upgrade[:6:6], "Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==", "Origin", "http://canary"), 403},
	} {
		a := e.do(t, c.method, "", "", c.headers...)
		if a.status != c.status || a.code() == "" || strings.Contains(a.body, "canary") || a.mediaType() != "application/json" {
			t.Errorf("%s: %d %q", name, a.status, a.body)
		}
	}
}

func TestWebsocketsAreBounded(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) { o.Limits.Sockets = 1 })
	first := e.connect(t, hello)
	first.expect(t, ack)
	_, response, err := e.dial(t, nil, "graphql-transport-ws")
	if err == nil || response.StatusCode != 503 || response.Header.Get("Retry-After") == "" {
		t.Fatalf("got %v %v", response, err)
	}
	_ = first.Close(websocket.StatusNormalClosure, "")
	for err != nil { // Until the server has seen that the client left.
		_, _, err = e.dial(t, nil, "graphql-transport-ws")
	}
}

func TestShutdownClosesWebsocketsAndRefusesNewOnes(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	before := e.connect(t)
	idle := e.connect(t, hello)
	idle.expect(t, ack)
	busy := e.connect(t, hello, subscribe("1", "subscription{ticks}"))
	busy.expect(t, ack)
	<-e.schema.entered
	begin := time.Now() //nolint:forbidigo // The time it takes is what is tested.
	e.stop()
	for _, c := range []client{before, idle, busy} {
		c.expect(t, "closed 1001 The server is shutting down")
	}
	if took := time.Since(begin); took > 2*time.Second {
		t.Errorf("it took %s", took)
	}
	if _, response, err := e.dial(t, nil, "graphql-transport-ws"); err == nil || response.StatusCode != 503 {
		t.Errorf("a new one: %v", err)
	}
}

func TestClientThatDoesNotReadItsWebsocketIsDropped(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) {
		o.Limits.WriteTimeout = 50 * time.Millisecond
		o.Limits.Sockets = 1
	})
	c := e.connect(t, hello)
	c.expect(t, ack)
	c.send(t, subscribe("1", "subscription{flood}"))
	deadline := time.After(time.Minute)
	for {
		select {
		case <-deadline:
			t.Fatal("the websocket is still there")
		default:
		}
		if _, _, err := e.dial(t, nil, "graphql-transport-ws"); err == nil {
			return
		}
	}
}

func TestClientThatAnswersNoPingIsDropped(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *transport.Options) { o.Limits.KeepAlive = 100 * time.Millisecond })
	c := e.connect(t, hello)
	c.expect(t, ack)
	if got := c.next(t); strings.HasPrefix(got, "{") {
		t.Errorf("got %s", got)
	}
}
