package admin

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// place is the folder of a data directory in which the socket is, by its real and full path: the
// server and a command come to the same, whatever name of the directory they were given.
type place string

// locate finds the place. Where the directory does not exist there is none, and no server.
func locate(dir string) (place, error) {
	found, err := filepath.EvalSymlinks(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return "", ErrNoServer
	}
	if err == nil {
		found, err = filepath.Abs(found)
	}
	if err != nil {
		return "", fmt.Errorf("find the data directory: %w", err)
	}
	return place(filepath.Join(found, folder)), nil
}

func (p place) socket() string  { return filepath.Join(string(p), socketName) }
func (p place) pointer() string { return filepath.Join(string(p), pointerName) }

// prepare makes the folder, or takes one that is ours and closes it to everyone else.
func (p place) prepare() error {
	err := os.Mkdir(string(p), 0o700)
	if err == nil {
		return nil
	}
	if !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make the folder of the administration socket: %w", err)
	}
	about, err := os.Lstat(string(p))
	if err != nil {
		return fmt.Errorf("look at the folder of the administration socket: %w", err)
	}
	if !about.IsDir() || !ownedBy(about, os.Geteuid()) {
		return fmt.Errorf("open the administration socket: %s is no folder of the user who runs the server", p)
	}
	if err := os.Chmod(string(p), 0o700); err != nil {
		return fmt.Errorf("close the folder of the administration socket to others: %w", err)
	}
	return nil
}

// clear removes what a server left behind when it was killed.
func (p place) clear(ctx context.Context) error {
	path, err := p.find()
	if errors.Is(err, ErrNoServer) {
		return nil
	}
	if err != nil {
		return err
	}
	about, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at the administration socket: %w", err)
	}
	if about.Mode().Type() != fs.ModeSocket {
		return fmt.Errorf("open the administration socket: %s is something else; move it away", path)
	}
	connection, err := dial(ctx, path)
	if err == nil {
		return errors.Join(errors.New("open the administration socket: another server answers on it"), connection.Close())
	}
	if !errors.Is(err, ErrNoServer) {
		return err
	}
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("remove the administration socket of a server that is gone: %w", err)
	}
	if isTemporary(path) {
		_ = os.Remove(filepath.Dir(path)) // Empty now; one that is not does no harm.
	}
	return nil
}

// find tells where the socket is, if there is one.
func (p place) find() (string, error) {
	if path := p.socket(); len(path) <= maxPath {
		return path, nil
	}
	content, err := os.ReadFile(p.pointer())
	if errors.Is(err, fs.ErrNotExist) {
		return "", ErrNoServer
	}
	if err != nil {
		return "", fmt.Errorf("find the administration socket: %w", err)
	}
	path := strings.TrimSpace(string(content))
	if !isTemporary(path) {
		return "", fmt.Errorf("find the administration socket: %s does not name one", p.pointer())
	}
	return path, p.trust(filepath.Dir(path))
}

// trust makes sure that the directory of the socket is the server's alone: others may write to the
// directory that it is in.
func (p place) trust(dir string) error {
	about, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNoServer
	}
	if err != nil {
		return fmt.Errorf("find the administration socket: %w", err)
	}
	mine, err := os.Lstat(string(p))
	if err != nil {
		return fmt.Errorf("find the administration socket: %w", err)
	}
	if !about.IsDir() || about.Mode().Perm()&0o077 != 0 || !sameOwner(about, mine) {
		return fmt.Errorf("find the administration socket: %s does not belong to the owner of the data directory alone", dir)
	}
	return nil
}
