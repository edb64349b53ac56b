package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"goodpractice/internal/admin"
	"goodpractice/internal/config"
)

// export writes the records to a file. What was there before stays until the new one is whole.
func (p *program) export(ctx context.Context, c *config.Export) error {
	return p.with(ctx, false, func(client *admin.Client) error {
		options := admin.ExportOptions{Form: c.Form, History: c.History, Tokens: c.Tokens}
		if c.Output == standard {
			out := bufio.NewWriter(p.stdout)
			return errors.Join(client.Export(ctx, out, options), out.Flush())
		}
		return writeWhole(c.Output, func(w io.Writer) error { return client.Export(ctx, w, options) })
	})
}

// backup copies the store to a new file.
func (p *program) backup(ctx context.Context, c *config.Backup) error {
	if p.Store != "" {
		return errNoBackup()
	}
	return p.with(ctx, false, func(client *admin.Client) error {
		if c.File == standard {
			return client.Backup(ctx, p.stdout)
		}
		if _, err := os.Lstat(c.File); err == nil {
			return fmt.Errorf("%s is there already: name a new file", c.File)
		}
		return writeWhole(c.File, func(w io.Writer) error { return client.Backup(ctx, w) })
	})
}

// writeWhole writes a file, for its owner alone, that is there only once it is whole and on the disk.
func writeWhole(path string, write func(io.Writer) error) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // Mode 0600.
	if err != nil {
		return fmt.Errorf("the file cannot be written: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	if err := errors.Join(write(file), file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return fmt.Errorf("the file cannot be written: %w", err)
	}
	return nil
}
