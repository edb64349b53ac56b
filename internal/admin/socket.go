package admin

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const (
	// folder of the data directory holds the socket, or the file that tells where the socket is.
	folder      = "admin"
	socketName  = "socket"
	pointerName = "socket.path"
	// temporary begins the name of a directory for a socket whose own path would be too long.
	temporary = "goodpractice-"
	// maxPath is the length of a socket's path in bytes that every system takes (104 on BSD, 108 on
	// Linux, with the final zero).
	maxPath = 100
)

// ErrNoServer is returned by Connect where no server has the directory open.
var ErrNoServer = errors.New("no server is running on this data directory")

// Listen opens the socket of a data directory, which must exist. Only the user who runs the server
// can reach it. The caller must hold the store of the directory: a socket that a server left behind
// when it was killed is removed. Where the path is too long for a socket, the socket is in a directory
// of its own below os.TempDir, and a file in the data directory tells where. Close removes it all.
func Listen(ctx context.Context, dir string) (net.Listener, error) {
	place, err := locate(dir)
	if err != nil {
		return nil, err
	}
	if err := place.prepare(); err != nil {
		return nil, err
	}
	if err := place.clear(ctx); err != nil {
		return nil, err
	}
	path := place.socket()
	if len(path) > maxPath {
		return listenElsewhere(ctx, place)
	}
	return listenAt(ctx, path, nil)
}

// Connect returns a client of the server that has the data directory open, or ErrNoServer.
func Connect(ctx context.Context, dir string) (*Client, error) {
	place, err := locate(dir)
	if err != nil {
		return nil, err
	}
	path, err := place.find()
	if err != nil {
		return nil, err
	}
	probe, err := dial(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := probe.Close(); err != nil {
		return nil, fmt.Errorf("reach the server: %w", err)
	}
	return newClient(func(ctx context.Context) (net.Conn, error) { return dial(ctx, path) }, nil), nil
}

// dial opens a connection to a socket; ErrNoServer where nobody answers.
func dial(ctx context.Context, path string) (net.Conn, error) {
	connection, err := new(net.Dialer).DialContext(ctx, "unix", path)
	switch {
	case err == nil:
		return connection, nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOTDIR):
		return nil, ErrNoServer
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("reach the server: %s belongs to another user; run this as the user who runs the server", path)
	}
	return nil, fmt.Errorf("reach the server: %w", err)
}

// listener is a socket with what goes when it is closed.
type listener struct {
	net.Listener
	also []string // Paths to remove, in this order.
}

// Close stops listening and removes the socket.
func (l *listener) Close() error {
	err := l.Listener.Close()
	for _, path := range l.also {
		if removeErr := os.Remove(path); removeErr != nil && !errors.Is(removeErr, fs.ErrNotExist) {
			err = errors.Join(err, removeErr)
		}
	}
	return err
}

func listenAt(ctx context.Context, path string, also []string) (net.Listener, error) {
	made, err := new(net.ListenConfig).Listen(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("open the administration socket: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("open the administration socket: %w", err), made.Close())
	}
	return &listener{Listener: made, also: also}, nil
}

// listenElsewhere opens a socket in a new directory and writes down where it is.
func listenElsewhere(ctx context.Context, place place) (net.Listener, error) {
	short, err := os.MkdirTemp("", temporary) // Mode 0700, and new: nobody else has put anything there.
	if err != nil {
		return nil, fmt.Errorf("open the administration socket: %w", err)
	}
	path := filepath.Join(short, socketName)
	if len(path) > maxPath {
		return nil, errors.Join(fmt.Errorf("open the administration socket: the paths of the data directory and of %s "+
			"are both too long for a socket; set TMPDIR to a shorter one", os.TempDir()), os.Remove(short))
	}
	made, err := listenAt(ctx, path, []string{place.pointer(), short})
	if err != nil {
		return nil, errors.Join(err, os.Remove(short))
	}
	fresh := place.pointer() + ".new"
	if err = os.WriteFile(fresh, []byte(path), 0o600); err == nil {
		err = os.Rename(fresh, place.pointer())
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("write down where the administration socket is: %w", err), made.Close())
	}
	return made, nil
}

// isTemporary tells whether a path is one that listenElsewhere makes.
func isTemporary(path string) bool {
	return filepath.IsAbs(path) && filepath.Base(path) == socketName &&
		strings.HasPrefix(filepath.Base(filepath.Dir(path)), temporary)
}
