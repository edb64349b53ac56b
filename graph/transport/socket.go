package transport

import (
	"context"
	"sync"
	"time"

	coderws "github.com/coder/websocket"
)

// farewell is why a websocket is closed: a code of RFC 6455 or of the graphql-transport-ws protocol, with its words.
type farewell struct {
	code   int
	reason string
}

// Reasons to close. The texts for 44xx are those of the protocol.
var (
	closeGoingAway    = farewell{1001, "The server is shutting down"}
	closeInvalid      = farewell{4400, "Invalid message received"}
	closeUnauthorized = farewell{4401, "Unauthorized"}
	closeForbidden    = farewell{4403, "Forbidden"}
	closeSubprotocol  = farewell{4406, "Subprotocol not acceptable"}
	closeInitTimeout  = farewell{4408, "Connection initialisation timeout"}
	closeDuplicate    = farewell{4409, "Subscriber for this id already exists"}
	closeInitTwice    = farewell{4429, "Too many initialisation requests"}
)

// socket is one websocket connection. Writes end after a time, and it is closed once, by whoever is first.
type socket struct {
	connection *coderws.Conn
	read       func() (coderws.MessageType, []byte, error)
	write      func([]byte) error

	mu       sync.Mutex    // Guards the fields below.
	closed   bool          // Nothing more is to be done about closing.
	closes   chan struct{} // Closed after the closing handshake; nil when there is none.
	deadline *time.Timer   // Drops a client that answers no ping.
}

// newSocket wraps a connection. The context's values reach the library, its end does not: that would drop the connection
// before a close frame is written.
func newSocket(ctx context.Context, connection *coderws.Conn, writeTimeout time.Duration) *socket {
	ctx = context.WithoutCancel(ctx)
	return &socket{
		connection: connection,
		read:       func() (coderws.MessageType, []byte, error) { return connection.Read(ctx) },
		write: func(text []byte) error {
			ctx, cancel := context.WithTimeout(ctx, writeTimeout)
			defer cancel()
			return connection.Write(ctx, coderws.MessageText, text)
		},
	}
}

// shut starts the closing handshake, unless the socket is closed already. It does not wait: finish does.
func (s *socket) shut(why farewell) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.closed = true
	s.closes = make(chan struct{})
	go func() {
		defer close(s.closes)
		// A client that does not take part in the handshake is dropped after the library's five seconds.
		_ = s.connection.Close(coderws.StatusCode(why.code), why.reason)
	}()
}

// finish ends the socket and waits for a closing handshake.
func (s *socket) finish() {
	s.mu.Lock()
	s.closed = true
	closes := s.closes
	s.stopDeadline()
	s.mu.Unlock()
	if closes != nil {
		<-closes
	}
	_ = s.connection.CloseNow() // It may be closed by now.
}

// Subprotocol implements transport.WebsocketConn.
func (s *socket) Subprotocol() string { return s.connection.Subprotocol() }

// Close implements transport.WebsocketConn: it drops the connection, unless a closing handshake will.
func (s *socket) Close() error {
	s.mu.Lock()
	closes := s.closes
	s.closed = true
	s.stopDeadline()
	s.mu.Unlock()
	if closes != nil {
		return nil
	}
	return s.connection.CloseNow()
}

// SetReadLimit implements transport.WebsocketReadLimiter.
func (s *socket) SetReadLimit(limit int64) { s.connection.SetReadLimit(limit) }

// SetReadDeadline implements transport.WebsocketReadDeadliner; a zero time lifts the deadline.
func (s *socket) SetReadDeadline(deadline time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopDeadline()
	if !deadline.IsZero() && !s.closed {
		s.deadline = time.AfterFunc(time.Until(deadline), func() { _ = s.connection.CloseNow() })
	}
	return nil
}

// stopDeadline lifts the deadline; the mutex is held.
func (s *socket) stopDeadline() {
	if s.deadline != nil {
		s.deadline.Stop()
		s.deadline = nil
	}
}
