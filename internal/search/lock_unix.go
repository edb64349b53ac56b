//go:build unix

package search

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// lockDirectory takes the lock file, or fails at once where another process has it. The lock ends with
// the process or when the file is closed. Bleve's own lock comes too late: the index of a living
// process must not be taken for a damaged one.
func lockDirectory(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("take the lock: %w", err), f.Close())
	}
	return f, nil
}
