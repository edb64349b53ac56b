//go:build unix

package admin

import (
	"io/fs"
	"syscall"
)

// ownedBy tells whether a file belongs to the user.
func ownedBy(about fs.FileInfo, user int) bool {
	stat, ok := about.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == user
}

// sameOwner tells whether two files belong to the same user.
func sameOwner(one, other fs.FileInfo) bool {
	stat, ok := other.Sys().(*syscall.Stat_t)
	return ok && ownedBy(one, int(stat.Uid))
}
