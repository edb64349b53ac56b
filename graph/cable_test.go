package graph_test

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// accident is what happens to the first write of a record on a cable.
type accident int

const (
	none          accident = iota
	noAnswer               // the server gets it, and its answers to anybody get lost from then on
	cutAfterwards          // the server gets and answers it, and the cable is cut before the answer comes through
	cutBefore              // the cable is cut before the server gets it
	cutForAMoment          // as cutAfterwards, but only that one connection is cut
)

// cable lies between a store and its database, and can be cut.
type cable struct {
	listener net.Listener
	target   string
	running  sync.WaitGroup

	mu       sync.Mutex
	isCut    bool                  // guarded
	isDumb   bool                  // guarded: the answers of the database get lost
	next     accident              // guarded
	happened chan struct{}         // closed when the accident has happened
	ends     map[net.Conn]struct{} // guarded: of both sides
}

// newCable lays a cable to the database that the URI names, and gives the URI that leads through it.
func newCable(t *testing.T, uri string) (*cable, string) {
	t.Helper()
	address, err := url.Parse(uri)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{listener: listener, target: address.Host, ends: map[net.Conn]struct{}{}}
	c.running.Go(c.accept)
	t.Cleanup(func() {
		_ = listener.Close()
		c.cut()
		c.running.Wait()
	})
	address.Host = listener.Addr().String()
	query := address.Query()
	query.Set("directConnection", "true") // The members of a replica set would be asked past the cable.
	address.RawQuery = query.Encode()
	return c, address.String()
}

// cut ends every connection, and refuses new ones.
func (c *cable) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.isCut = true
	for end := range c.ends {
		_ = end.Close()
	}
}

// mend makes the cable as it was.
func (c *cable) mend() {
	c.cut() // Of what was sent meanwhile, nothing may come through.
	c.mu.Lock()
	defer c.mu.Unlock()
	c.isCut, c.isDumb, c.next = false, false, none
}

// expect lets an accident happen to the next write of a record, and tells when it has happened.
func (c *cable) expect(a accident) <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next, c.happened = a, make(chan struct{})
	return c.happened
}

func (c *cable) accept() {
	for {
		client, err := c.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", c.target) //nolint:noctx // The end of the test closes it.
		if err != nil || !c.join(client, server) {
			_ = client.Close()
			continue
		}
		l := &line{cable: c, client: client, server: server}
		c.running.Go(func() { l.carry(server, client, l.send) })
		c.running.Go(func() { l.carry(client, server, l.answer) })
	}
}

// join notes the ends of a connection, unless the cable is cut.
func (c *cable) join(client, server net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.isCut {
		_ = server.Close()
		return false
	}
	c.ends[client], c.ends[server] = struct{}{}, struct{}{}
	return true
}

// line is one connection through a cable.
type line struct {
	cable          *cable
	client, server net.Conn
	doomed         accident // guarded by the cable: it ends when the next answer comes
}

// carry copies what comes, as far as it may pass.
func (l *line) carry(to io.WriteCloser, from io.ReadCloser, pass func([]byte) bool) {
	defer func() { _, _ = to.Close(), from.Close() }()
	for buffer := make([]byte, 1<<20); ; {
		n, err := from.Read(buffer)
		if n > 0 && pass(buffer[:n]) {
			_, err = to.Write(buffer[:n])
		}
		if err != nil {
			return
		}
	}
}

// send tells whether something may go to the database.
func (l *line) send(message []byte) bool {
	c := l.cable
	c.mu.Lock()
	a := c.next
	if a == none || !isWrite(message) {
		c.mu.Unlock()
		return true
	}
	c.next = none
	switch a {
	case noAnswer:
		c.isDumb = true
	case cutBefore:
	default:
		l.doomed = a
	}
	c.mu.Unlock()
	if a == cutBefore {
		c.cut()
	}
	if a == noAnswer || a == cutBefore {
		close(c.happened)
	}
	return a != cutBefore
}

// isWrite tells whether a message inserts or updates records.
func isWrite(message []byte) bool {
	const records = "\x00\x09\x00\x00\x00entities\x00"
	return bytes.Contains(message, []byte("\x02insert"+records)) || bytes.Contains(message, []byte("\x02update"+records))
}

// answer tells whether something may go to the store.
func (l *line) answer([]byte) bool {
	c := l.cable
	c.mu.Lock()
	a, isDumb := l.doomed, c.isDumb
	c.mu.Unlock()
	switch a {
	case cutAfterwards:
		c.cut()
		close(c.happened)
	case cutForAMoment:
		_, _ = l.client.Close(), l.server.Close()
		close(c.happened)
	default:
		return !isDumb
	}
	return false
}
