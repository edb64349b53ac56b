package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"goodpractice/internal/admin"
	"goodpractice/internal/config"
)

// standard is the file name that stands for standard input or output.
const standard = "-"

// importFile reads records from a file.
func (p *program) importFile(ctx context.Context, c *config.Import) error {
	from, name := p.stdin, ""
	if c.File != standard {
		file, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("the file cannot be read: %w", err)
		}
		defer file.Close() //nolint:errcheck // Nothing was written.
		if about, err := file.Stat(); err == nil && about.IsDir() {
			return fmt.Errorf("%s is a directory: name a file of records", c.File)
		}
		from, name = file, c.File
	}
	return p.with(ctx, true, func(client *admin.Client) error {
		return p.importFrom(ctx, client, from, name, c)
	})
}

func (p *program) importFrom(
	ctx context.Context, client *admin.Client, from io.Reader, name string, c *config.Import,
) error {
	line := p.progress("Lines read: %d")
	report, err := client.Import(ctx, from, admin.ImportOptions{
		Name: name, Format: c.Format, Strict: c.Strict, Publish: c.Publish,
		CreateMissing: c.CreateMissing, Tokens: c.Tokens,
	}, admin.ImportWatch{
		Progress: line.at,
		BadLine: func(bad admin.BadLine) {
			line.clear()
			_, _ = fmt.Fprintf(p.stderr, "line %d: %s\n", bad.Line, bad.Reason) // The report counts them, too.
		},
	})
	line.clear()
	if err != nil {
		return err
	}
	switch {
	case report.Bad > 0 && c.Strict:
		return fmt.Errorf("nothing was imported, because of %s", count(report.Bad, "bad line", "bad lines"))
	case report.Bad > 0:
		err = fmt.Errorf("%s could not be imported", count(report.Bad, "line", "lines"))
	}
	return errors.Join(p.printf("%s: %d new, %d changed, %d there already, %d bad.\n%s",
		count(report.Lines, "line", "lines"), report.Created, report.Updated, report.Unchanged, report.Bad,
		besides(report)), err)
}

// besides tells what else an import did; "" where that is nothing.
func besides(report admin.ImportReport) string {
	text := ""
	if n := report.Authorities; n > 0 {
		text += count(n, "new authority", "new authorities") + ".\n"
	}
	if n := report.Organisations; n > 0 {
		text += count(n, "new organisation", "new organisations") + ".\n"
	}
	if n := report.DanglingLinks; n > 0 {
		text += count(n, "link leads", "links lead") + " to a record that is not there.\n"
	}
	return text
}
