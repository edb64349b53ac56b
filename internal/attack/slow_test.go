package attack_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

// patience is how long the server may bear with a slow client. It gives a header 5 s and a body 10 s.
const patience = 25 * time.Second

// dial opens a connection.
func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	return connection
}

// untilClosed sends what drip gives until the server closes the connection, and tells what it answered and how long it took:
// more than patience where it did not.
func untilClosed(t *testing.T, connection net.Conn, begin, drip string) (string, time.Duration) {
	t.Helper()
	began := time.Now() //nolint:forbidigo // It is real time that the server waits.
	if _, err := io.WriteString(connection, begin); err != nil {
		t.Error(err)
		return "", 0
	}
	ctx, stop := context.WithCancel(t.Context())
	var dripping sync.WaitGroup
	dripping.Go(func() {
		for tick := time.NewTicker(500 * time.Millisecond); ; {
			select {
			case <-ctx.Done():
				tick.Stop()
				return
			case <-tick.C:
				if _, err := io.WriteString(connection, drip); err != nil {
					return
				}
			}
		}
	})
	_ = connection.SetReadDeadline(began.Add(patience))
	answered, err := io.ReadAll(connection)
	stop()
	dripping.Wait()
	took := time.Since(began)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		took = 2 * patience
	}
	return string(answered), took
}

// attackSlowly takes its time with headers and bodies, all at once: none may hold on to the server.
func attackSlowly(t *testing.T, s *target) {
	t.Helper()
	header := "POST /graphql HTTP/1.1\r\nHost: " + s.address + "\r\nContent-Type: application/json\r\n"
	var all sync.WaitGroup // Subtests in parallel would be as many as there are processors.
	for name, slow := range map[string]struct{ begin, drip string }{
		"slow headers, one letter at a time":  {header, "X"},
		"slow headers, header after header":   {header, "X-A: a\r\n"},
		"slow body, one letter at a time":     {header + "Content-Length: 100000\r\n\r\n{", " "},
		"slow body, chunk after chunk":        {header + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "1\r\n \r\n"},
		"slow body, a method that is refused": {"PUT /graphql HTTP/1.1\r\nHost: " + s.address + "\r\nContent-Length: 100000\r\n\r\n", "a"},
		"slow body, where none is wanted":     {"POST /healthz HTTP/1.1\r\nHost: " + s.address + "\r\nContent-Length: 100000\r\n\r\n", "a"},
	} {
		connection := dial(t, s.address)
		all.Go(func() {
			answered, took := untilClosed(t, connection, slow.begin, slow.drip)
			if took > patience || strings.Contains(answered, " 200 ") {
				t.Errorf("%s: after %s the connection is open, or was answered %.200s", name, took, answered)
			}
		})
	}
	all.Wait()
	s.stillFindsHousing(t)
}

// handshake asks for a websocket and returns the status, and the connection where it was opened.
func handshake(t *testing.T, address, protocol string, more ...string) (int, net.Conn) {
	t.Helper()
	connection := dial(t, address)
	lines := append([]string{
		"GET /graphql HTTP/1.1", "Host: " + address, "Upgrade: websocket", "Connection: Upgrade",
		"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: " + protocol,
	}, more...)
	if _, err := fmt.Fprintf(connection, "%s\r\n\r\n", strings.Join(lines, "\r\n")); err != nil {
		t.Fatal(err)
	}
	_ = connection.SetReadDeadline(time.Now().Add(patience)) //nolint:forbidigo // Deadlines of connections are real time.
	// One byte at a time, so that the frames that follow stay in the connection.
	response, err := http.ReadResponse(bufio.NewReaderSize(iotest.OneByteReader(connection), 16), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode, connection
}

// firstClose reads the first frame that the server sends over a websocket without an extension, and returns its close code.
func firstClose(t *testing.T, connection net.Conn) int {
	t.Helper()
	frame := make([]byte, 4)
	if _, err := io.ReadFull(connection, frame); err != nil {
		t.Fatal(err)
	}
	if frame[0] != 0x88 { // The last fragment of a close frame, RFC 6455 section 5.2.
		t.Fatalf("the first frame is no close: %x", frame)
	}
	return int(frame[2])<<8 | int(frame[3])
}
