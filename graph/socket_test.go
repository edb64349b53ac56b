package graph_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"goodpractice/graph/transport"
	"goodpractice/internal/knowledge"
	"goodpractice/internal/web"
)

// socket is a connection of the graphql-transport-ws protocol.
type socket struct{ conn *websocket.Conn }

// dial opens a socket as the holder of the token with the name; "" for nobody.
func (s *site) dial(t *testing.T, as string) socket {
	t.Helper()
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)
	conn, response, err := websocket.Dial(t.Context(), strings.Replace(server.URL, "http", "ws", 1)+web.GraphQLPath,
		&websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		t.Fatal(err)
	}
	if response.Body != nil {
		t.Cleanup(func() { _ = response.Body.Close() })
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	to, payload := socket{conn}, map[string]string{}
	if as != "" {
		payload["Authorization"] = "Bearer " + secretOf(as)
	}
	to.say(t, map[string]any{"type": "connection_init", "payload": payload})
	to.hear(t, "connection_ack")
	return to
}

// say sends a message.
func (to socket) say(t *testing.T, message any) {
	t.Helper()
	text, err := json.Marshal(message)
	if err != nil {
		t.Fatal(err)
	}
	if err := to.conn.Write(t.Context(), websocket.MessageText, text); err != nil {
		t.Fatal(err)
	}
}

// hear gives everything that is said about an operation up to its end, or up to a message of that type.
func (to socket) hear(t *testing.T, id string) string {
	t.Helper()
	for all := ""; ; {
		_, message, err := to.conn.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var m struct{ ID, Type string }
		if err := json.Unmarshal(message, &m); err != nil {
			t.Fatal(err)
		}
		all += string(message)
		if m.ID == id && (m.Type == "complete" || m.Type == "error") || m.Type == id {
			return all
		}
	}
}

// subscribe begins an operation.
func (to socket) subscribe(t *testing.T, id string, payload map[string]any) {
	t.Helper()
	to.say(t, map[string]any{"type": "subscribe", "id": id, "payload": payload})
}

// listen subscribes over a socket and gives each message about the operation.
func (s *site) listen(t *testing.T, as, query string) <-chan string {
	t.Helper()
	to, out := s.dial(t, as), make(chan string, 100)
	to.subscribe(t, "1", map[string]any{"query": query})
	go func() {
		defer close(out)
		for {
			_, message, err := to.conn.Read(t.Context())
			if err != nil {
				return
			}
			out <- string(message)
		}
	}()
	return out
}

// TestASocketOutlivesItsToken opens a socket, revokes its token, and asks again on the same socket.
func TestASocketOutlivesItsToken(t *testing.T) {
	t.Parallel()
	for name, on := range storages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			editor, admin := tokenOf("editor", knowledge.RoleEditor), tokenOf("admin", knowledge.RoleAdministrator)
			s := newSite(t, on, transport.Limits{}, editor, admin)
			to, who := s.dial(t, "editor"), map[string]any{"query": "{viewer{role}}"}
			to.subscribe(t, "1", who)
			if got := to.hear(t, "1"); !strings.Contains(got, "EDITOR") {
				t.Fatalf("the holder of a token is told %s", got)
			}
			s.ask(t, "admin", `mutation($i: RevokeTokenInput!){revokeToken(input: $i){userErrors{message}}}`,
				map[string]any{"i": map[string]any{"id": editor.ID}})
			to.subscribe(t, "2", who)
			if got := to.hear(t, "2"); strings.Contains(got, "EDITOR") || !strings.Contains(got, "UNAUTHENTICATED") {
				t.Errorf("the holder of a revoked token is told %s", got)
			}
		})
	}
}
