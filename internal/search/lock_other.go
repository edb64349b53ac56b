//go:build !unix

package search

import "os"

// lockDirectory opens the lock file. These systems refuse to delete or replace files that another
// process has open, so that nothing more is needed.
func lockDirectory(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
}
