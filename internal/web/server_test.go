package web_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"goodpractice/internal/web"
)

// served is a running server that a test stops.
type served struct {
	t       *testing.T
	address string
	stop    context.CancelFunc
	ended   chan error
}

// serve runs the whole site on a free port of this machine.
func serve(t *testing.T, api http.HandlerFunc) *served {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	s := &served{t: t, address: listener.Addr().String(), stop: stop, ended: make(chan error, 1)}
	whole := site(t, func(o *web.Options) { o.GraphQL = api })
	go func() { s.ended <- web.Serve(ctx, listener, whole, slog.New(slog.DiscardHandler)) }()
	t.Cleanup(stop)
	return s
}

// dial opens a connection and sends the text on it.
func (s *served) dial(text string) (net.Conn, *bufio.Reader) {
	s.t.Helper()
	connection, err := new(net.Dialer).DialContext(s.t.Context(), "tcp", s.address)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = connection.Close() })
	if _, err := io.WriteString(connection, text); err != nil {
		s.t.Fatal(err)
	}
	return connection, bufio.NewReader(connection)
}

// A websocket is an upgrade that takes the connection over: that has to pass through every wrapper.
func TestServerLetsAConnectionBeTakenOver(t *testing.T) {
	t.Parallel()
	began := make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		hijacker, ok := w.(http.Hijacker)
		if !ok {
			t.Error("the connection cannot be taken over")
			return
		}
		connection, buffer, err := hijacker.Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer connection.Close() //nolint:errcheck // The test looks at what arrives.
		_, _ = fmt.Fprint(buffer, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n")
		_ = buffer.Flush()
		close(began)
		line, _ := buffer.ReadString('\n')
		_, _ = fmt.Fprint(buffer, line)
		_ = buffer.Flush()
	})
	connection, answers := s.dial("GET /graphql HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
	<-began
	s.stop() // Even now the connection is not cut: its handler ends it.
	if _, err := io.WriteString(connection, "hello\n"); err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(answers)
	if err != nil || !strings.HasPrefix(string(all), "HTTP/1.1 101 ") || !strings.HasSuffix(string(all), "\r\n\r\nhello\n") {
		t.Errorf("received %q, error %v", all, err)
	}
	if err := <-s.ended; err != nil {
		t.Error(err)
	}
}

func TestServerLetsAStreamBeFlushed(t *testing.T) {
	t.Parallel()
	goOn := make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		controller := http.NewResponseController(w)
		if err := controller.SetWriteDeadline(time.Time{}); err != nil {
			t.Error(err)
		}
		if err := controller.SetReadDeadline(time.Time{}); err != nil {
			t.Error(err)
		}
		_, _ = io.WriteString(w, "first\n")
		if err := controller.Flush(); err != nil {
			t.Error(err)
		}
		<-goOn
	})
	_, answers := s.dial("GET /graphql HTTP/1.1\r\nHost: a\r\n\r\n")
	for {
		line, err := answers.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if line == "first\n" {
			break
		}
	}
	close(goOn)
}

func TestServerFinishesWhatItHasBegun(t *testing.T) {
	t.Parallel()
	began, goOn := make(chan struct{}), make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		close(began)
		<-goOn
		_, _ = fmt.Fprint(w, "done, ", r.Context().Err())
	})
	_, answers := s.dial("GET /graphql HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
	<-began
	s.stop()
	close(goOn)
	if all, err := io.ReadAll(answers); err != nil || !strings.HasSuffix(string(all), "done, <nil>") {
		t.Errorf("received %q, error %v", all, err)
	}
	if err := <-s.ended; err != nil {
		t.Error(err)
	}
}

func TestServerBoundsTheHeader(t *testing.T) {
	t.Parallel()
	s := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the request was served") })
	_, answers := s.dial("GET /graphql HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("a", 21<<10))
	if line, err := answers.ReadString('\n'); err != nil || !strings.Contains(line, " 431 ") {
		t.Errorf("received %q, error %v", line, err)
	}
}

// pipes is a listener whose connections are in memory, so that time can be the test's.
type pipes struct {
	connections chan net.Conn
	closed      chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case connection := <-p.connections:
		return connection, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.closed); return nil }
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes", Net: "unix"} }

func (p *pipes) dial(text string) net.Conn {
	client, server := net.Pipe()
	p.connections <- server
	_, _ = io.WriteString(client, text)
	return client
}

func TestServerCutsOffWhatTakesTooLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		listener := &pipes{connections: make(chan net.Conn), closed: make(chan struct{})}
		ctx, stop := context.WithCancel(t.Context())
		goOn := make(chan struct{})
		ended := make(chan error, 1)
		api := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-goOn })
		go func() { ended <- web.Serve(ctx, listener, api, slog.New(slog.DiscardHandler)) }()
		client := listener.dial("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
		synctest.Wait()
		started := time.Now() //nolint:forbidigo // The clock of the bubble.
		stop()
		err := <-ended
		if took := time.Since(started); took != web.StopTimeout || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("ended after %s with %v", took, err)
		}
		close(goOn)
		_ = client.Close()
	})
}

func TestServerGivesUpOnSlowHeaders(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		listener := &pipes{connections: make(chan net.Conn), closed: make(chan struct{})}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			ended <- web.Serve(ctx, listener, http.NotFoundHandler(), slog.New(slog.DiscardHandler))
		}()
		started := time.Now() //nolint:forbidigo // The clock of the bubble.
		client := listener.dial("GET / HTTP/1.1\r\nHost: ")
		_, _ = io.Copy(io.Discard, client)
		if took := time.Since(started); took > 6*time.Second {
			t.Errorf("the connection was open for %s", took)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func TestServerTellsThatItCannotListen(t *testing.T) {
	t.Parallel()
	listener := &pipes{closed: make(chan struct{})}
	_ = listener.Close()
	err := web.Serve(t.Context(), &broken{listener}, http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	if !errors.Is(err, net.ErrClosed) {
		t.Errorf("error %v", err)
	}
}

// broken is closed from the start.
type broken struct{ *pipes }

func (broken) Close() error { return nil }
