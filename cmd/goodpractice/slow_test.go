package main

import (
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"
	"time"
)

// slowed puts a proxy before a database, which holds back everything that the database sends for as long
// as slowness says, in nanoseconds. It gives the URI of the database by way of the proxy.
func slowed(t *testing.T, uri string) (through string, slowness *atomic.Int64) {
	t.Helper()
	address, err := url.Parse(uri)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	p := &proxy{target: address.Host, slowness: new(atomic.Int64), done: t.Context().Done()}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return // The test is over.
			}
			go p.carry(client)
		}
	}()
	address.Host = listener.Addr().String()
	query := address.Query()
	query.Set("directConnection", "true") // Or a replica set would tell of ways around the proxy.
	address.RawQuery = query.Encode()
	return address.String(), p.slowness
}

// proxy carries connections to a database.
type proxy struct {
	target   string
	slowness *atomic.Int64
	done     <-chan struct{} // Closed at the end of the test.
}

// carry serves one connection.
func (p *proxy) carry(client net.Conn) {
	defer client.Close()                     //nolint:errcheck // Whoever notices is told by the other end.
	server, err := net.Dial("tcp", p.target) //nolint:noctx // It ends with the connection.
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
		if !p.wait() || err != nil {
			return
		}
		if _, err := client.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// wait holds back an answer; for as long as slowness says now, not when the answer came. It gives false at
// the end of the test.
func (p *proxy) wait() bool {
	const lookEvery = 10 * time.Millisecond
	for began := time.Now(); time.Since(began) < time.Duration(p.slowness.Load()); {
		select {
		case <-p.done:
			return false
		case <-time.After(lookEvery):
		}
	}
	return true
}
