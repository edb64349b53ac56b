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

// TestASocketOutlivesItsToken opens a socket, revokes its token, and asks again on the same socket.
func TestASocketOutlivesItsToken(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, on storage) {
		editor, admin := tokenOf("editor", knowledge.RoleEditor), tokenOf("admin", knowledge.RoleAdministrator)
		s := newSite(t, on, transport.Limits{}, editor, admin)
		server := httptest.NewServer(s.handler)
		t.Cleanup(server.Close)
		conn, response, err := websocket.Dial(t.Context(), strings.Replace(server.URL, "http", "ws", 1)+web.GraphQLPath,
			&websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
		if err != nil {
			t.Fatal(err)
		}
		if response.Body != nil {
			defer func() { _ = response.Body.Close() }()
		}
		defer func() { _ = conn.CloseNow() }()
		say := func(message string) {
			t.Helper()
			if err := conn.Write(t.Context(), websocket.MessageText, []byte(message)); err != nil {
				t.Fatal(err)
			}
		}
		hear := func(id string) string { // Everything that is said about an operation, up to its end.
			t.Helper()
			for all := ""; ; {
				_, message, err := conn.Read(t.Context())
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
		say(`{"type":"connection_init","payload":{"Authorization":"Bearer ` + secretOf("editor") + `"}}`)
		hear("connection_ack")
		say(`{"id":"1","type":"subscribe","payload":{"query":"{viewer{role}}"}}`)
		if got := hear("1"); !strings.Contains(got, "EDITOR") {
			t.Fatalf("the holder of a token is told %s", got)
		}
		s.ask(t, "admin", `mutation($i: RevokeTokenInput!){revokeToken(input: $i){userErrors{message}}}`,
			map[string]any{"i": map[string]any{"id": editor.ID}})
		say(`{"id":"2","type":"subscribe","payload":{"query":"{viewer{role}}"}}`)
		if got := hear("2"); strings.Contains(got, "EDITOR") || !strings.Contains(got, "UNAUTHENTICATED") {
			t.Errorf("the holder of a revoked token is told %s", got)
		}
	})
}
