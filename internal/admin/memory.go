package admin

import (
	"context"
	"net"
	"sync"
)

// memory is a listener whose connections do not leave the process.
type memory struct {
	offered chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

func newMemory() *memory {
	return &memory{offered: make(chan net.Conn), closed: make(chan struct{})}
}

// Accept waits for a connection.
func (m *memory) Accept() (net.Conn, error) {
	select {
	case connection := <-m.offered:
		return connection, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

// Close ends Accept and dial.
func (m *memory) Close() error {
	m.once.Do(func() { close(m.closed) })
	return nil
}

// Addr is a name only.
func (m *memory) Addr() net.Addr { return &net.UnixAddr{Name: "memory", Net: "unix"} }

// dial opens a connection.
func (m *memory) dial(ctx context.Context) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case m.offered <- server:
		return client, nil
	case <-m.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
