package bundle

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"goodpractice/internal/knowledge"
)

// Format is how a file is written.
type Format string

// The formats that Import reads.
const (
	FormatAuto  Format = ""      // by the first character: JSON Lines begin with a brace
	FormatLines Format = "jsonl" // JSON Lines, flat or lossless; each line tells which
	FormatTable Format = "csv"   // CSV, flat
)

// FormatOf is the format that the extension of a file name tells; FormatAuto where it tells none.
func FormatOf(name string) Format {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".jsonl", ".ndjson", ".json":
		return FormatLines
	case ".csv", ".tsv":
		return FormatTable
	}
	return FormatAuto
}

// DefaultNote stands beside records that were imported in the flat form, unless another note is given.
const DefaultNote = "Imported from a file, not yet confirmed by the authority."

// maxProblems is how many bad lines a Report lists; all are counted, and Options.Problem hears of all.
const maxProblems = 10_000

// Options tells Import what to do.
type Options struct {
	// Store is read and written. It is required.
	Store Store
	// Now is the clock. It is required.
	Now func() time.Time
	// Find looks up what has no id that its name or slug leads to; nil for a store that was only ever
	// filled from files.
	Find   FindFunc
	Format Format
	// Strict imports nothing if any line is bad. The file is read twice, a lossless one three times; a
	// reader that cannot go back is copied to a temporary file.
	Strict bool
	// Status is what new flat records become: DRAFT (or "") or PUBLISHED. Lossless ones keep their own.
	Status knowledge.EditorialStatus
	// Note stands beside new flat records; DefaultNote where it is empty.
	Note string
	// CreateMissing makes the authorities and organisations that flat lines name and that are not
	// known, instead of refusing the line. What else a line names has to be there.
	CreateMissing bool
	// Tokens lets lossless lines bring access tokens in.
	Tokens bool
	// Progress is called after each batch, and Problem for each bad line, batch by batch; within a
	// batch, lines that the store refuses come last. Either may be nil.
	Progress func(Progress)
	Problem  func(Problem)
}

// Progress tells how far an import is.
type Progress struct {
	Lines     int   // with a record, or bad
	Bytes     int64 // of these lines
	Created   int   // lines that made a record
	Updated   int   // lines that changed one
	Unchanged int   // lines that say what is there already, or were imported before
	Bad       int   // lines that were refused

	Authorities   int // made because a line names them (Options.CreateMissing)
	Organisations int // the same
}

// Report tells what an import did.
type Report struct {
	Progress
	// Problems lists the bad lines in their order, at most 10,000 of them.
	Problems []Problem
	// Warned counts the links of the lossless form that lead to no record, one for each target; Warnings
	// lists at most 10,000 of them, with the lines that were imported nevertheless.
	Warned   int
	Warnings []Problem
	// Refused is set where nothing was imported because of the bad lines (Options.Strict).
	Refused bool
}

// Problem is a line with what is wrong with it.
type Problem struct {
	Line   int // from 1
	Reason string
}

// String writes the problem for a person.
func (p Problem) String() string { return fmt.Sprintf("line %d: %s", p.Line, p.Reason) }

// Import reads a file as a stream and saves its records in batches. Of a lossless file it first finds out
// which slugs went from one record to another, so it reads that once more. A bad line is reported and the
// rest imported. Running it again with the same file changes nothing, whatever was edited since, and
// finishes what was interrupted. docs/data-model.md tells what is done with each line.
//
// The error is for what stops the whole import: the reader, the store or the context. The report tells
// what was done until then.
func Import(ctx context.Context, r io.Reader, o Options) (Report, error) {
	switch o.Status {
	case "":
		o.Status = knowledge.StatusDraft
	case knowledge.StatusDraft, knowledge.StatusPublished:
	default:
		return Report{}, fmt.Errorf("import: records cannot begin as %s", o.Status)
	}
	if o.Note == "" {
		o.Note = DefaultNote
	}
	file, former, done, err := lookAhead(r, o)
	if err != nil {
		return Report{}, err
	}
	defer done()
	if !o.Strict {
		return run(ctx, file.Reader, o, former, false)
	}
	report, err := run(ctx, file.Reader, o, former, true)
	if err != nil || report.Bad > 0 {
		p := &report.Progress
		p.Created, p.Updated, p.Unchanged, p.Authorities, p.Organisations = 0, 0, 0, 0, 0
		report.Refused = report.Bad > 0
		return report, err
	}
	if err := file.rewind(); err != nil {
		return Report{}, err
	}
	return run(ctx, file.Reader, o, former, false)
}

// run imports a file, or only finds out what importing it would do.
func run(ctx context.Context, r io.Reader, o Options, former map[slugKey]bool, isDry bool) (Report, error) {
	im := &importer{
		options: o, names: newResolver(&o), isDry: isDry, former: former,
		seen: map[seenKey]int{}, links: map[knowledge.ID]reference{},
	}
	err := im.read(ctx, open(r, o.Format))
	slices.SortStableFunc(im.report.Problems, func(a, b Problem) int { return a.Line - b.Line })
	if err != nil {
		err = fmt.Errorf("import: %w", err)
	}
	return im.report, err
}

// open begins to read a file in a format.
func open(r io.Reader, f Format) itemReader {
	from := bufio.NewReaderSize(r, 64<<10)
	if f == FormatAuto {
		f = guess(from)
	}
	if f == FormatTable {
		return newTable(from)
	}
	return &lines{from: from}
}

// guess tells the format by the first character that is no space.
func guess(from *bufio.Reader) Format {
	start, _ := from.Peek(4096) // As much as there is.
	text := strings.TrimLeft(strings.TrimPrefix(string(start), byteOrderMark), " \t\r\n")
	if text == "" || text[0] == '{' || text[0] == '[' {
		return FormatLines
	}
	return FormatTable
}

// read imports item after item. Batches end at fixed places of a file, so that an import that was
// interrupted and run again ends in the same state as one that was not.
func (im *importer) read(ctx context.Context, from itemReader) error {
	var batch []item
	size := 0
	for {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		it, err := from.next()
		isEnd := errors.Is(err, io.EOF)
		if err != nil && !isEnd {
			return err
		}
		if !isEnd {
			batch = append(batch, it)
			size += it.size
		}
		if len(batch) >= batchSize || size >= maxBatchBytes || isEnd {
			if err := im.save(ctx, batch); err != nil {
				return err
			}
			batch, size = batch[:0], 0
		}
		if isEnd {
			return im.finish(ctx)
		}
	}
}
