package attack_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// open opens a websocket in the right way.
func open(ctx context.Context, t *testing.T, s *target) *websocket.Conn {
	t.Helper()
	connection, response, err := websocket.Dial(ctx, "ws://"+s.address+"/graphql", &websocket.DialOptions{
		Subprotocols: []string{"graphql-transport-ws"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if response.Body != nil {
		_ = response.Body.Close()
	}
	t.Cleanup(func() { _ = connection.CloseNow() })
	return connection
}

// closeCode reads until the server closes the websocket, and tells with which code.
func closeCode(ctx context.Context, connection *websocket.Conn) websocket.StatusCode {
	for {
		if _, _, err := connection.Read(ctx); err != nil {
			return websocket.CloseStatus(err)
		}
	}
}

const (
	initialise = `{"type":"connection_init"}`
	subscribe  = `{"id":"1","type":"subscribe","payload":{"query":"subscription { entryPublished { id } }"}}`
)

// attackSockets breaks the protocol of websockets in every way it has a code for.
func attackSockets(t *testing.T, s *target) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), startLimit) // For all of them, and on a busy machine.
	defer cancel()
	for name, broken := range map[string]struct {
		messages []string
		code     websocket.StatusCode
	}{
		"websocket protocol, no init":            {nil, 4408},
		"websocket protocol, no JSON":            {[]string{marked}, 4400},
		"websocket protocol, an unknown message": {[]string{initialise, `{"type":"` + marked + `"}`}, 4400},
		"websocket protocol, before the init":    {[]string{subscribe}, 4401},
		"websocket protocol, two inits":          {[]string{initialise, initialise}, 4429},
		"websocket protocol, an id twice":        {[]string{initialise, subscribe, subscribe}, 4409},
		"websocket protocol, a message of 1 MB":  {[]string{initialise, `{"type":"ping","payload":{"a":"` + strings.Repeat("a", 1<<20) + `"}}`}, websocket.StatusMessageTooBig},
	} {
		t.Run(name, func(t *testing.T) {
			connection := open(ctx, t, s)
			for _, message := range broken.messages {
				if err := connection.Write(ctx, websocket.MessageText, []byte(message)); err != nil {
					break // The server has closed it already.
				}
			}
			if got := closeCode(ctx, connection); got != broken.code {
				t.Errorf("closed with %d, want %d", got, broken.code)
			}
		})
	}
	t.Run("websocket protocol, another one", func(t *testing.T) {
		status, connection := handshake(t, s.address, "graphql-ws")
		if status != http.StatusSwitchingProtocols {
			t.Fatalf("status %d", status)
		}
		if code := firstClose(t, connection); code != 4406 {
			t.Errorf("closed with %d, want 4406", code)
		}
	})
	t.Run("operations of one websocket, 100", func(t *testing.T) { attackOperations(ctx, t, s) })
	t.Run("documents over a websocket, a fragment bomb", func(t *testing.T) {
		connection := open(ctx, t, s)
		sendAll(ctx, t, connection, initialise, `{"id":"1","type":"subscribe","payload":{"query":`+quote(bomb(24))+`}}`)
		began := time.Now() //nolint:forbidigo // It is real time that an attack costs.
		if message := readOf(ctx, t, connection, "1"); !strings.Contains(message, `"error"`) || time.Since(began) > soon {
			t.Errorf("after %s: %.300s", time.Since(began), message)
		}
	})
	s.stillFindsHousing(t)
}

// attackOperations begins more operations on one websocket than are allowed: what is too much is refused, and the rest goes on.
func attackOperations(ctx context.Context, t *testing.T, s *target) {
	t.Helper()
	connection := open(ctx, t, s)
	sendAll(ctx, t, connection, initialise)
	for i := range 100 {
		sendAll(ctx, t, connection, strings.Replace(subscribe, `"id":"1"`, fmt.Sprintf(`"id":"s%d"`, i), 1))
	}
	if message := readOf(ctx, t, connection, "s99"); !strings.Contains(message, `"error"`) {
		t.Errorf("the hundredth operation: %.300s", message)
	}
}

func sendAll(ctx context.Context, t *testing.T, connection *websocket.Conn, messages ...string) {
	t.Helper()
	for _, message := range messages {
		if err := connection.Write(ctx, websocket.MessageText, []byte(message)); err != nil {
			t.Fatal(err)
		}
	}
}

// readOf reads until a message about an operation comes.
func readOf(ctx context.Context, t *testing.T, connection *websocket.Conn, id string) string {
	t.Helper()
	for {
		_, message, err := connection.Read(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var about struct{ ID string }
		if err := json.Unmarshal(message, &about); err != nil {
			t.Fatal(err)
		}
		if about.ID == id {
			return string(message)
		}
	}
}

// quote writes a text as JSON.
func quote(text string) string {
	encoded, err := json.Marshal(text)
	if err != nil {
		panic(err) // A text can always be written.
	}
	return string(encoded)
}
