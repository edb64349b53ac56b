package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"sync"

	"github.com/99designs/gqlgen/graphql/handler/transport"
	coderws "github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Types of messages, of the graphql-transport-ws protocol.
const (
	messageInit      = "connection_init"
	messageAck       = "connection_ack"
	messagePing      = "ping"
	messagePong      = "pong"
	messageSubscribe = "subscribe"
	messageNext      = "next"
	messageError     = "error"
	messageComplete  = "complete"
)

// errRefused ends gqlgen's reading after the socket was shut.
var errRefused = errors.New("the websocket message was refused")

// message is a message of either side.
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// protocol stands between a socket and gqlgen's transport and holds the client to the protocol, gqlgen too. gqlgen sees ids
// of our own making, each used once: the client may use an id again as soon as it has completed it, while gqlgen may still
// be busy with the former operation.
type protocol struct {
	*socket
	limits Limits

	mu           sync.Mutex        // Guards the fields below.
	initialised  bool              // connection_init was seen.
	acknowledged bool              // connection_ack was written.
	last         int               // The last id we made.
	subscribed   map[string]string // Our id by the client's, of operations the client waits for.
	running      map[string]string // The client's id by ours, of operations gqlgen is busy with.
}

var (
	_ transport.WebsocketConn          = (*protocol)(nil)
	_ transport.WebsocketReadLimiter   = (*protocol)(nil)
	_ transport.WebsocketReadDeadliner = (*protocol)(nil)
)

func newProtocol(s *socket, limits Limits) *protocol {
	return &protocol{socket: s, limits: limits, subscribed: make(map[string]string), running: make(map[string]string)}
}

// NextReader implements transport.WebsocketConn: it returns the next message that gqlgen has to do with.
func (p *protocol) NextReader() (int, io.Reader, error) {
	for {
		kind, text, err := p.read()
		switch coderws.CloseStatus(err) {
		case coderws.StatusNormalClosure, coderws.StatusNoStatusRcvd:
			return 0, nil, transport.ErrWebsocketClosed
		default:
		}
		if err != nil {
			return 0, nil, err
		}
		m, ok := p.decode(kind, text)
		if !ok {
			p.shut(closeInvalid)
			return 0, nil, errRefused
		}
		forward, err := p.admit(&m)
		if err != nil {
			return 0, nil, err
		}
		if !forward {
			continue
		}
		text, err = json.Marshal(m)
		return int(coderws.MessageText), bytes.NewReader(text), err
	}
}

// decode reads a message and reports whether it is well formed.
func (p *protocol) decode(kind coderws.MessageType, text []byte) (message, bool) {
	if kind != coderws.MessageText {
		return message{}, false
	}
	fields, err := decodeObject(text, p.limits.JSONDepth)
	if err != nil {
		return message{}, false
	}
	m := message{Payload: fields["payload"]}
	if decodeField(fields["id"], &m.ID) != nil || decodeField(fields["type"], &m.Type) != nil {
		return message{}, false
	}
	if string(m.Payload) == "null" {
		m.Payload = nil
	}
	switch m.Type {
	case messageInit, messagePing, messagePong:
		if m.Payload != nil && m.Payload[0] != '{' {
			return message{}, false
		}
		return m, true
	case messageSubscribe:
		params, err := decodeParams(m.Payload, p.limits.JSONDepth)
		if err == nil && params.Extensions[documentIDKey] != nil { // gqlgen knows no documentId, but passes extensions on.
			m.Payload, err = json.Marshal(params)
		}
		return m, err == nil && m.ID != ""
	case messageComplete:
		return m, m.ID != ""
	default:
		return message{}, false
	}
}

// admit reports whether gqlgen is to see a message; an error means that the socket was shut.
func (p *protocol) admit(m *message) (bool, error) {
	switch m.Type {
	case messageInit:
		return true, p.admitInit()
	case messageSubscribe:
		return p.admitSubscribe(m)
	case messageComplete:
		return p.admitComplete(m), nil
	default: // A ping or a pong, which may come at any time; gqlgen expects none before connection_init.
		if p.isInitialised() {
			return true, nil
		}
		if m.Type == messagePing {
			return false, p.send(message{Type: messagePong, Payload: m.Payload})
		}
		return false, nil
	}
}

func (p *protocol) isInitialised() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.initialised
}

func (p *protocol) admitInit() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.initialised {
		p.shut(closeInitTwice)
		return errRefused
	}
	p.initialised = true
	return nil
}

// admitSubscribe gives an operation an id of ours. One too many is answered with an error and leaves the others in peace.
func (p *protocol) admitSubscribe(m *message) (bool, error) {
	p.mu.Lock()
	if !p.acknowledged {
		p.mu.Unlock()
		p.shut(closeUnauthorized)
		return false, errRefused
	}
	if _, ok := p.subscribed[m.ID]; ok {
		p.mu.Unlock()
		p.shut(closeDuplicate)
		return false, errRefused
	}
	if len(p.running) >= p.limits.SocketOperations {
		p.mu.Unlock()
		return false, p.sendTooMany(m.ID)
	}
	p.last++
	ours := strconv.Itoa(p.last)
	p.subscribed[m.ID], p.running[ours] = ours, m.ID
	p.mu.Unlock()
	m.ID = ours
	return true, nil
}

// admitComplete passes the end of an operation on; one that is not there may just have ended.
func (p *protocol) admitComplete(m *message) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	ours, ok := p.subscribed[m.ID]
	delete(p.subscribed, m.ID)
	m.ID = ours
	return ok
}

// WriteJSON implements transport.WebsocketConn: it writes a message of gqlgen's, unless the client no longer waits for it.
func (p *protocol) WriteJSON(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	var m message
	if err := json.Unmarshal(text, &m); err != nil {
		return err
	}
	if p.emit(&m) {
		return p.send(m)
	}
	return nil
}

// emit puts the client's id back, keeps account of what ends, and reports whether the message is to be sent.
func (p *protocol) emit(m *message) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch m.Type {
	case messageAck:
		p.acknowledged = true
	case messageNext, messageError, messageComplete:
		ours := m.ID
		theirs, isRunning := p.running[ours]
		awaited := isRunning && p.subscribed[theirs] == ours
		if m.Type != messageNext {
			delete(p.running, ours)
			if awaited {
				delete(p.subscribed, theirs)
			}
		}
		m.ID = theirs
		return awaited
	}
	return true
}

// send writes a message.
func (p *protocol) send(m message) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return p.write(text)
}

func (p *protocol) sendTooMany(id string) error {
	payload, err := json.Marshal(gqlerror.List{refusal(CodeOverloaded,
		"At most "+strconv.Itoa(p.limits.SocketOperations)+" operations may run on one websocket.")})
	if err != nil {
		return err
	}
	return p.send(message{ID: id, Type: messageError, Payload: payload})
}

// WriteClose implements transport.WebsocketConn. gqlgen gives up before connection_init only when it did not come in time;
// its code for that is not the protocol's.
func (p *protocol) WriteClose(code int, reason string) error {
	why := farewell{code, reason}
	if !p.isInitialised() {
		why = closeInitTimeout
	}
	p.shut(why)
	return nil
}
