package transport

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	coderws "github.com/coder/websocket"
)

// subprotocol is the only one that is spoken.
const subprotocol = "graphql-transport-ws"

// authenticate is Options.Authenticate.
type authenticate func(context.Context, string) (context.Context, error)

// websockets is the transport for graphql-transport-ws. gqlgen's own transport executes the operations; this one accepts
// connections, and puts a protocol between the two.
type websockets struct {
	edge
	authenticate authenticate
	origins      []string
	allowOrigin  func(origin string) bool // Options.AllowOrigin.
	open         *gate
}

var _ graphql.Transport = (*websockets)(nil)

func newWebsockets(e edge, o Options) *websockets {
	return &websockets{
		edge: e, authenticate: o.Authenticate, origins: o.Origins, allowOrigin: o.AllowOrigin,
		open: newGate(e.limits.Sockets, e.limits.SocketsPerCaller),
	}
}

// Supports implements graphql.Transport: it looks for the upgrade to a websocket, because there are others.
func (t *websockets) Supports(r *http.Request) bool {
	for value := range strings.SplitSeq(strings.Join(r.Header.Values("Upgrade"), ","), ",") {
		if strings.EqualFold(strings.TrimSpace(value), "websocket") {
			return true
		}
	}
	return false
}

// Do implements graphql.Transport. It returns when the socket is closed.
func (t *websockets) Do(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor) {
	caller := t.caller(r.Context())
	if t.shutDown() || !t.open.enter(caller) {
		t.refuse(w, typeJSON, &refused{
			http.StatusServiceUnavailable, CodeOverloaded, "No more websockets can be opened now.",
		})
		return
	}
	defer t.open.leave(caller)
	upgrade := &handshake{ResponseWriter: w}
	connection, err := coderws.Accept(upgrade, r, &coderws.AcceptOptions{
		Subprotocols: []string{subprotocol}, OriginPatterns: t.origins,
		InsecureSkipVerify: t.allowOrigin != nil && t.allowOrigin(r.Header.Get("Origin")), // The origin is one of ours then.
	})
	if err != nil {
		t.reject(w, r, typeJSON, upgrade.refused())
		return
	}
	s := newSocket(r.Context(), connection, t.limits.WriteTimeout)
	defer s.finish()
	if connection.Subprotocol() != subprotocol {
		s.shut(closeSubprotocol)
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	go func() { // Ends with this call.
		select {
		case <-t.closing:
			s.shut(closeGoingAway)
			cancel()
		case <-ctx.Done():
		}
	}()
	t.serve(w, r.WithContext(ctx), t.reading(executor), newProtocol(s, t.limits))
}

// serve hands an accepted connection to gqlgen.
func (t *websockets) serve(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor, p *protocol) {
	transport.Websocket{
		Implementation:   accepted{p},
		InitFunc:         t.initialise,
		InitTimeout:      t.limits.InitTimeout,
		PingPongInterval: t.limits.KeepAlive,
		PayloadReadLimit: &t.limits.MessageBytes,
	}.Do(w, r, executor)
}

// initialise authenticates by the payload of connection_init.
func (t *websockets) initialise(
	ctx context.Context, payload transport.InitPayload,
) (context.Context, *transport.InitPayload, error) {
	authorization, err := authorizationOf(payload)
	if t.authenticate == nil || err == nil && authorization == "" {
		return ctx, nil, nil
	}
	if err == nil {
		var authenticated context.Context
		if authenticated, err = t.authenticate(ctx, authorization); err == nil {
			return authenticated, nil, nil
		}
	}
	ctx = transport.WithWebsocketCloseCode(ctx, closeForbidden.code)
	return transport.AppendCloseReason(ctx, closeForbidden.reason), nil, err
}

// authorizationOf finds the Authorization value in a payload, under its usual spellings.
func authorizationOf(payload transport.InitPayload) (string, error) {
	for _, key := range []string{"Authorization", "authorization"} {
		value, ok := payload[key]
		if !ok || value == nil {
			continue
		}
		text, ok := value.(string)
		if !ok {
			return "", errors.New("the authorization is not a text")
		}
		return text, nil
	}
	return "", nil
}

// accepted hands gqlgen a connection that was accepted before.
type accepted struct {
	connection transport.WebsocketConn
}

// Accept implements transport.WebsocketImplementation.
func (a accepted) Accept(
	http.ResponseWriter, *http.Request, transport.WebsocketAcceptOptions,
) (transport.WebsocketConn, error) {
	return a.connection, nil
}

// handshake keeps back what the websocket library would answer to a bad upgrade, because it quotes the request.
type handshake struct {
	http.ResponseWriter

	status int
}

// Unwrap lets the library find the connection.
func (h *handshake) Unwrap() http.ResponseWriter { return h.ResponseWriter }

// WriteHeader lets only the upgrade through.
func (h *handshake) WriteHeader(status int) {
	h.status = status
	if status == http.StatusSwitchingProtocols {
		h.ResponseWriter.WriteHeader(status)
	}
}

// Write drops the text.
func (h *handshake) Write(text []byte) (int, error) { return len(text), nil }

// refused puts the library's verdict in our words.
func (h *handshake) refused() *refused {
	switch h.status {
	case http.StatusForbidden:
		return &refused{h.status, CodeForbidden, "Pages of this origin may not open websockets here."}
	case http.StatusUpgradeRequired, http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return &refused{h.status, CodeBadRequest, "This is not a websocket's opening request."}
	default:
		return badRequest("This is not a websocket's opening request.")
	}
}
