package mongotest

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"
)

// Wire carries connections to a database, holds its answers back, and cuts them. Its methods may be called
// concurrently.
type Wire struct {
	target string
	done   <-chan struct{} // Closed at the end of the test.

	mu    sync.Mutex
	delay time.Duration         // guarded
	open  map[net.Conn]struct{} // guarded; nil while the wire is down
}

// Through puts a Wire before the database of a URI, and gives the URI of the same database by way of it.
func Through(tb testing.TB, uri string) (through string, w *Wire) {
	tb.Helper()
	address, err := url.Parse(uri)
	if err != nil {
		tb.Fatal("the database has no URI")
	}
	listener, err := new(net.ListenConfig).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	w = &Wire{target: address.Host, done: tb.Context().Done(), open: map[net.Conn]struct{}{}}
	tb.Cleanup(func() {
		_ = listener.Close()
		w.Down()
	})
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return // The test is over.
			}
			go w.carry(client)
		}
	}()
	address.Host = listener.Addr().String()
	query := address.Query()
	query.Set("directConnection", "true") // Or a replica set would tell of ways around the wire.
	address.RawQuery = query.Encode()
	return address.String(), w
}

// Slow holds back every answer for as long from now on, those under way included.
func (w *Wire) Slow(delay time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.delay = delay
}

// Cut ends all connections. New ones are carried.
func (w *Wire) Cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.open {
		_ = c.Close()
	}
}

// Down ends all connections and refuses new ones, until Up.
func (w *Wire) Down() {
	w.Cut()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.open = nil
}

// Up carries connections again.
func (w *Wire) Up() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.open = map[net.Conn]struct{}{}
}

// take notes a connection, to be cut; false while the wire is down.
func (w *Wire) take(c net.Conn) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.open == nil {
		return false
	}
	w.open[c] = struct{}{}
	return true
}

func (w *Wire) leave(c net.Conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.open, c)
}

// carry serves one connection.
func (w *Wire) carry(client net.Conn) {
	defer client.Close() //nolint:errcheck // Whoever notices is told by the other end.
	if !w.take(client) {
		return
	}
	defer w.leave(client)
	server, err := net.Dial("tcp", w.target) //nolint:noctx // It ends with the connection.
	if err != nil {
		return
	}
	defer server.Close() //nolint:errcheck // As above.
	go func() {
		_, _ = io.Copy(server, client)
		_ = server.Close()
	}()
	for buffer := make([]byte, 1<<16); ; {
		n, err := server.Read(buffer)
		if !w.hold() || err != nil {
			return
		}
		if _, err := client.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// hold holds back an answer; for as long as Slow says now, not when the answer came. It gives false at the
// end of the test.
func (w *Wire) hold() bool {
	const step = 10 * time.Millisecond
	for held := time.Duration(0); ; held += step {
		w.mu.Lock()
		delay := w.delay
		w.mu.Unlock()
		if held >= delay {
			return true
		}
		select {
		case <-w.done:
			return false
		case <-time.After(step):
		}
	}
}
