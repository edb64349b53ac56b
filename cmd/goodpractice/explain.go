package main

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"goodpractice/internal/admin"
	"goodpractice/internal/knowledge"
)

// explain is an error as the operator reads it.
func explain(err error) string {
	if known, ok := errors.AsType[*knowledge.Error](err); ok {
		if cause := reasonOf(known.Err); cause != "" {
			return known.Message + " (" + cause + ")"
		}
		return known.Message
	}
	switch {
	case errors.Is(err, context.Canceled):
		return "stopped before it was done"
	case errors.Is(err, admin.ErrNoServer):
		return "the server has stopped meanwhile; run the command again"
	}
	return err.Error()
}

// reasonOf is what the operating system says, where that helps.
func reasonOf(err error) string {
	for _, known := range []error{
		fs.ErrPermission, syscall.EROFS, syscall.ENOSPC, syscall.EDQUOT, syscall.EIO, syscall.EMFILE,
	} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return ""
}
